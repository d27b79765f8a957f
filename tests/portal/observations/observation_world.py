"""Needs and opportunities written straight into the database, for tests that are not about how they are told."""

import itertools
from typing import Any

from django.utils import timezone

from bpc.portal.observations.models import Observation
from bpc.portal.observations.publication import follow
from bpc.portal.observations.states import PUBLIC_STATES, ObservationState
from bpc.portal.reference.models import Territory
from tests.portal.world import HERE

_numbers = itertools.count(1)


def make_observation(place: str = HERE, *, state: str = "published", **fields: Any) -> Observation:
    """A need (unless told otherwise) in this commune or province, counted and found like a real one."""
    number = next(_numbers)
    territory = Territory.objects.get(pk=place)
    now = timezone.now()
    values: dict[str, Any] = {
        "reference": f"S{number:07d}",
        "kind": "need",
        "category_id": "N08",
        "title": f"Le puits du douar est à sec {number}",
        "text": "Les femmes marchent une heure pour chercher l’eau.",
        "language": "fr",
        "speaker": "citizen",
        "submitted_at": None if state == "draft" else now,
        "published_at": now if state in {*PUBLIC_STATES, "archived"} else None,
        "answered_at": now if state == "answered" else None,
        "closed_at": now if state == "closed" else None,
        "closing": "solved" if state == "closed" else "",
    }
    made = Observation.objects.create(
        state=state, territory=territory, province_id=territory.province_code, region_id=territory.region_code,
        commune=territory if territory.level == "commune" else None, **{**values, **fields},
    )  # fmt: skip
    follow(made, ObservationState.DRAFT)
    return made
