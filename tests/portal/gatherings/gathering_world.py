"""A small calendar: a meeting in the state and at the distance asked, its registrations, written straight in."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from bpc.portal.gatherings.models import (
    Gathering,
    IdeaImport,
    ImportedIdea,
    MeetingPhoto,
    MeetingReport,
    Registration,
    Theme,
    ThemeState,
)
from bpc.portal.gatherings.states import GatheringState, Origin
from bpc.portal.ideas.references import new_reference
from bpc.portal.people.models import User
from bpc.portal.seats.states import RegistrationState
from tests.portal.world import ELSEWHERE, HERE, make_idea

NOW = timezone.now().replace(microsecond=0)
_numbers = itertools.count(1)


def make_gathering(
    state: str = GatheringState.OPEN, *, days: int = 10, commune: str = HERE, **changes: Any
) -> Gathering:
    """A meeting announced here, `days` from now, for three hours."""
    number = next(_numbers)
    begins: datetime = NOW + timedelta(days=days)
    values: dict[str, Any] = {
        "key": f"2026-{commune[:2]}-{number}", "origin": Origin.SITE, "state": state, "region_id": commune[:2],
        "commune_id": commune, "date": timezone.localdate(begins), "date_status": "announced",
        "starts_at": begins, "ends_at": begins + timedelta(hours=3), "city_fr": "Taroudannt", "city_ar": "تارودانت",
        "venue_fr": "Maison de la culture", "venue_ar": "دار الثقافة", "capacity": 3,
        "cancel_reason": "Salle fermée." if state == GatheringState.CANCELLED else "",
    }  # fmt: skip
    return Gathering.objects.create(**{**values, **changes})


def make_registration(gathering: Gathering, **changes: Any) -> Registration:
    """A seat of somebody with a number, whatever the capacity; counts of the meeting kept in step."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "code": new_reference(), "state": RegistrationState.REGISTERED, "name": f"Personne {number}",
        "phone": f"+2126{number:08d}", "registered_at": NOW, "seated_at": NOW,
    }  # fmt: skip
    made = Registration.objects.create(gathering=gathering, **{**values, **changes})
    running = gathering.registrations
    gathering.seat_count = running.filter(state=RegistrationState.REGISTERED).count()
    gathering.waiting_count = running.filter(state=RegistrationState.WAITING).count()
    gathering.save(update_fields=["seat_count", "waiting_count"])
    return made


def fill_gatherings(author: User, people: dict[str, Any]) -> None:
    """Meetings of two regions in every state, with registrations of an account and of a stranger, photos, reports."""
    for commune in (HERE, ELSEWHERE):
        for state in GatheringState.values:
            gathering = make_gathering(state, commune=commune)
            make_registration(gathering, user=author)
            make_registration(gathering, state=RegistrationState.CANCELLED, user=people["holder"])
            make_registration(gathering)
            published = NOW if state == GatheringState.HELD else None
            MeetingReport.objects.create(
                gathering=gathering, text_fr="Bonne journée.", published_at=published
            )
            for withdrawn in (None, NOW):
                MeetingPhoto.objects.create(
                    gathering=gathering, kind="photo", original_name="a.jpg", content_type="image/jpeg", size=1,
                    consent="nobody", withdrawn_at=withdrawn,
                )  # fmt: skip
    _fill_imports(author, people)


def _fill_imports(author: User, people: dict[str, Any]) -> None:
    """A file taken in by a delegate, another by somebody who organises nothing any more."""
    for number, by in enumerate((people["delegate"], people["delegate elsewhere"], author)):
        row = IdeaImport.objects.create(file_name="idees.csv", sha256="0" * 64, by=by)
        ImportedIdea.objects.create(
            idea_import=row, line=2, idea=make_idea(state="submitted"), digest=f"{number:064d}", version=1
        )
    for commune, state in itertools.product((HERE, ELSEWHERE), ThemeState.values):
        Theme.objects.create(
            region_id=commune[:2], name_fr="Miel", name_ar="عسل", state=state,
            checked_at=None if state == ThemeState.PROPOSED else NOW,
        )  # fmt: skip
