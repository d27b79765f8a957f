"""How an entry's phase, state, next step and history are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bpc.portal.contests.entry_actions import may_appeal
from bpc.portal.contests.models import Decision, Edition, Entry, Publication
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import EditionState, EntryState, Outcome, Phase
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.writing import written_date
from bpc.portal.web.contests.result_words import outcome_words

_EVENTS: dict[str, tuple[str | Promise, str]] = {
    "start entry": (gettext_lazy("Candidature commencée"), "idea"),
    "submit entry": (gettext_lazy("Envoyée"), "check"),
    "reopen entry": (gettext_lazy("Reprise pour la modifier"), "path"),
    "accept entry": (gettext_lazy("Jugée recevable"), "check"),
    "refuse entry": (gettext_lazy("Jugée non recevable"), "close"),
    "appeal entry": (gettext_lazy("Nouvel examen demandé par l’équipe"), "comment"),
    "withdraw entry": (gettext_lazy("Retirée par l’équipe"), "close"),
    "agree to team": (gettext_lazy("Une personne nommée a donné son accord"), "people"),
    "decline team": (gettext_lazy("Une personne nommée n’est pas d’accord"), "people"),
    "declare team consent": (gettext_lazy("L’équipe déclare l’accord d’une personne"), "people"),
}


@dataclass(frozen=True)
class Event:
    """One thing that happened to an entry, as the timeline shows it."""

    date: datetime
    title: str
    icon: str
    text: str = ""
    link: str = ""
    link_name: str = ""


def in_page_language(thing: Any, name: str) -> str:
    """The words `name` of a row or a mapping in the page's language, French where there are none.

    >>> in_page_language({"label_fr": "Nom"}, "label")
    'Nom'
    """
    language = "ar" if get_language() == "ar" else "fr"
    for code in (language, "fr"):
        column = f"{name}_{code}"
        words = thing.get(column) if isinstance(thing, Mapping) else getattr(thing, column, "")
        if words:
            return str(words)
    return ""


def why_not_now(edition: Edition, phase: Phase) -> str:
    """Why nothing can be entered in this phase, and until when or since when."""
    if phase == Phase.CANCELLED:
        return _("Cet idéathon est annulé.")
    if phase in {Phase.DRAFT, Phase.ANNOUNCED}:
        return _("Les candidatures ouvrent le %(day)s.") % {"day": day_of(edition.entries_from)}
    if phase == Phase.ENTRIES:
        return _("Les candidatures sont ouvertes jusqu’au %(day)s.") % {
            "day": last_day(edition.entries_until)
        }
    return _("Les candidatures sont closes depuis le %(day)s.") % {"day": day_of(edition.entries_until)}


def next_step(entry: Entry, now: datetime) -> str:
    """One sentence for the team: what happens now, when, or what they can do."""
    edition, phase = entry.edition, phase_of(entry.edition, now)
    if phase == Phase.CANCELLED:
        return _("Cet idéathon est annulé. Votre texte reste ici.")
    if entry.state == EntryState.WITHDRAWN:
        return _("Elle ne participe plus. Le jury ne la lit pas.")
    if entry.state == EntryState.DRAFT:
        return _of_draft(edition, phase)
    if entry.state == EntryState.ELIGIBLE:
        return _of_eligible(edition, phase)
    reads_from = {"day": day_of(edition.marking_from)}
    if entry.state == EntryState.SUBMITTED:
        return (
            _(
                "Les organisateurs vérifient qu’elle respecte les règles ; vous serez prévenus. "
                "Le jury commence à lire le %(day)s."
            )
            % reads_from
        )
    if may_appeal(entry, now):
        return (
            _("Vous pouvez la compléter et demander un nouvel examen, une fois, avant le %(day)s.")
            % reads_from
        )
    return _("Elle ne participe pas. Vous pouvez présenter votre projet à un autre idéathon.")


def _of_draft(edition: Edition, phase: Phase) -> str:
    if phase != Phase.ENTRIES:
        return _("Elle n’a pas été envoyée à temps : elle ne participe pas. Votre texte reste ici.")
    return _("Complétez-la et envoyez-la au plus tard le %(day)s.") % {"day": last_day(edition.entries_until)}


def _of_eligible(edition: Edition, phase: Phase) -> str:
    days = {"first": day_of(edition.marking_from), "last": last_day(edition.marking_until)}
    if phase in {Phase.ENTRIES, Phase.CHECKING}:
        return _("Le jury la lira du %(first)s au %(last)s.") % days
    if phase == Phase.MARKING:
        return _("Le jury la lit, jusqu’au %(last)s.") % days
    if phase == Phase.RESULTS:
        return _("Les résultats sont publiés.")
    return _("Le jury délibère. Les résultats sont attendus le %(day)s.") % {
        "day": written_date(edition.results_on)
    }


def timeline_of(entry: Entry, *, with_reasons: bool = True) -> list[Event]:
    """What happened, oldest first; what the organisers and the team wrote to each other with it; the result last."""
    rows = trail_of(entry).filter(verb__in=_EVENTS)
    told = [
        Event(row.at, str(_EVENTS[row.verb][0]), _EVENTS[row.verb][1], row.reason if with_reasons else "")
        for row in rows
    ]
    return [*told, *_result_of(entry)]


def _result_of(entry: Entry) -> list[Event]:
    """What was decided, once published, with the way to the results."""
    if entry.edition.state != EditionState.CLOSED:
        return []
    decision = Decision.objects.filter(entry=entry).first()
    published = Publication.objects.filter(edition=entry.edition_id).only("published_at").first()
    if decision is None or published is None:
        return []
    link = reverse("web:results", args=[entry.edition.slug])
    label = outcome_words(decision.outcome, decision.place)
    icon = "check" if decision.outcome == Outcome.NOT_CHOSEN else "star8"
    return [Event(published.published_at, label, icon, link=link, link_name=_("Lire les résultats"))]


def day_of(moment: datetime) -> str:
    """The day of a moment in the country's time, written out."""
    return written_date(localtime(moment).date())


def last_day(moment: datetime) -> str:
    """The last day before a moment: what closes at midnight closes the day before."""
    return written_date((localtime(moment) - timedelta(microseconds=1)).date())
