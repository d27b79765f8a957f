"""What waits for a moderator: needs and opportunities, oldest first; and those that may say the same thing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet

from bpc.core.text.similarity import nearest
from bpc.core.text.stems import analyse
from bpc.portal.foundation.permissions import visible
from bpc.portal.observations.models import Observation
from bpc.portal.observations.states import OPEN_STATES, ObservationState
from bpc.portal.observations.visibility import observations_moderated_by

ALIKE = 0.35  # Jaccard index of trigrams from which two texts of one province may say the same
COMPARED, SHOWN = 200, 6
_ROW = (
    "reference", "kind", "title", "language", "state", "speaker", "submitted_at", "created_at", "version",
    "territory__name_fr", "territory__name_ar", "territory__level", "region__name_fr", "region__name_ar",
    "category__name_fr", "category__name_ar", "category__icon", "confirmation_count",
)  # fmt: skip


@dataclass(frozen=True)
class QueueFilter:
    """What the moderator asked to see; empty means all. `older_than` is in days waited."""

    state: str = ObservationState.SUBMITTED
    kind: str = ""
    region: str = ""
    older_than: int = 0


def queue(person: Any, chosen: QueueFilter, now: datetime) -> QuerySet[Observation]:
    """What `person` moderates, the longest waiting first; without the texts."""
    asked = {name: value for name in ("state", "kind", "region") if (value := getattr(chosen, name))}
    rows = observations_moderated_by(person).filter(**asked)
    if chosen.older_than:
        rows = rows.filter(submitted_at__lt=now - timedelta(days=chosen.older_than))
    with_names = rows.select_related("territory", "region", "category").only(*_ROW)
    return with_names.order_by(F("submitted_at").asc(nulls_last=True), "pk")


def waiting_count(person: Any) -> int:
    """How many wait for this moderator."""
    return observations_moderated_by(person).filter(state=ObservationState.SUBMITTED).count()


def alike(person: Any, observation: Observation) -> list[Observation]:
    """Others of the same kind in the province that resemble this one, or have its category in its commune."""
    near = visible(person, Observation).filter(
        kind=observation.kind,
        province=observation.province_id,
        state__in=(*OPEN_STATES, ObservationState.SUBMITTED),
    )
    rows = near.exclude(pk=observation.pk).select_related("territory", "region", "category")
    recent = list(rows.only(*_ROW, "text", "territory_id", "category_id").order_by("-pk")[:COMPARED])
    texts = ((one.pk, analyse(f"{one.title} {one.text}")) for one in recent)
    asked = analyse(f"{observation.title} {observation.text}")
    close = [key for key, _ in nearest(asked, texts, at_least=ALIKE, limit=SHOWN)]
    same = [one.pk for one in recent if _same_place_and_subject(one, observation)]
    by_key = {one.pk: one for one in recent}
    return [by_key[key] for key in dict.fromkeys([*close, *same])][:SHOWN]


def resembling(kind: str, territory: str, title: str, text: str) -> list[Observation]:
    """Open ones of this place that resemble what is being told, closest first: better to confirm than to repeat."""
    place = "commune" if len(territory) > len("09.541") else "province"
    rows = Observation.objects.filter(kind=kind, state__in=OPEN_STATES, **{place: territory})
    recent = list(
        rows.only("reference", "title", "text", "language", "confirmation_count", "kind").order_by(
            "-published_at", "-pk"
        )[:COMPARED]
    )
    texts = ((one.pk, analyse(f"{one.title} {one.text}")) for one in recent)
    found = nearest(analyse(f"{title} {text}"), texts, at_least=ALIKE, limit=3)
    by_key = {one.pk: one for one in recent}
    return [by_key[key] for key, _ in found]


def _same_place_and_subject(one: Observation, other: Observation) -> bool:
    return one.territory_id == other.territory_id and one.category_id == other.category_id
