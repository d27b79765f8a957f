"""The real directory: all of it is loaded, found and put in order."""

from datetime import date

import pytest

from bpc.portal.funding.calendar import next_window
from bpc.portal.funding.lists import SourceFilters, cards, facets
from bpc.portal.funding.models import FundingSource
from bpc.portal.funding.queries import all_sources, schemes

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def test_all_are_loaded_and_each_is_found_by_its_own_name() -> None:
    assert FundingSource.objects.filter(state="active").count() == len(all_sources()) == len(schemes()) == 107
    for language in ("fr", "ar"):
        lost = []
        for source in all_sources().values():
            found = cards(SourceFilters(text=getattr(source, f"name_{language}")), size=6).cards
            if source.id not in [card.slug for card in found]:
                lost.append(source.id)
        assert lost == [], language


def test_the_list_of_taroudannt_has_its_own_call_and_not_the_frame() -> None:
    wide = {card.slug: card for card in cards(SourceFilters(), size=200).cards}
    assert "indh-taroudant-2026" not in wide
    assert wide["indh-p3-ess"].local_calls == 3, "that of Laâyoune is closed"
    here = {card.slug: card for card in cards(SourceFilters(province="09.541"), size=200).cards}
    assert "indh-p3-ess" not in here
    assert here["indh-taroudant-2026"].amount_max == 200_000
    elsewhere = {card.slug for card in cards(SourceFilters(province="02.411"), size=200).cards}
    assert "indh-p3-ess" in elsewhere
    assert "indh-taroudant-2026" not in elsewhere


def test_what_is_known_of_the_next_windows() -> None:
    kinds = [next_window(source, TODAY).kind for source in all_sources().values()]
    assert {kind: kinds.count(kind) for kind in sorted({*kinds})} == {
        "closed": 9, "dated": 4, "forecast": 4, "permanent": 39, "unknown": 51,
    }  # fmt: skip
    chtouka = next_window(all_sources()["indh-chtouka-2026"], TODAY)
    assert (chtouka.kind, chtouka.opens, chtouka.closes) == ("forecast", date(2027, 2, 10), date(2027, 3, 10))
    fisheries = next_window(all_sources()["peche-cooperatives"], TODAY)
    assert (fisheries.kind, fisheries.closes) == ("forecast", date(2029, 5, 21))


def test_counts_of_each_side() -> None:
    counted = facets(SourceFilters())
    assert counted["kind"]["grant"] + counted["kind"]["loan"] > 50
    assert counted["status"]["closed"] == 9
    assert counted["region"]["09"] > counted["region"]["all"] > 50
