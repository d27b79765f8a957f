"""What is said of a path in the reader's language: steps, dates, reasons, what starts and ends a delay."""

from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from bpc.core.law.events import Event
from bpc.datasets.funding_source_parts import Text
from bpc.portal.followup.law_dates import CLOCK_TITLES, EVENT_WORDS
from bpc.portal.followup.queries import PathReading
from bpc.portal.followup.standing import DueKind, Reason, StandingPath, StandingStep
from bpc.portal.foundation.writing import written_date

#: Why a fact ticked or dropped a step.
REASONS: dict[Reason, Any] = {
    "five_founders": gettext_lazy("Cinq personnes ou plus sont inscrites dans le groupe fondateur."),
    "registered": gettext_lazy("La coopérative est déjà immatriculée."),
    "name_approved": gettext_lazy("Le nom est déjà approuvé."),
    "no_in_kind": gettext_lazy("Vous avez dit que personne n’apporte de bien."),
    "no_employees": gettext_lazy("Vous avez dit qu’il n’y aura pas de salarié la première année."),
    "no_permits": gettext_lazy("Vous avez dit que votre activité ne demande pas d’autorisation."),
    "paper_name_receipt": gettext_lazy("Le récépissé de la demande de nom est dans votre coffre."),
    "paper_statutes": gettext_lazy("Les statuts sont dans votre coffre."),
    "paper_in_kind_report": gettext_lazy("Le rapport d’évaluation des biens est dans votre coffre."),
    "paper_founding_minutes": gettext_lazy(
        "Le procès-verbal de la réunion constitutive est dans votre coffre."
    ),
    "paper_bank_certificate": gettext_lazy("L’attestation de la banque est dans votre coffre."),
    "paper_authority_receipt": gettext_lazy("Le récépissé de l’autorité locale est dans votre coffre."),
    "paper_register_form": gettext_lazy("La demande d’immatriculation visée est dans votre coffre."),
    "paper_ice_certificate": gettext_lazy("L’attestation de l’ICE est dans votre coffre."),
    "paper_tax_registration": gettext_lazy("La déclaration d’existence fiscale est dans votre coffre."),
    "paper_cnss_registration": gettext_lazy("L’affiliation à la CNSS est dans votre coffre."),
    "paper_member_register": gettext_lazy("Le registre des membres visé est dans votre coffre."),
    "paper_sector_notice": gettext_lazy("La lettre au ministère de l’activité est dans votre coffre."),
    "paper_accounts_receipt": gettext_lazy("Le récépissé du dépôt des comptes est dans votre coffre."),
    "dated": gettext_lazy("Sa date est connue."),
    "badge": gettext_lazy("Une personne du groupe a l’attestation demandée."),
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
    return standing_sentence(reading.standing, today)


def standing_sentence(path: StandingPath, today: date) -> str:
    """As `next_sentence`, for a path that only stands there."""
    one = path.next_step(today)
    if one is not None:
        return sentence_of(one, today)
    if path.blocked:
        first = path.blocked[0]
        assert first.mark is not None  # only a person's mark blocks
        since = written_date(first.mark.day)
        words = {"step": told(first.step.title), "day": since}
        return _("Débloquez l’étape « %(step)s », arrêtée depuis le %(day)s.") % words
    left = next((one for one in path.counted if not one.settled), None)
    if left is not None:  # only what an administration does alone
        step = told(left.step.title)
        return _("Vous n’avez rien à faire : une administration doit finir « %(step)s ».") % {"step": step}
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


def clock_title(name: str) -> str:
    """What the delay is about."""
    return str(CLOCK_TITLES.get(name, name))
