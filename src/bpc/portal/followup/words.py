"""What is said of a path in the reader's language: steps, dates, reasons, what starts and ends a delay."""

from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from bpc.core.law.events import Event
from bpc.datasets.funding_source_parts import Text
from bpc.datasets.path_templates import Condition
from bpc.portal.followup.queries import PathReading
from bpc.portal.followup.standing import DueKind, StandingStep
from bpc.portal.foundation.writing import written_date

#: Why a fact ticked or dropped a step.
REASONS: dict[Condition, Any] = {
    "five_founders": gettext_lazy("Cinq personnes ou plus sont inscrites dans le groupe fondateur."),
    "registered": gettext_lazy("La coopérative est déjà immatriculée."),
    "name_approved": gettext_lazy("Le nom est déjà approuvé."),
    "no_in_kind": gettext_lazy("Vous avez dit que personne n’apporte de bien."),
    "no_employees": gettext_lazy("Vous avez dit qu’il n’y aura pas de salarié la première année."),
    "no_permits": gettext_lazy("Vous avez dit que votre activité ne demande pas d’autorisation."),
}
DUE_WORDS = {
    DueKind.LEGAL: gettext_lazy("délai de la loi"),
    DueKind.CHOSEN: gettext_lazy("date que vous avez choisie"),
    DueKind.PROPOSED: gettext_lazy("date proposée, une estimation"),
}
DUTY_WORDS = {
    "legal": gettext_lazy("demandé par la loi"),
    "practice": gettext_lazy("une habitude utile"),
    "advised": gettext_lazy("conseillé"),
    "depends": gettext_lazy("selon l’activité"),
    "administration": gettext_lazy("fait par l’administration"),
    "not_required": gettext_lazy("rien à faire"),
}
#: The dated facts a group is asked for, in the order they happen.
EVENT_WORDS: dict[Event, Any] = {
    Event.NAME_REQUESTED: gettext_lazy("Nom demandé à l’ODCO"),
    Event.NAME_APPROVED: gettext_lazy("Certificat de dénomination reçu"),
    Event.NAME_EXTENSION_ASKED: gettext_lazy("Prolongation du nom demandée, signée par tous"),
    Event.STATUTES_SIGNED: gettext_lazy("Statuts signés"),
    Event.FUNDS_RECEIVED: gettext_lazy("Argent des parts reçu"),
    Event.FUNDS_DEPOSITED: gettext_lazy("Argent déposé à la banque"),
    Event.LOCAL_DEPOSIT: gettext_lazy("Dossier déposé à l’autorité locale"),
    Event.REGISTRATION_ASKED: gettext_lazy("Immatriculation demandée"),
    Event.REGISTERED: gettext_lazy("Coopérative immatriculée"),
    Event.SENT_TO_CENTRAL_REGISTER: gettext_lazy("Dossier vu au registre central"),
    Event.TAX_DECLARED: gettext_lazy("Déclaration d’existence déposée aux impôts"),
    Event.FIRST_HIRING: gettext_lazy("Première personne embauchée"),
    Event.CNSS_JOINED: gettext_lazy("Affiliation à la CNSS"),
    Event.SECTOR_NOTIFIED: gettext_lazy("Ministère de l’activité informé"),
    Event.ACTIVITY_STARTED: gettext_lazy("Première vente"),
    Event.YEAR_CLOSED: gettext_lazy("Exercice clos"),
    Event.ORDINARY_ASSEMBLY_HELD: gettext_lazy("Assemblée annuelle tenue"),
    Event.ACCOUNTS_FILED: gettext_lazy("Comptes déposés au greffe"),
    Event.CHANGE_DECIDED: gettext_lazy("Changement décidé (dirigeants, siège, statuts…)"),
    Event.CHANGE_ENTERED: gettext_lazy("Changement inscrit au registre"),
    Event.STATUTES_CHANGED: gettext_lazy("Statuts changés"),
    Event.CHANGE_NOTIFIED_TO_SECTOR: gettext_lazy("Ministère informé du changement"),
    Event.CAPITAL_FULLY_PAID: gettext_lazy("Toutes les parts versées"),
}


def told(text: Text) -> str:
    """The text of a template in the page's language."""
    return text.words.in_language(get_language() or "fr")


def sentence_of(one: StandingStep, today: date) -> str:
    """The one sentence that says what to do and until when."""
    call = told(one.step.call)
    if one.due is None:
        return _("%(call)s.") % {"call": call}
    words = {"call": call, "day": written_date(one.due.on)}
    if one.due.on < today:
        return _("%(call)s : c’était à faire avant le %(day)s.") % words
    return _("%(call)s avant le %(day)s.") % words


def next_sentence(reading: PathReading, today: date) -> str:
    """What to do next on the path; what it waits for, or that it is finished, when nothing is to be done."""
    one = reading.next_step(today)
    if one is not None:
        return sentence_of(one, today)
    if reading.standing.blocked:
        first = reading.standing.blocked[0]
        assert first.mark is not None  # only a person's mark blocks
        since = written_date(first.mark.day)
        words = {"step": told(first.step.title), "day": since}
        return _("Débloquez l’étape « %(step)s », arrêtée depuis le %(day)s.") % words
    return _("Toutes les étapes de ce parcours sont franchies.")


def days_left(days: int) -> str:
    """How long until a day, in words."""
    if days == 0:
        return _("c’est aujourd’hui")
    if days < 0:
        late = ngettext("passé depuis %(count)d jour", "passé depuis %(count)d jours", -days)
        return late % {"count": -days}
    left = ngettext("il reste %(count)d jour", "il reste %(count)d jours", days)
    return left % {"count": days}


def event_words(event: str) -> str:
    """The fact in words."""
    return str(EVENT_WORDS.get(Event(event), event))


#: What each delay of the law is about.
CLOCK_TITLES: dict[str, Any] = {
    "name_answer": gettext_lazy("Réponse de l’ODCO sur le nom"),
    "name_validity": gettext_lazy("Validité du nom : demander l’immatriculation"),
    "name_extension": gettext_lazy("Demander la prolongation du nom, signée par tous"),
    "funds_deposit": gettext_lazy("Déposer l’argent des parts à la banque"),
    "central_register": gettext_lazy("Envoi du dossier au registre central par le greffe"),
    "sector_notice": gettext_lazy("Informer le ministère de l’activité"),
    "tax_declaration": gettext_lazy("Déclarer la coopérative aux impôts"),
    "cnss_affiliation": gettext_lazy("S’affilier à la CNSS"),
    "shares_balance": gettext_lazy("Verser le reste des parts"),
    "strike_off_never_started": gettext_lazy("Démarrer l’activité avant d’être radiée"),
    "ordinary_assembly": gettext_lazy("Tenir l’assemblée générale annuelle"),
    "accounts_filing": gettext_lazy("Déposer les comptes au greffe"),
    "accounts_transmission": gettext_lazy("Envoi des comptes par le greffe"),
    "modifying_entry": gettext_lazy("Faire inscrire un changement au registre"),
    "sector_notice_of_change": gettext_lazy("Informer le ministère d’un changement de statuts"),
}


def clock_title(name: str) -> str:
    """What the delay is about."""
    return str(CLOCK_TITLES.get(name, name))
