"""Addresses of places follow the language of the page; names in chips are escaped."""

from django.urls import reverse
from django.utils import translation

from bpc.portal.web.atlas.sheet_links import Link, chips, place_url


def test_addresses_are_the_resolvers_in_the_language_of_the_moment() -> None:
    for language in ("fr", "ar", "fr"):
        with translation.override(language):
            for page in ("territory", "territory_figures", "territory_csv", "territory_geojson"):
                for code in ("MA", "09.541.01.13"):
                    assert place_url(code, page) == reverse(f"web:{page}", args=[code])
            assert place_url("09").startswith(f"/{language}/")


def test_chips_escape_names_and_are_nothing_without_links() -> None:
    assert chips([]) == ""
    assert chips([Link("M'Hamid <b>", "/fr/a?b&c")]) == (
        '<ul class="cluster plain-list"><li><a class="chip" href="/fr/a?b&amp;c">'
        "M&#x27;Hamid &lt;b&gt;</a></li></ul>"
    )
