"""What codes of the rooms of training mean in a person's own data: acts, kinds of rows, states, what a partner said."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy

from bpc.portal.packages.states import Success
from bpc.portal.partner_courses.statements import Verb
from bpc.portal.partner_courses.states import Activity, Grading
from bpc.portal.training.catalogue import last_edition
from bpc.portal.training.states import VersionState
from bpc.portal.workshops.courses import said
from bpc.portal.workshops.states import AskState

LABELS = {
    "course": gettext_lazy("Cours"),
    "course_version_state": gettext_lazy("État"),
    "lesson": gettext_lazy("Leçon"),
    "note": gettext_lazy("Note"),
    "seconds": gettext_lazy("Durée, en secondes"),
    "finished": gettext_lazy("Terminé le"),
    "completed": gettext_lazy("Terminé le"),
    "last": gettext_lazy("Ouvert la dernière fois"),
    "people": gettext_lazy("Personnes"),
    "request_state": gettext_lazy("État"),
    "days_present": gettext_lazy("Jours de présence"),
    "success": gettext_lazy("Résultat"),
    "score": gettext_lazy("Points"),
    "maximum": gettext_lazy("Points au plus"),
    "activity": gettext_lazy("Avancée"),
    "grading": gettext_lazy("Correction"),
    "shows_name": gettext_lazy("Votre nom est montré"),
    "shares_name": gettext_lazy("Le partenaire reçoit votre nom"),
    "shares_email": gettext_lazy("Le partenaire reçoit votre e-mail"),
    "revoked": gettext_lazy("Révoquée le"),
    "link": gettext_lazy("Adresse"),
}
ACTS = {
    # courses, written and learned
    "draft course": gettext_lazy("Brouillon de cours ouvert"),
    "edit course": gettext_lazy("Cours modifié"),
    "discard course draft": gettext_lazy("Brouillon de cours effacé"),
    "send back": gettext_lazy("Renvoi avec une raison"),
    "take back": gettext_lazy("Reprise en brouillon"),
    "supersede": gettext_lazy("Version remplacée par la suivante"),
    "retire": gettext_lazy("Retrait du site"),
    "bring back": gettext_lazy("Remise sur le site"),
    "give lesson sound": gettext_lazy("Enregistrement d’une leçon donné"),
    "remove lesson sound": gettext_lazy("Enregistrement d’une leçon retiré"),
    "confirm lesson sound": gettext_lazy("Enregistrement d’une leçon confirmé"),
    "finish course": gettext_lazy("Cours terminé"),
    # badges
    "award badge": gettext_lazy("Attestation délivrée"),
    "show name on badge": gettext_lazy("Nom montré sur une attestation"),
    "hide name on badge": gettext_lazy("Nom caché sur une attestation"),
    "revoke badge": gettext_lazy("Attestation révoquée"),
    "make badge key": gettext_lazy("Clé des attestations créée"),
    "retire badge key": gettext_lazy("Clé des attestations retirée"),
    "revoke badge key": gettext_lazy("Clé des attestations révoquée"),
    # sessions in a room
    "open workshop": gettext_lazy("Séance de formation préparée"),
    "edit workshop": gettext_lazy("Séance de formation modifiée"),
    "announce workshop": gettext_lazy("Séance de formation annoncée"),
    "hold workshop": gettext_lazy("Séance de formation tenue"),
    "cancel workshop": gettext_lazy("Séance de formation annulée"),
    "note presence": gettext_lazy("Présence notée"),
    "take back presence": gettext_lazy("Présence effacée"),
    "judge workshop": gettext_lazy("Avis donné sur une séance"),
    "ask for session": gettext_lazy("Séance de formation demandée"),
    "change request for session": gettext_lazy("Demande de séance modifiée"),
    "withdraw request": gettext_lazy("Demande de séance retirée"),
    "write to askers": gettext_lazy("Message écrit aux personnes qui demandent une séance"),
    # what partners bring
    "add package": gettext_lazy("Module de partenaire importé"),
    "describe package": gettext_lazy("Présentation d’un module de partenaire écrite"),
    "publish package": gettext_lazy("Module de partenaire publié"),
    "withdraw package": gettext_lazy("Module de partenaire retiré"),
    "discard package": gettext_lazy("Module de partenaire supprimé"),
    "begin package": gettext_lazy("Module de partenaire commencé"),
    "complete package": gettext_lazy("Module de partenaire terminé"),
    "add partner course": gettext_lazy("Cours de partenaire ajouté"),
    "change partner course": gettext_lazy("Cours de partenaire modifié"),
    "choose sharing with partner": gettext_lazy("Choix de ce qu’un partenaire reçoit"),
    "register partner": gettext_lazy("Partenaire enregistré"),
    "change partner": gettext_lazy("Partenaire modifié"),
    "pause": gettext_lazy("Mise en pause"),
    "resume": gettext_lazy("Reprise"),
    "change signing key": gettext_lazy("Clé de signature changée"),
    "keep record store": gettext_lazy("Registre d’apprentissage réglé"),
}
KINDS_OF_ROW = {
    "training.course": gettext_lazy("Cours"),
    "training.courseversion": gettext_lazy("Version d’un cours"),
    "learning.following": gettext_lazy("Cours suivi"),
    "badges.award": gettext_lazy("Attestation"),
    "badges.signingkey": gettext_lazy("Clé"),
    "workshops.workshop": gettext_lazy("Séance de formation"),
    "workshops.enrolment": gettext_lazy("Inscription"),
    "workshops.courserequest": gettext_lazy("Demande de séance"),
    "packages.package": gettext_lazy("Module de partenaire"),
    "packages.packagerun": gettext_lazy("Module suivi"),
    "partner_courses.partner": gettext_lazy("Partenaire"),
    "partner_courses.partnercourse": gettext_lazy("Cours de partenaire"),
    "partner_courses.partneridentity": gettext_lazy("Partage avec un partenaire"),
    "partner_courses.partnerresult": gettext_lazy("Résultat chez un partenaire"),
    "partner_courses.recordstore": gettext_lazy("Registre d’apprentissage"),
    "partner_courses.signingkey": gettext_lazy("Clé"),
}
CLOSED_LISTS = {
    "activity": dict(Activity.choices),
    "course_version_state": dict(VersionState.choices),
    "grading": dict(Grading.choices),
    "request_state": dict(AskState.choices),
    "success": dict(Success.choices),
}
#: What the record store was told.
STATEMENTS: dict[str, Any] = {
    Verb.LAUNCHED: gettext_lazy("Cours ouvert"),
    Verb.PROGRESSED: gettext_lazy("Avancée notée"),
    Verb.COMPLETED: gettext_lazy("Cours terminé"),
    Verb.PASSED: gettext_lazy("Cours réussi"),
    Verb.FAILED: gettext_lazy("Cours à refaire"),
}


def course_name(code: str) -> str | None:
    """The name of a course, published or not any more; None for one that never was."""
    entry = last_edition(code)
    return None if entry is None else said(entry.course.name, get_language() or "fr")
