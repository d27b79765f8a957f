"""The sources a study names, as the directory calls them today in the language of the page."""

from django.urls import reverse
from django.utils.translation import get_language

from bpc.portal.funding.queries import all_sources
from bpc.portal.web.financing.study_cards import Sources


def known_sources() -> Sources:
    """Every source shown, by its slug: what it is called and where its sheet is."""
    language = get_language() or "fr"
    known = all_sources()
    return Sources(
        {slug: source.name.in_language(language) for slug, source in known.items()},
        {slug: reverse("web:funding_source", args=[slug]) for slug in known},
    )
