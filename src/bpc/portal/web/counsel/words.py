"""The words of the requests' pages: why this owner, why this call, how far the clock is."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bpc.portal.counsel import choosing, placing
from bpc.portal.counsel.models import HelpRequest
from bpc.portal.counsel.places import Coming
from bpc.portal.counsel.portfolio import Worry
from bpc.portal.counsel.states import RequestState
from bpc.portal.counsel.today import Call, Reason
from bpc.portal.foundation.writing import isolated, written_date
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

WORRIES = {
    Worry.BLOCKED: gettext_lazy("Bloqués"),
    Worry.LATE: gettext_lazy("En retard"),
    Worry.SILENT: gettext_lazy("Sans nouvelles"),
    Worry.NEW: gettext_lazy("Nouveaux"),
    Worry.LAUREATE: gettext_lazy("Lauréats"),
}
_NOTHING = {
    Worry.BLOCKED: gettext_lazy("Aucune étape n’est bloquée dans les projets que vous accompagnez."),
    Worry.LATE: gettext_lazy("Aucun projet n’est en retard : ni étape, ni réponse que vous devez."),
    Worry.SILENT: gettext_lazy("Chaque groupe a donné des nouvelles ce dernier mois."),
    Worry.NEW: gettext_lazy("Aucun groupe ne vous a ouvert son projet cette semaine."),
    Worry.LAUREATE: gettext_lazy("Aucun des projets que vous accompagnez n’est lauréat d’un idéathon."),
}

REASONS = {
    choosing.KNOWS_PROJECT: gettext_lazy("connaît déjà le projet"),
    choosing.SPEAKS: gettext_lazy("parle la langue de la demande"),
    choosing.KNOWS_SECTOR: gettext_lazy("connaît ce secteur"),
    choosing.LEAST_LOADED: gettext_lazy("a le moins de demandes en attente"),
    choosing.PRIORITY: gettext_lazy("les lauréats passent d’abord"),
    placing.FEWEST: gettext_lazy("a le moins de projets"),
    placing.AWAY: gettext_lazy("absent aujourd’hui"),
    placing.FULL: gettext_lazy("complet : plus de place prévue"),
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
    name = isolated(holder.display_name) if holder is not None and holder.display_name else ""
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
    if call.request is None and call.days > 0 and (told := _project_words(call)):
        return told
    if call.reason == Reason.LATE:
        words = ngettext("En retard de %(days)d jour", "En retard de %(days)d jours", call.days)
        return words % {"days": call.days}
    told = {
        Reason.DUE_TODAY: _("À répondre aujourd’hui"),
        Reason.BLOCKED: _("Une étape est bloquée"),
        Reason.DUE_SOON: _("À répondre demain"),
        Reason.NEW_PROJECT: _("Vient de vous ouvrir son projet"),
    }.get(call.reason, "")
    return told or _("Attend votre réponse")


def _project_words(call: Call) -> str:
    """Since when a project worries; empty for what says no number of days."""
    days, words = call.days, ""
    if call.reason == Reason.LATE:
        words = ngettext(
            "Une réponse que vous devez est en retard de %(days)d jour",
            "Une réponse que vous devez est en retard de %(days)d jours",
            days,
        )
    elif call.reason == Reason.BLOCKED:
        words = ngettext(
            "Une étape est bloquée depuis %(days)d jour", "Une étape est bloquée depuis %(days)d jours", days
        )
    elif call.reason == Reason.STEP_LATE:
        words = ngettext(
            "Le jour que le groupe s’était donné pour une étape est passé de %(days)d jour",
            "Le jour que le groupe s’était donné pour une étape est passé de %(days)d jours",
            days,
        )
    elif call.reason == Reason.SILENT:
        words = ngettext(
            "Le groupe ne donne plus de nouvelles : rien depuis %(days)d jour",
            "Le groupe ne donne plus de nouvelles : rien depuis %(days)d jours",
            days,
        )
    return words % {"days": days} if words else ""


def no_project_words(worry: Worry | None) -> str:
    """Why a list of projects is empty."""
    if worry is None:
        return _(
            "Un groupe vous ouvre son projet depuis la page « Qui voit ce projet ». Vous le verrez alors ici."
        )
    return str(_NOTHING[worry])


def seat_words(seat: placing.Seat) -> str:
    """How many projects an advisor has, of how many planned."""
    if seat.is_away:
        return _("projets : %(n)d sur %(most)d, absent") % {"n": seat.projects, "most": seat.projects_most}
    if seat.is_full:
        return _("projets : %(n)d sur %(most)d, complet") % {"n": seat.projects, "most": seat.projects_most}
    return _("projets : %(n)d sur %(most)d") % {"n": seat.projects, "most": seat.projects_most}


def person_name(user: User | None) -> str:
    """The name of an advisor, kept apart from the words around it."""
    name = user.display_name if user is not None else ""
    return isolated(name) if name else _("Conseiller de la délégation")


def gap_words(coming: Coming, advisors: int) -> str:
    """What is missing to advise every project that waits, or what is left, in a sentence."""
    if not advisors:
        return _("Aucun conseiller dans cette région : personne ne peut recevoir de projet.")
    if not coming.asked:
        words = ngettext(
            "Tous les projets ont un conseiller ; il reste %(n)d place.",
            "Tous les projets ont un conseiller ; il reste %(n)d places.",
            coming.left,
        )
        return words % {"n": coming.left}
    if coming.gap:
        words = ngettext(
            "Il manque %(n)d place pour donner un conseiller à chaque projet.",
            "Il manque %(n)d places pour donner un conseiller à chaque projet.",
            coming.gap,
        )
        return words % {"n": coming.gap}
    return _("Il y a assez de places : il en restera %(n)d une fois chaque projet confié.") % {
        "n": coming.left
    }
