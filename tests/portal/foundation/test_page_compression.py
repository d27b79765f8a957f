"""Pages kept for strangers are compressed once and only answered so to browsers that accept it."""

import gzip
from itertools import count

import pytest
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from bpc.portal.foundation.page_cache import accepts_gzip, kept_for_strangers, outdate

TEXT = "Carte du Maroc, " * 200


@pytest.fixture(autouse=True)
def _empty_cache():
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def page():
    calls = count(1)

    @kept_for_strangers("test-content")
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse(f"{next(calls)} {TEXT}", content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="a.csv"'
        return response

    return view


@pytest.mark.parametrize(
    ("offer", "accepted"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, gzip;q=0.5", True),
        ("*", True),
        ("GZIP", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("gzip;q=much", False),
        ("gzipped", False),
    ],
)
def test_reads_accept_encoding(offer, accepted):
    assert accepts_gzip(RequestFactory().get("/", headers={"Accept-Encoding": offer})) is accepted


@pytest.mark.django_db
def test_same_page_compressed_and_plain(page):
    squeezed = page(RequestFactory().get("/", headers={"Accept-Encoding": "gzip"}))
    plain = page(RequestFactory().get("/"))
    assert squeezed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert gzip.decompress(squeezed.content) == plain.content == f"1 {TEXT}".encode()
    assert len(squeezed.content) < len(plain.content) / 10
    for response in (squeezed, plain):
        assert response["Vary"] == "Accept-Encoding"
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"] == 'attachment; filename="a.csv"'


@pytest.mark.django_db
def test_new_content_is_compressed_anew(page):
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    assert page(request).content == page(request).content
    outdate("test-content")
    assert gzip.decompress(page(request).content).startswith(b"2 ")


@pytest.mark.django_db
def test_signed_in_pages_are_never_compressed(page, settings):
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    assert page(request).content == f"1 {TEXT}".encode()


@pytest.mark.django_db
def test_short_pages_stay_plain():
    view = kept_for_strangers("test-content")(lambda request: HttpResponse("court"))
    response = view(RequestFactory().get("/", headers={"Accept-Encoding": "gzip"}))
    assert response.content == b"court"
    assert "Content-Encoding" not in response
