"""What codes mean in a person's own data: states, roles, places and acts, said in words."""

from functools import cache
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from bpc.datasets.sectors import read_sectors
from bpc.portal.ideas.states import CommentState, IdeaState, ReportOutcome, Speaker
from bpc.portal.observations.queries import categories
from bpc.portal.observations.states import Kind, ObservationState
from bpc.portal.people.consents import purposes
from bpc.portal.people.roles import OrganisationKind, Role
from bpc.portal.projects.states import MemberRole, Stage
from bpc.portal.reference.places import places_by_code

_ACTS = {
    "add person": gettext_lazy("Personne ajoutée au projet"),
    "amend": gettext_lazy("Texte modifié"),
    "answer": gettext_lazy("Réponse de la délégation"),
    "archive": gettext_lazy("Archivage"),
    "archive project": gettext_lazy("Projet archivé"),
    "cancel invitation": gettext_lazy("Invitation annulée"),
    "cancel project invitation": gettext_lazy("Invitation annulée"),
    "change project role": gettext_lazy("Droits changés dans le projet"),
    "close": gettext_lazy("Clôture"),
    "close_report": gettext_lazy("Signalement traité"),
    "comment": gettext_lazy("Commentaire publié"),
    "comment on plan": gettext_lazy("Remarque sur un plan"),
    "create organisation": gettext_lazy("Organisation créée"),
    "create plan": gettext_lazy("Plan commencé"),
    "create project": gettext_lazy("Projet commencé"),
    "decline invitation": gettext_lazy("Invitation refusée"),
    "decline project invitation": gettext_lazy("Invitation refusée"),
    "delete account": gettext_lazy("Compte supprimé"),
    "delete plan": gettext_lazy("Scénario effacé"),
    "delete project": gettext_lazy("Projet effacé"),
    "answer funding questions": gettext_lazy("Réponses sur le financement"),
    "discard": gettext_lazy("Brouillon effacé"),
    "duplicate plan": gettext_lazy("Scénario copié"),
    "edit organisation": gettext_lazy("Organisation modifiée"),
    "edit person": gettext_lazy("Personne du projet modifiée"),
    "edit project": gettext_lazy("Projet modifié"),
    "end advisor access": gettext_lazy("Accès du conseiller retiré"),
    "end manager": gettext_lazy("Responsabilité retirée"),
    "end role": gettext_lazy("Rôle retiré"),
    "give consent": gettext_lazy("Accord donné"),
    "give_answer": gettext_lazy("Réponse publiée"),
    "grant advisor access": gettext_lazy("Projet ouvert à un conseiller"),
    "grant role": gettext_lazy("Rôle donné"),
    "hide": gettext_lazy("Texte masqué"),
    "hide project on idea": gettext_lazy("Projet masqué sur la page de l’idée"),
    "invite member": gettext_lazy("Personne invitée"),
    "invite to project": gettext_lazy("Personne invitée"),
    "join organisation": gettext_lazy("Organisation rejointe"),
    "join project": gettext_lazy("Projet rejoint"),
    "keep plan version": gettext_lazy("Version de plan gardée"),
    "leave organisation": gettext_lazy("Organisation quittée"),
    "leave project": gettext_lazy("Projet quitté"),
    "make manager": gettext_lazy("Responsabilité donnée"),
    "make plan main": gettext_lazy("Scénario principal choisi"),
    "merge": gettext_lazy("Regroupement"),
    "pause funding watch": gettext_lazy("Alerte de financement suspendue"),
    "publish": gettext_lazy("Publication"),
    "read_contact": gettext_lazy("Contact de l’auteur consulté"),
    "receive": gettext_lazy("Une idée proche la rejoint"),
    "remove member": gettext_lazy("Membre retiré"),
    "remove person": gettext_lazy("Personne retirée du projet"),
    "remove project member": gettext_lazy("Membre retiré"),
    "rename plan": gettext_lazy("Scénario renommé"),
    **dict.fromkeys(("reopen", "reopen_answered"), gettext_lazy("Réouverture")),
    "reopen plan comment": gettext_lazy("Remarque reprise"),
    "report": gettext_lazy("Signalement"),
    "resolve plan comment": gettext_lazy("Remarque close"),
    "restore": gettext_lazy("Remise à l’examen"),
    "restore plan version": gettext_lazy("Version de plan remise en place"),
    "restore project": gettext_lazy("Projet repris"),
    "resume funding watch": gettext_lazy("Alerte de financement reprise"),
    "return": gettext_lazy("Renvoi à l’auteur"),
    "show": gettext_lazy("Texte rétabli"),
    "show project on idea": gettext_lazy("Projet annoncé sur la page de l’idée"),
    **dict.fromkeys((f"stage {stage}" for stage in Stage.values), gettext_lazy("Étape du projet changée")),
    "start": gettext_lazy("Idée commencée"),
    "stop funding watch": gettext_lazy("Alerte de financement arrêtée"),
    "submit": gettext_lazy("Texte envoyé"),
    "update profile": gettext_lazy("Profil modifié"),
    # results of ideathons
    "compute ranking": gettext_lazy("Classement d’un idéathon calculé"),
    "decide entry": gettext_lazy("Décision sur une candidature"),
    "override ranking": gettext_lazy("Décision qui s’écarte du classement"),
    "decide as proposed": gettext_lazy("Proposition du classement suivie"),
    "publish verdict": gettext_lazy("Verdict d’un jury publié"),
    "close edition": gettext_lazy("Idéathon clos"),
    "issue certificate": gettext_lazy("Attestation délivrée"),
    "offer support": gettext_lazy("Accompagnement proposé à une équipe"),
    "answer support": gettext_lazy("Réponse à un accompagnement proposé"),
    "prepare feedback": gettext_lazy("Retours aux équipes préparés"),
    "write feedback": gettext_lazy("Mots du jury écrits pour une équipe"),
    "send feedback": gettext_lazy("Retour envoyé à une équipe"),
    "offer slot": gettext_lazy("Rendez-vous proposé aux équipes"),
    "withdraw slot": gettext_lazy("Rendez-vous retiré"),
    "take slot": gettext_lazy("Rendez-vous pris"),
    "give slot back": gettext_lazy("Rendez-vous rendu"),
    # juries
    "invite juror": gettext_lazy("Personne invitée à un jury"),
    "join jury": gettext_lazy("Place acceptée dans un jury"),
    "decline jury": gettext_lazy("Invitation à un jury déclinée"),
    "declare conflict": gettext_lazy("Conflit d’intérêts déclaré"),
    "name president": gettext_lazy("Président du jury nommé"),
    "lift conflict": gettext_lazy("Conflit d’intérêts levé"),
    "assign readings": gettext_lazy("Lectures confiées au jury"),
    "remind juror": gettext_lazy("Rappel envoyé à un membre du jury"),
    "release juror": gettext_lazy("Membre retiré d’un jury"),
    "replace juror": gettext_lazy("Membre d’un jury remplacé"),
    "watch funding": gettext_lazy("Alerte de financement demandée"),
    "withdraw": gettext_lazy("Retrait par l’auteur"),
    "withdraw consent": gettext_lazy("Accord retiré"),
    "withdraw plan comment": gettext_lazy("Remarque effacée"),
}
_KINDS_OF_ROW = {
    "ideas.idea": gettext_lazy("Idée"),
    "ideas.comment": gettext_lazy("Commentaire"),
    "ideas.report": gettext_lazy("Signalement"),
    "observations.observation": gettext_lazy("Besoin ou opportunité"),
    "observations.answer": gettext_lazy("Réponse"),
    "people.user": gettext_lazy("Compte"),
    "people.rolegrant": gettext_lazy("Rôle"),
    "people.organisation": gettext_lazy("Organisation"),
    "people.membership": gettext_lazy("Membre"),
    "people.invitation": gettext_lazy("Invitation"),
    "people.consent": gettext_lazy("Accord"),
    "financing.watch": gettext_lazy("Alerte de financement"),
    "plans.plan": gettext_lazy("Plan"),
    "projects.project": gettext_lazy("Projet"),
}
_FACTORS = {
    Authenticator.Type.RECOVERY_CODES: gettext_lazy("Codes de secours"),
    Authenticator.Type.TOTP: gettext_lazy("Application de codes"),
    Authenticator.Type.WEBAUTHN: gettext_lazy("Clé d’accès"),
}
_DIRECTIONS = {
    "received": pgettext_lazy("invitation", "reçue"),
    "sent": pgettext_lazy("invitation", "envoyée"),
}


