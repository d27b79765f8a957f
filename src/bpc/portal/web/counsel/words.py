"""The words of the requests' pages: why this owner, why this call, how far the clock is."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bpc.portal.counsel import choosing
from bpc.portal.counsel.models import HelpRequest
from bpc.portal.counsel.states import RequestState
from bpc.portal.counsel.today import Call, Reason
from bpc.portal.foundation.writing import written_date
from bpc.portal.people.models import User

SUBJECT_ICONS = {
    "papers": "need-papers",
    "money": "need-money",
    "plan": "model",
    "members": "people",
    "training": "training",
    "blocked": "warning",
    "other": "comment",
}

REASONS = {
    choosing.KNOWS_PROJECT: gettext_lazy("connaît déjà le projet"),
    choosing.SPEAKS: gettext_lazy("parle la langue de la demande"),
    choosing.KNOWS_SECTOR: gettext_lazy("connaît ce secteur"),
    choosing.LEAST_LOADED: gettext_lazy("a le moins de demandes en attente"),
    choosing.PRIORITY: gettext_lazy("les lauréats passent d’abord"),
    choosing.NO_ADVISOR: gettext_lazy("aucun conseiller dans la région"),
    choosing.ALL_AWAY: gettext_lazy("tous les conseillers de la région sont absents"),
    choosing.ALL_FULL: gettext_lazy("la semaine de tous les conseillers est pleine"),
    choosing.NO_DELEGATE: gettext_lazy("aucun délégué dans la région"),
}


def reason_words(codes: list[str] | tuple[str, ...]) -> list[str]:
    """The reasons in words; a code nobody knows any more says nothing."""
    return [str(REASONS[code]) for code in codes if code in REASONS]


def owner_name(desk: str, holder: User | None) -> str:
    """Who has it, by name and desk."""
    # isolated: a name in the other script must not reorder the words around it
    name = f"\u2068{holder.display_name}\u2069" if holder is not None and holder.display_name else ""
    if desk == "advisor":
        return name or _("Un conseiller de la région")
    if desk == "region":
        return (
            _("%(name)s, délégation de la région") % {"name": name}
            if name
            else _("La délégation de la région")
        )
    return _("Le guichet national de l’ODCO")


def clock_words(request: HelpRequest, today: date) -> str:
    """« Réponse attendue avant le … », or by how many days it is late; empty once answered."""
    if request.state != RequestState.WAITING or request.due_on is None:
        return ""
    late = (today - request.due_on).days
    if late > 0:
        words = ngettext(
            "En retard de %(days)d jour : la réponse était attendue avant le %(date)s",
            "En retard de %(days)d jours : la réponse était attendue avant le %(date)s",
            late,
        )
        return words % {"days": late, "date": written_date(request.due_on)}
    return _("Réponse attendue avant le %(date)s") % {"date": written_date(request.due_on)}


def call_words(call: Call) -> str:
    """Why to call now, in a sentence."""
    number = {"days": call.days}
    if call.reason == Reason.LATE:
        return ngettext("En retard de %(days)d jour", "En retard de %(days)d jours", call.days) % number
    if call.reason == Reason.DUE_TODAY:
        return _("À répondre aujourd’hui")
    if call.reason == Reason.BLOCKED:
        return _("Une étape est bloquée")
    if call.reason == Reason.DUE_SOON:
        return _("À répondre demain")
    if call.reason == Reason.NEW_PROJECT:
        return _("Vient de vous ouvrir son projet")
    if call.reason == Reason.SILENT:
        return ngettext("Rien depuis %(days)d jour", "Rien depuis %(days)d jours", call.days) % number
    return _("Attend votre réponse")
