"""Every page of the sign-in library wears our layout, in both languages, with nothing inline."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.portal.people.signing import give_factor, sign_in_with_factor, verified
from tests.portal.world import make_user

STRANGER = ["account_login", "account_signup", "account_signup_by_passkey", "account_reset_password"]
STRANGER += ["account_request_login_code", "account_inactive", "account_password_reset_completed"]
OWN = ["account_logout", "account_email", "account_change_phone", "account_change_password", "mfa_index"]
OWN += ["mfa_deactivate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_generate_recovery_codes"]
OWN += ["account_reauthenticate", "mfa_reauthenticate"]
OURS = ["my_space", "notifications", "profile", "consents", "my_data", "delete_account", "organisations"]
OURS += ["organisation_new"]


def check_page(html: str, language: str) -> None:
    direction = "rtl" if language == "ar" else "ltr"
    assert re.search(rf'<html[^>]*lang="{language}"[^>]*dir="{direction}"', html)
    assert "<main" in html
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert " style=" not in html
    for script in re.findall(r"<script[^>]*>", html):
        assert "src=" in script or "application/json" in script
    assert "placeholder=" not in html.split("<main", 1)[1].split("</main", 1)[0]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("name", STRANGER)
def test_stranger_pages(client: Client, language: str, name: str) -> None:
    with translation.override(language):
        response = client.get(reverse(name))
    assert response.status_code == 200
    check_page(response.content.decode(), language)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("name", OWN + [f"web:{name}" for name in OURS])
def test_own_pages(client: Client, language: str, name: str) -> None:
    user = verified(make_user(phone="+212612345678", phone_verified=True))
    give_factor(user)
    sign_in_with_factor(client, user)
    with translation.override(language):
        response = client.get(reverse(name))
    assert response.status_code == 200, response.headers.get("Location")
    check_page(response.content.decode(), language)
