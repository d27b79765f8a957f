"""A session as its pages show it: when, where, what may be done now, each in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from bpc.portal.foundation.writing import written_date, written_hour
from bpc.portal.workshops.courses import Names, course_names, said
from bpc.portal.workshops.models import Workshop, WorkshopDay
from bpc.portal.workshops.registering import why_closed
from bpc.portal.workshops.states import Moment, Spoken, WorkshopState

WHY_CLOSED: dict[str, str | Promise] = {
    "cancelled": gettext_lazy("Cette séance est annulée."),
    "over": gettext_lazy("Cette séance est passée."),
    "not-open": gettext_lazy("Cette séance n’est pas encore annoncée."),
    "late": gettext_lazy("Les inscriptions sont closes. Vous pouvez encore venir, s’il reste de la place."),
    "cooperative": gettext_lazy(
        "Cette séance est réservée aux membres d’une coopérative. Connectez-vous avec votre compte de membre."
    ),
}
WHY_NOT_JUDGED: dict[str, str | Promise] = {
    "not-there": gettext_lazy("Seules les personnes notées présentes donnent leur avis."),
    "done": gettext_lazy("Vous avez donné votre avis : merci."),
    "too-early": gettext_lazy("Vous pourrez donner votre avis à la fin de la séance."),
    "late": gettext_lazy("Cette séance est trop ancienne pour donner un avis."),
}
QUESTIONS: dict[str, Any] = {
    "useful": gettext_lazy("J’ai appris des choses utiles"),
    "clear": gettext_lazy("Les explications étaient claires"),
    "spoken": gettext_lazy("J’ai bien compris la langue parlée"),
    "place": gettext_lazy("Le lieu et les heures me convenaient"),
    "again": gettext_lazy("Je conseillerais cette séance à d’autres"),
}
FACE_ICONS = {1: "face-sad", 2: "face-so-so", 3: "face-happy"}
QUESTION_ICONS = {
    "useful": "idea",
    "clear": "comment",
    "spoken": "language",
    "place": "pin",
    "again": "people",
}
_MARKS = {
    WorkshopState.DRAFT: "chip-warning",
    WorkshopState.ANNOUNCED: "chip-success",
    WorkshopState.CANCELLED: "chip-danger",
    WorkshopState.HELD: "",
}


@dataclass(frozen=True)
class SessionCard:
    """One session in a list."""

    workshop: Workshop
    title: str
    when: str
    spoken: str
    state: str
    mark: str
    seats: str
    open: bool


def cards_of(workshops: Iterable[Workshop], at: datetime) -> list[SessionCard]:
    """Sessions as lines of a list at this moment, in the language of the page."""
    rows = list(workshops)
    names = course_names({row.course_id for row in rows})
    return [_card(row, names[row.course_id], at) for row in rows]


def card_of(workshop: Workshop, at: datetime) -> SessionCard:
    """One session at this moment."""
    return cards_of([workshop], at)[0]


def _card(workshop: Workshop, names: Names, at: datetime) -> SessionCard:
    return SessionCard(
        workshop=workshop,
        title=said(names, get_language() or "fr"),
        when=when_words(workshop),
        spoken=spoken_words(workshop.spoken),
        state=state_words(workshop, at),
        mark=_MARKS[WorkshopState(workshop.state)],
        seats=seats_words(workshop, at),
        open=not why_closed(workshop, at),
    )


def when_words(workshop: Workshop) -> str:
    """« 3 mars 2027 à 9 h 30 », or from the first day to the last."""
    first, last = timezone.localtime(workshop.starts_at), timezone.localtime(workshop.ends_at)
    if first.date() == last.date():
        return _("%(day)s à %(hour)s") % {"day": written_date(first.date()), "hour": written_hour(first)}
    return _("du %(first)s au %(last)s") % {
        "first": written_date(first.date()), "last": written_date(last.date())
    }  # fmt: skip


def day_words(day: WorkshopDay) -> str:
    """« 3 mars 2027, de 9 h à 12 h »."""
    return _("%(day)s, de %(start)s à %(end)s") % {
        "day": written_date(day.day), "start": written_hour(day.starts), "end": written_hour(day.ends)
    }  # fmt: skip


def state_words(workshop: Workshop, at: datetime) -> str:
    """What it is now; one over that nobody said was held is only past."""
    if workshop.state == WorkshopState.ANNOUNCED and at >= workshop.ends_at:
        return _("Passée")
    return str(WorkshopState(workshop.state).label)


def seats_words(workshop: Workshop, at: datetime) -> str:
    """How many seats are left while people register; empty otherwise."""
    if why_closed(workshop, at):
        return ""
    left = workshop.seats_left or 0
    if left == 0 or workshop.waiting_count:
        return _("Complet : liste d’attente")
    return ngettext("%(count)d place libre", "%(count)d places libres", left) % {"count": left}


def spoken_words(codes: Iterable[str]) -> str:
    """The languages spoken, one after the other."""
    return " · ".join(str(Spoken(code).label) for code in codes)


def counted_words(counts: Mapping[str, int], labels: type[Spoken | Moment]) -> list[str]:
    """« Arabe (3) », each of what requests say and how many say it, the most said first."""
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    return [f"{labels(code).label} ({number})" for code, number in ordered]


def trainer_names(workshop: Workshop) -> list[str]:
    """Who teaches, by the names they show."""
    return [name for row in workshop.trainers.all() if (name := row.user.display_name)]


def frame(workshop: Workshop, at: datetime) -> dict[str, Any]:
    """What every page about one session shows at its head."""
    card = card_of(workshop, at)
    return {"workshop": workshop, "card": card, "title": card.title}
