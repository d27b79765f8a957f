"""How the days, the phases and the changes of an edition are told."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bpc.portal.contests.calendar import DateProblem, days_of
from bpc.portal.contests.models import Edition, EditionNotice
from bpc.portal.contests.phases import phase_of, vote_is_open
from bpc.portal.contests.states import NoticeKind, Phase
from bpc.portal.foundation.writing import written_date, written_number

DAY_LABELS: dict[str, "str | Promise"] = {
    "entries_from": gettext_lazy("Candidatures : premier jour"),
    "entries_until": gettext_lazy("Candidatures : dernier jour"),
    "marking_from": gettext_lazy("Notation par le jury : premier jour"),
    "marking_until": gettext_lazy("Notation par le jury : dernier jour"),
    "discussion_until": gettext_lazy("Discussion du jury : dernier jour"),
    "results_on": gettext_lazy("Annonce des résultats"),
    "vote_from": gettext_lazy("Vote du public : premier jour"),
    "vote_until": gettext_lazy("Vote du public : dernier jour"),
}
_PROBLEMS: dict[str, "str | Promise"] = {
    "missing": gettext_lazy("Donnez ce jour."),
    "pair": gettext_lazy("Donnez le premier et le dernier jour du vote, ou aucun des deux."),
    "order": gettext_lazy("Ce jour vient trop tôt : « %(other)s » est avant."),
    "far": gettext_lazy("Plus de trois ans séparent ce jour de « %(other)s » : vérifiez l’année."),
    "fixed": gettext_lazy("Ce jour ne peut plus changer dans la phase en cours."),
    "earlier": gettext_lazy("Une prolongation ne peut que reculer un jour."),
    "past": gettext_lazy("Ce jour est déjà passé."),
}
_SHORT: dict[Phase, "str | Promise"] = {
    Phase.ANNOUNCED: gettext_lazy("Ouvre le %(day)s"),
    Phase.ENTRIES: gettext_lazy("Candidatures jusqu’au %(day)s"),
    Phase.CHECKING: gettext_lazy("Candidatures closes, le jury lit à partir du %(day)s"),
    Phase.MARKING: gettext_lazy("Le jury lit jusqu’au %(day)s"),
    Phase.DISCUSSION: gettext_lazy("Le jury discute jusqu’au %(day)s"),
    Phase.DECIDING: gettext_lazy("Résultats attendus le %(day)s"),
    Phase.RESULTS: gettext_lazy("Résultats publiés"),
    Phase.CANCELLED: gettext_lazy("Annulé"),
    Phase.DRAFT: gettext_lazy("En préparation"),
}
_SHORT_DAY = {
    Phase.ANNOUNCED: "entries_from", Phase.ENTRIES: "entries_until", Phase.CHECKING: "marking_from",
    Phase.MARKING: "marking_until", Phase.DISCUSSION: "discussion_until", Phase.DECIDING: "results_on",
}  # fmt: skip
_KINDS_OF_PHASE = {
    Phase.ENTRIES: "open", Phase.ANNOUNCED: "announced", Phase.CANCELLED: "closed", Phase.RESULTS: "closed",
    Phase.DRAFT: "unknown",
}  # fmt: skip
LACKING: dict[str, "str | Promise"] = {
    "names": gettext_lazy("Le nom dans les deux langues"),
    "theme": gettext_lazy("Le thème dans les deux langues"),
    "past": gettext_lazy("Des dates à venir : le dernier jour des candidatures est passé"),
    "form": gettext_lazy("Au moins une question obligatoire dans le formulaire"),
    "criteria": gettext_lazy("Au moins un critère"),
    "descriptors": gettext_lazy("Une phrase pour chaque note de chaque critère, dans les deux langues"),
    "prizes": gettext_lazy("Ce que reçoivent les lauréats"),
    "rules": gettext_lazy("Le texte du règlement dans les deux langues"),
}


@dataclass(frozen=True)
class Step:
    """A phase on the sheet; `state` is done, current or empty."""

    title: str
    text: str
    state: str


def problem_words(problem: DateProblem) -> str:
    """What is wrong with a day, beside its box."""
    return str(_PROBLEMS[problem.code]) % {"other": DAY_LABELS.get(problem.other, "")}


def phase_line(edition: Edition, now: datetime) -> tuple[str, str]:
    """Where the edition stands, with its next day: the words, and the kind of badge (open, announced, closed…)."""
    phase = phase_of(edition, now)
    day = days_of(edition).get(_SHORT_DAY.get(phase, ""))
    words = str(_SHORT[phase]) % {"day": written_date(day)} if day else str(_SHORT[phase])
    return words, _KINDS_OF_PHASE.get(phase, "permanent")


def days_left(edition: Edition, now: datetime) -> str:
    """How long entries stay open, in days; empty when they are not."""
    if phase_of(edition, now) != Phase.ENTRIES:
        return ""
    left = (edition.entries_until - now).days
    if left < 1:
        return _("dernier jour")
    return ngettext("encore %(n)s jour", "encore %(n)s jours", left) % {"n": written_number(left)}


_ORDER = (Phase.ENTRIES, Phase.CHECKING, Phase.MARKING, Phase.DISCUSSION, Phase.DECIDING)
_PLACE = {Phase.DRAFT: -1, Phase.ANNOUNCED: -1, Phase.RESULTS: 5, Phase.CANCELLED: -1}


def calendar_steps(edition: Edition, now: datetime) -> list[Step]:
    """The phases with their days; the present one marked. A cancelled edition has none running."""
    days, phase = days_of(edition), phase_of(edition, now)
    place = _PLACE.get(phase, _ORDER.index(phase) if phase in _ORDER else -1)
    told = {
        Phase.ENTRIES: (_("Candidatures"), _span(days["entries_from"], days["entries_until"])),
        Phase.CHECKING: (
            _("Vérification des candidatures"),
            _("Chaque équipe sait si sa candidature est recevable, et pourquoi."),
        ),
        Phase.MARKING: (_("Notation par le jury"), _span(days["marking_from"], days["marking_until"])),
        Phase.DISCUSSION: (_("Discussion du jury"), _until(days["discussion_until"])),
        Phase.DECIDING: (_("Décision et résultats"), _on(days["results_on"])),
    }  # fmt: skip
    states = ["done" if at < place else "current" if at == place else "" for at in range(len(_ORDER))]
    return [Step(*told[one], state) for one, state in zip(_ORDER, states, strict=True)]


def vote_line(edition: Edition, now: datetime) -> str:
    """When the public votes; empty when the edition has no vote."""
    days = days_of(edition)
    if days["vote_from"] is None:
        return ""
    said = _span(days["vote_from"], days["vote_until"])
    return _("%(span)s – ouvert en ce moment") % {"span": said} if vote_is_open(edition, now) else said


def notice_changes(notice: EditionNotice) -> list[str]:
    """What a notice changed, day by day: « Candidatures : dernier jour : 3 mars 2027 au lieu du 1 mars 2027 »."""
    if notice.kind != NoticeKind.EXTENSION:
        return []
    lines = []
    for column, label in DAY_LABELS.items():
        pair = notice.changes.get(column)
        if isinstance(pair, list) and len(pair) == 2 and all(pair):
            before, after = (written_date(date.fromisoformat(day)) for day in pair)
            said = {"label": label, "after": after, "before": before}
            lines.append(_("%(label)s : %(after)s au lieu du %(before)s") % said)
    return lines


def _span(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    if first == last:
        return _on(first)
    return _("Du %(first)s au %(last)s") % {"first": written_date(first), "last": written_date(last)}


def _until(day: date | None) -> str:
    return _("Jusqu’au %(day)s") % {"day": written_date(day)} if day else ""


def _on(day: date | None) -> str:
    return _("Le %(day)s") % {"day": written_date(day)} if day else ""


def told_cards(rows: Any, now: datetime) -> list[dict[str, Any]]:
    """Editions as cards of a list."""
    cards = []
    for edition in rows:
        line, kind = phase_line(edition, now)
        cards.append({"edition": edition, "line": line, "kind": kind, "left": days_left(edition, now)})
    return cards
