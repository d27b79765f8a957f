"""Where an edition leads from its sheet and from its organisers' page, in the phase that runs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bpc.portal.contests.models import Edition, Juror
from bpc.portal.contests.phases import phase_of, vote_is_open
from bpc.portal.contests.states import JurorState, Phase
from bpc.portal.foundation.permissions import can

_READING = (Phase.MARKING, Phase.DISCUSSION, Phase.DECIDING, Phase.RESULTS)


@dataclass(frozen=True)
class EditionDoor:
    """A page about this edition, as a button."""

    label: str
    url: str
    icon: str
    kind: str = "second"


def sheet_doors(person: Any, edition: Edition, now: datetime) -> list[EditionDoor]:
    """What anybody may do now; then what this person's part in it opens."""
    phase, doors = phase_of(edition, now), []
    if phase == Phase.ENTRIES:
        doors.append(_door(_("Présenter une candidature"), "entry_new", edition, "idea", "primary"))
    if phase == Phase.RESULTS:
        doors.append(_door(_("Voir les résultats"), "results", edition, "ideathon", "primary"))
    if vote_is_open(edition, now):
        doors.append(_door(_("Voter"), "vote", edition, "heart"))
    return doors + _jury_doors(person, edition, phase)


def desk_doors(person: Any, edition: Edition, now: datetime) -> list[EditionDoor]:
    """The organisers' other pages about it."""
    phase = phase_of(edition, now)
    if phase == Phase.DRAFT:
        return []
    doors = [
        _door(_("Candidatures"), "entry_desk", edition, "document"),
        _door(_("Jury"), "jury_desk", edition, "people"),
    ]
    if phase in _READING and can(person, "contests.follow_jury", edition):
        doors.append(_door(_("Avancement des lectures"), "marking_board", edition, "check"))
    if edition.vote_from is not None:
        doors.append(_door(_("Votes à vérifier"), "vote_desk", edition, "heart"))
    if phase == Phase.RESULTS:
        doors.append(_door(_("Résultats"), "results", edition, "ideathon"))
    return doors


def _jury_doors(person: Any, edition: Edition, phase: Phase) -> list[EditionDoor]:
    if not person.is_authenticated or phase not in _READING:
        return []
    seat = Juror.objects.filter(edition=edition, user=person, state=JurorState.ACCEPTED).first()
    if seat is None:
        return []
    doors = [_door(_("Mes lectures"), "marking_list", edition, "document")]
    if seat.is_president:
        doors.append(_door(_("Présidence du jury"), "marking_panel", edition, "people"))
    return doors


def _door(label: str, name: str, edition: Edition, icon: str, kind: str = "second") -> EditionDoor:
    return EditionDoor(label, reverse(f"web:{name}", args=[edition.slug]), icon, kind)