@cache
def _closed_lists() -> dict[str, dict[str, Any]]:
    return {
        "act": dict(_ACTS),
        "direction": dict(_DIRECTIONS),
        "kind": dict(OrganisationKind.choices),
        "language": dict(settings.LANGUAGES),
        "observation_kind": dict(Kind.choices),
        "observation_state": dict(ObservationState.choices),
        "outcome": dict(ReportOutcome.choices),
        "project_role": dict(MemberRole.choices),
        "role": dict(Role.choices),
        "speaker": dict(Speaker.choices),
        "stage": dict(Stage.choices),
        "state": {**dict(CommentState.choices), **dict(IdeaState.choices)},
        "type": dict(_FACTORS),
    }


@cache
def _sectors() -> dict[str, Any]:
    return {sector.code: sector for sector in read_sectors(settings.DATA)}


def said_in_words(column: str, code: str) -> str | None:
    """The words for a code, in the language of the page; None for what is not a code of ours."""
    if column == "subject":
        subject = categories().get(code)
        return None if subject is None else subject.name
    if column in {"commune", "region", "territory"}:
        place = places_by_code().get(code)
        return None if place is None else _name_of(place)
    if column == "sector":
        return _name_of(_sectors()[code]) if code in _sectors() else None
    if column == "purpose":
        return purposes()[code].title if code in purposes() else None
    if column == "on":
        kind, _space, key = code.partition(" ")
        return f"{_KINDS_OF_ROW[kind]} {key}" if kind in _KINDS_OF_ROW else None
    words = _closed_lists().get(column, {}).get(code)
    return None if words is None else str(words)


def _name_of(named: Any) -> str:
    return str(getattr(named, f"name_{get_language()}", "") or named.name_fr)
