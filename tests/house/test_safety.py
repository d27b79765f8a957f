"""Headers every answer carries, as a stranger's browser receives them."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/fr/", "/ar/", "/fr/nulle-part", "/healthz"])
def test_security_headers(address: str) -> None:
    response = Client().get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "language"), [("ar-MA,ar;q=0.9", "ar"), ("fr", "fr"), ("de", "fr"), ("", "fr")]
)
def test_the_root_follows_the_browser(accepted: str, language: str) -> None:
    response = Client().get("/", headers={"accept-language": accepted})
    assert response.status_code == 302
    assert response["Location"] == f"/{language}/"
    assert "Accept-Language" in response["Vary"]


@pytest.mark.django_db
def test_health() -> None:
    response = Client().get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
