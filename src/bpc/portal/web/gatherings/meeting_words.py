"""A meeting as its pages show it: when, where, what may be done now, each in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from bpc.portal.foundation.writing import written_hour, written_number
from bpc.portal.gatherings.attendance import Attendance
from bpc.portal.gatherings.models import Gathering, ProgrammeItem
from bpc.portal.gatherings.notices import written_moment
from bpc.portal.gatherings.registering import why_closed
from bpc.portal.gatherings.states import DateStatus, GatheringState, Origin
from bpc.portal.ideas.states import Speaker
from bpc.portal.projects.states import Answer

WHY_CLOSED: dict[str, str | Promise] = {
    "cancelled": gettext_lazy("Cette rencontre est annulée."),
    "over": gettext_lazy("Cette rencontre est passée."),
    "not-open": gettext_lazy("Les inscriptions ne sont pas ouvertes."),
    "late": gettext_lazy(
        "Les inscriptions sont closes. Vous pouvez encore venir : on vous inscrira sur place."
    ),
}
_MARKS = {
    GatheringState.OPEN: "chip-success",
    GatheringState.CANCELLED: "chip-danger",
    GatheringState.PLANNED: "chip-info",
    GatheringState.HELD: "",
}


@dataclass(frozen=True)
class MeetingCard:
    """One meeting in a list."""

    gathering: Gathering
    title: str
    when: str
    inferred: bool
    venue: str
    state: str
    mark: str
    seats: str
    open: bool


def title_of(gathering: Gathering) -> str:
    """Its title, else the city."""
    return gathering.title or _("Rencontre régionale à %(city)s") % {"city": gathering.city}


def card_of(gathering: Gathering, at: datetime) -> MeetingCard:
    """A meeting as a line of the calendar at this moment."""
    return MeetingCard(
        gathering=gathering,
        title=title_of(gathering),
        when=written_moment(gathering.date, gathering.starts_at),
        inferred=gathering.date_status == DateStatus.INFERRED,
        venue=gathering.told("venue"),
        state=state_words(gathering, at),
        mark=_MARKS[GatheringState(gathering.state)],
        seats=seats_words(gathering, at),
        open=not why_closed(gathering, at),
    )


def state_words(gathering: Gathering, at: datetime) -> str:
    """What it is now; a past meeting that nobody said was held is only past."""
    if gathering.origin == Origin.FACTS and gathering.state == GatheringState.PLANNED:
        return _("Annoncée, suite inconnue")
    if (
        gathering.state in {GatheringState.PLANNED, GatheringState.OPEN}
        and why_closed(gathering, at) == "over"
    ):
        return _("Passée")
    return str(GatheringState(gathering.state).label)


def seats_words(gathering: Gathering, at: datetime) -> str:
    """How many seats are left while people register; empty otherwise."""
    if why_closed(gathering, at):
        return ""
    left = gathering.seats_left
    if left is None:
        return _("Places non limitées")
    if left == 0 or gathering.waiting_count:
        words = _("Complet : liste d’attente")
        if gathering.waiting_count:
            people = ngettext(
                "%(count)d personne attend", "%(count)d personnes attendent", gathering.waiting_count
            )
            words = f"{words} ({people % {'count': gathering.waiting_count}})"
        return words
    return ngettext("%(count)d place libre", "%(count)d places libres", left) % {"count": left}


def hours_of(gathering: Gathering) -> str:
    """From when to when, as far as it is known."""
    if gathering.starts_at is None:
        return ""
    if gathering.ends_at is None:
        return written_hour(gathering.starts_at)
    return _("de %(start)s à %(end)s") % {
        "start": written_hour(gathering.starts_at), "end": written_hour(gathering.ends_at)
    }  # fmt: skip


def date_status_words(gathering: Gathering) -> str:
    """How the day is known, as a sentence."""
    return {
        DateStatus.REPORTED: _("Date donnée par la source."),
        DateStatus.INFERRED: _("Date déduite de ce que dit la source."),
        DateStatus.ANNOUNCED: _("Date annoncée par la délégation."),
        DateStatus.UNKNOWN: _("Date inconnue."),
    }[DateStatus(gathering.date_status)]


def partner_names(gathering: Gathering) -> list[str]:
    """In the language of the page where it was said, else in the other."""
    language = get_language() or "fr"
    names = (one.get(language) or one.get("fr") or one.get("ar") or "" for one in gathering.partners)
    return [name for name in names if name]


@dataclass(frozen=True)
class ProgrammeRow:
    """One line of the programme in the language of the page."""

    hours: str
    title: str
    by: str


def programme_rows(items: Any) -> list[ProgrammeRow]:
    """The programme as shown."""
    return [ProgrammeRow(_hours(item), _said(item, "title"), _said(item, "by")) for item in items]


def _hours(item: ProgrammeItem) -> str:
    return " – ".join(written_hour(hour) for hour in (item.starts, item.ends) if hour is not None)


def _said(item: ProgrammeItem, name: str) -> str:
    own = str(getattr(item, f"{name}_{get_language()}", "") or "")
    return own or str(getattr(item, f"{name}_fr") or getattr(item, f"{name}_ar"))


@dataclass(frozen=True)
class FigureRow:
    """A public and how many of it came; « moins de 5 » where the number could point at somebody."""

    label: str
    number: str


def figure_groups(figures: dict[str, Any]) -> list[tuple[str, list[FigureRow]]]:
    """The published figures of attendance by group of publics; empty when nobody was counted."""
    if not figures:
        return []
    answers = {Answer.YES.value: _("Oui"), Answer.NO.value: _("Non"), Answer.UNKNOWN.value: _("Non précisé")}
    kinds = {kind.value: str(kind.label) for kind in Speaker} | {"": _("Non précisé")}
    groups = (
        (_("Femmes"), figures["women"], answers),
        (_("Moins de 35 ans"), figures["young"], answers),
        (_("Qui est venu"), figures["kinds"], kinds),
    )
    return [
        (title, [FigureRow(names[key], _shown(cells[key])) for key in names if key in cells])
        for title, cells, names in groups
    ]


def attendance_groups(attendance: Attendance) -> list[tuple[str, list[FigureRow]]]:
    """The numbers of this moment, for organisers only: nothing is hidden from them."""
    if not attendance.came:
        return []
    return figure_groups({"women": attendance.women, "young": attendance.young, "kinds": attendance.kinds})


def came_words(figures: dict[str, Any]) -> str:
    """How many came, as a report says it; empty when nobody was counted."""
    if not figures:
        return ""
    came = figures["came"]
    if came is None:
        return _("Le nombre de personnes notées à l’entrée est petit : il est masqué.")
    words = ngettext("%(shown)s personne notée à l’entrée", "%(shown)s personnes notées à l’entrée", came)
    return words % {"shown": written_number(came)}


def _shown(value: int | None) -> str:
    return _("masqué : petit nombre") if value is None else written_number(value)
