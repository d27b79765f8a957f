"""What codes mean in a person's own data: states, roles, places and acts, said in words."""

from functools import cache
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

from bpc.datasets.sectors import read_sectors
from bpc.portal.contests.states import (
    BallotState,
    EntryState,
    JurorState,
    NoticeKind,
    Outcome,
    SupportState,
    TeamConsent,
)
from bpc.portal.ideas.states import CommentState, IdeaState, ReportOutcome, Speaker
from bpc.portal.observations.queries import categories
from bpc.portal.observations.states import Kind, ObservationState
from bpc.portal.people.consents import purposes
from bpc.portal.people.roles import OrganisationKind, Role
from bpc.portal.projects.mandates.states import Ending, Given
from bpc.portal.projects.states import Answer, MemberRole, Stage
from bpc.portal.reference.places import places_by_code
from bpc.portal.seats.states import RegistrationDoor, RegistrationState
from bpc.portal.web.people import readable_training as training
from bpc.portal.workshops.states import Spoken

_ACTS = {
    **training.ACTS,
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
    "begin diagnosis": gettext_lazy("Autodiagnostic commencé"),
    "finish diagnosis": gettext_lazy("Autodiagnostic terminé"),
    "give up diagnosis": gettext_lazy("Autodiagnostic effacé"),
    "set launch of project": gettext_lazy("Démarrage du projet daté"),
    "answer results": gettext_lazy("Résultats d’une période donnés"),
    "set alumni wishes": gettext_lazy("Choix d’après l’accompagnement"),
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
    "open thread": gettext_lazy("Sujet ouvert dans les messages"),
    "write message": gettext_lazy("Message écrit"),
    "change message": gettext_lazy("Message corrigé"),
    "withdraw message": gettext_lazy("Message retiré"),
    "report visit": gettext_lazy("Compte rendu de visite écrit"),
    "change visit report": gettext_lazy("Compte rendu de visite corrigé"),
    "add visit photo": gettext_lazy("Photo de visite ajoutée"),
    "withdraw visit photo": gettext_lazy("Photo de visite retirée"),
    "write staff note": gettext_lazy("Note écrite"),
    "share staff note": gettext_lazy("Note partagée"),
    "stop sharing staff note": gettext_lazy("Note qui n’est plus partagée"),
    "delete staff note": gettext_lazy("Note effacée"),
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
    # creation files
    "begin creation file": gettext_lazy("Dossier de création commencé"),
    "answer creation file": gettext_lazy("Page d’un dossier de création remplie"),
    "add founder": gettext_lazy("Fondateur ajouté"),
    "edit founder": gettext_lazy("Fondateur modifié"),
    "remove founder": gettext_lazy("Fondateur retiré"),
    "edit plan": gettext_lazy("Chiffres d’un plan changés"),
    "answer diagnosis": gettext_lazy("Page d’un autodiagnostic remplie"),
    # mandates
    "ask mandate": gettext_lazy("Mandat demandé"),
    "send mandate code": gettext_lazy("Code d’un mandat renvoyé"),
    "confirm mandate": gettext_lazy("Mandat confirmé"),
    "end mandate": gettext_lazy("Mandat arrêté"),
    "look for person": gettext_lazy("Personne cherchée pour un mandat"),
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
    # entries of ideathons
    "start entry": gettext_lazy("Candidature commencée"),
    "amend entry": gettext_lazy("Candidature modifiée"),
    "amend entry files": gettext_lazy("Fichiers d’une candidature changés"),
    "submit entry": gettext_lazy("Candidature envoyée"),
    "reopen entry": gettext_lazy("Candidature reprise avant la clôture"),
    "withdraw entry": gettext_lazy("Candidature retirée"),
    "discard entry": gettext_lazy("Candidature effacée"),
    "accept entry": gettext_lazy("Candidature dite recevable"),
    "refuse entry": gettext_lazy("Candidature dite non recevable"),
    "appeal entry": gettext_lazy("Nouvel examen demandé"),
    "name team member": gettext_lazy("Personne nommée dans une équipe"),
    "edit team member": gettext_lazy("Personne d’une équipe modifiée"),
    "remove team member": gettext_lazy("Personne retirée d’une équipe"),
    "agree to team": gettext_lazy("Accord donné pour être dans une équipe"),
    "decline team": gettext_lazy("Refus d’être dans une équipe"),
    "declare team consent": gettext_lazy("Accord d’une personne déclaré par l’équipe"),
    "invite idea": gettext_lazy("Idée invitée à un idéathon"),
    # votes, readings and editions
    "vote": gettext_lazy("Vote donné"),
    "change vote": gettext_lazy("Vote changé"),
    "take vote back": gettext_lazy("Vote repris"),
    "count ballots": gettext_lazy("Votes comptés"),
    "reject ballots": gettext_lazy("Votes écartés"),
    "save reading": gettext_lazy("Notes gardées"),
    "finish reading": gettext_lazy("Lecture remise"),
    "reopen reading": gettext_lazy("Lecture reprise"),
    "ask further reading": gettext_lazy("Lecture demandée en plus"),
    "discuss entry": gettext_lazy("Candidature discutée par le jury"),
    "create edition": gettext_lazy("Idéathon créé"),
    "delete edition": gettext_lazy("Idéathon effacé"),
    "publish edition": gettext_lazy("Idéathon annoncé"),
    "cancel edition": gettext_lazy("Idéathon annulé"),
    "reinstate edition": gettext_lazy("Annulation d’un idéathon levée"),
    # meetings and sessions
    "register": gettext_lazy("Inscription"),
    "cancel registration": gettext_lazy("Inscription annulée"),
    "give seat": gettext_lazy("Place donnée"),
    "check in": gettext_lazy("Présence notée"),
    "undo check in": gettext_lazy("Présence effacée"),
    "announce gathering": gettext_lazy("Rencontre annoncée"),
    "edit gathering": gettext_lazy("Rencontre modifiée"),
    "open registration": gettext_lazy("Inscriptions ouvertes"),
    "close registration": gettext_lazy("Inscriptions fermées"),
    "hold gathering": gettext_lazy("Rencontre tenue"),
    "cancel gathering": gettext_lazy("Rencontre annulée"),
    "export registrations": gettext_lazy("Liste des inscrits téléchargée"),
    "write programme": gettext_lazy("Programme d’une rencontre écrit"),
    "write report": gettext_lazy("Compte rendu écrit"),
    "publish report": gettext_lazy("Compte rendu publié"),
    "add photo": gettext_lazy("Photo ajoutée"),
    "withdraw photo": gettext_lazy("Photo retirée"),
    "draw themes": gettext_lazy("Thèmes des idées cherchés"),
    "upload ideas file": gettext_lazy("Fichier d’idées envoyé"),
    "check ideas file": gettext_lazy("Fichier d’idées vérifié"),
    "apply ideas file": gettext_lazy("Fichier d’idées appliqué"),
    "undo ideas file": gettext_lazy("Fichier d’idées défait"),
    "discard ideas file": gettext_lazy("Fichier d’idées écarté"),
    "import": gettext_lazy("Idée venue d’un fichier"),
    "said": gettext_lazy("Idée dite dans une rencontre"),
    "correct": gettext_lazy("Idée dite corrigée"),
    "open_device": gettext_lazy("Appareil ouvert pour une rencontre"),
    "revoke_device": gettext_lazy("Appareil retiré d’une rencontre"),
    "print_slips": gettext_lazy("Formulaires papier imprimés"),
    "watch funding": gettext_lazy("Alerte de financement demandée"),
    "withdraw": gettext_lazy("Retrait par l’auteur"),
    "withdraw consent": gettext_lazy("Accord retiré"),
    "withdraw plan comment": gettext_lazy("Remarque effacée"),
}
_KINDS_OF_ROW = {
    **training.KINDS_OF_ROW,
    "contests.edition": gettext_lazy("Idéathon"),
    "contests.entry": gettext_lazy("Candidature"),
    "contests.entrymember": gettext_lazy("Membre d’une équipe"),
    "contests.juror": gettext_lazy("Juré"),
    "contests.reading": gettext_lazy("Lecture par le jury"),
    "gatherings.gathering": gettext_lazy("Rencontre"),
    "gatherings.registration": gettext_lazy("Inscription"),
    "gatherings.ideaimport": gettext_lazy("Fichier d’idées"),
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
    "projects.mandate": gettext_lazy("Mandat"),
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
# One column, several rooms: a code that two of them use is said as the last one says it
_STATES = (
    BallotState, SupportState, JurorState, RegistrationState, EntryState, CommentState, IdeaState
)  # fmt: skip


@cache
def _closed_lists() -> dict[str, dict[str, Any]]:
    return {
        **training.CLOSED_LISTS,
        "act": dict(_ACTS),
        "consent": dict(TeamConsent.choices),
        "direction": dict(_DIRECTIONS),
        "door": dict(RegistrationDoor.choices),
        "kind": dict(OrganisationKind.choices),
        "language": {**dict(Spoken.choices), **dict(settings.LANGUAGES)},
        "mandate_ending": dict(Ending.choices),
        "mandate_given": dict(Given.choices),
        "observation_kind": dict(Kind.choices),
        "observation_state": dict(ObservationState.choices),
        "outcome": {**dict(ReportOutcome.choices), **dict(Outcome.choices)},
        "project_role": dict(MemberRole.choices),
        "role": dict(Role.choices),
        "speaks_as": dict(Speaker.choices),
        "speaker": dict(Speaker.choices),
        "stage": dict(Stage.choices),
        "state": {code: word for states in _STATES for code, word in states.choices},
        "type": dict(_FACTORS),
        "what": {"edition": _ACTS["create edition"], **dict(NoticeKind.choices), **training.STATEMENTS},
        "woman": dict(Answer.choices),
        "young": dict(Answer.choices),
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
    if column == "course":
        return training.course_name(code)
    if column == "purpose":
        return purposes()[code].title if code in purposes() else None
    if column == "on":
        kind, _space, key = code.partition(" ")
        return f"{_KINDS_OF_ROW[kind]} {key}" if kind in _KINDS_OF_ROW else None
    if column == "what" and code.startswith("rules "):
        return gettext("Règlement, version %(version)s") % {"version": code.removeprefix("rules ")}
    words = _closed_lists().get(column, {}).get(code)
    return None if words is None else str(words)


def _name_of(named: Any) -> str:
    return str(getattr(named, f"name_{get_language()}", "") or named.name_fr)
