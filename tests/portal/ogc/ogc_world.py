"""A small world on the map: a few ideas, needs, opportunities and cooperatives, and how they are asked for."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client

from bpc.portal.ideas.tallies import rebuild as rebuild_ideas
from bpc.portal.observations.tallies import rebuild as rebuild_observations
from bpc.portal.register.tallies import rebuild as rebuild_register
from tests.portal.observations.observation_world import make_observation
from tests.portal.register.register_world import make_cooperative
from tests.portal.world import ELSEWHERE, HERE, make_idea

ROOT = "http://testserver/ogc"
COLLECTIONS = ("territories", "needs", "opportunities", "ideas", "cooperatives", "meetings")
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def get(address: str, status: int = 200, **headers: Any) -> Any:
    """The answer at an address under `/ogc`, or at a whole address a link gave."""
    path = address.removeprefix(ROOT) if address.startswith(ROOT) else address
    response = Client().get(f"/ogc{path}", headers=headers or None)
    assert response.status_code == status, response.content
    return response.json()


def link_of(document: Any, rel: str) -> Any:
    """The one link of a relation; None without any."""
    found = [link for link in document["links"] if link["rel"] == rel]
    assert len(found) <= 1, found
    return found[0] if found else None


def walk(address: str) -> list[Any]:
    """Every feature, page after page."""
    found: list[Any] = []
    for _page in range(400):
        page = get(address)
        assert page["numberReturned"] == len(page["features"])
        found += page["features"]
        following = link_of(page, "next")
        if following is None:
            return found
        address = following["href"]
    raise AssertionError("no end")


def keys(page: Any) -> list[str]:
    """Identifiers of the features, in order."""
    return [feature["id"] for feature in page["features"]]


def fill() -> dict[str, list[str]]:
    """Seven of each kind, in two regions, on seven days; returns their identifiers by collection, as listed."""
    made: dict[str, list[Any]] = {"ideas": [], "needs": [], "opportunities": [], "cooperatives": []}
    states = ["published", "answered", "closed"]
    for number in range(7):
        at, place = NOON - timedelta(days=number), HERE if number % 2 else ELSEWHERE
        own = {"lon": -8.8765432, "lat": 30.4712345} if number == 1 else {}
        made["ideas"].append(make_idea(place, published_at=at, **own))
        state = states[number % 3]
        more = {"published_at": at, "state": state, "closing": "solved" if state == "closed" else "", **own}
        made["needs"].append(make_observation(place if number else "09.541", **more))
        chance = {"kind": "opportunity", "category_id": "O01"}
        made["opportunities"].append(make_observation(place, **chance, **more))
        row = {"number": f"{number}/2020", "sort_name": f"tifaouine {number}", "is_women": number < 3, **own}
        since = {"registered_on": date(2020, 1, 1 + number) if number else None}
        made["cooperatives"].append(make_cooperative("MA" if number == 6 else place, **row, **since))
    make_idea(state="submitted")
    make_observation(state="submitted")
    make_cooperative(status="dissolved")
    rebuild_ideas()
    rebuild_observations()
    rebuild_register()
    by_reference = {
        name: [one.reference for one in made[name]] for name in ("ideas", "needs", "opportunities")
    }
    return {**by_reference, "cooperatives": [one.number for one in made["cooperatives"]]}
