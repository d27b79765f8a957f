"""What an edition, an entry, a juror, a reading and a ballot can be, and how each moves on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bpc.portal.foundation.states import Move, StateTable


class EditionState(models.TextChoices):
    """What the organisers decided; the running phase follows from it and from the dates (see `phases`)."""

    DRAFT = "draft", _("En préparation")
    PUBLISHED = "published", _("Annoncé")
    CANCELLED = "cancelled", _("Annulé")
    CLOSED = "closed", _("Résultats publiés")


class Phase(models.TextChoices):
    """What may be done now."""

    DRAFT = "draft", _("En préparation")
    ANNOUNCED = "announced", pgettext_lazy("idéathon", "À venir")
    ENTRIES = "entries", _("Candidatures ouvertes")
    CHECKING = "checking", _("Vérification des candidatures")
    MARKING = "marking", _("Notation par le jury")
    DISCUSSION = "discussion", _("Discussion du jury")
    DECIDING = "deciding", _("Décision")
    RESULTS = "results", _("Résultats publiés")
    CANCELLED = "cancelled", _("Annulé")


class NoticeKind(models.TextChoices):
    """What changed after the announcement, told to everybody with its reason."""

    EXTENSION = "extension", _("Prolongation")
    CANCELLATION = "cancellation", _("Annulation")
    REINSTATED = "reinstated", _("Annulation levée")
    RULES = "rules", _("Nouvelle version du règlement")


class EntryState(models.TextChoices):
    """draft → submitted → eligible or ineligible; withdrawn by its team."""

    DRAFT = "draft", _("À compléter")
    SUBMITTED = "submitted", _("Envoyée")
    ELIGIBLE = "eligible", _("Recevable")
    INELIGIBLE = "ineligible", _("Non recevable")
    WITHDRAWN = "withdrawn", pgettext_lazy("candidature", "Retirée")


class TeamConsent(models.TextChoices):
    """Whether somebody named in a team agreed to be."""

    PENDING = "pending", _("Accord attendu")
    GIVEN = "given", _("D’accord")
    REFUSED = "refused", _("Refuse")


class ConsentDoor(models.TextChoices):
    """How somebody of a team answered."""

    ACCOUNT = "account", _("Depuis son compte")
    LINK = "link", _("Par le lien reçu")
    TOLD = "told", _("De vive voix, déclaré par l’équipe")


class Entrant(models.TextChoices):
    """Who enters."""

    INDIVIDUAL = "individual", _("Une personne seule")
    GROUP = "group", _("Un groupe, pas encore constitué")
    COOPERATIVE = "cooperative", _("Une coopérative")
    ASSOCIATION = "association", _("Une association")


class JurorState(models.TextChoices):
    """An invitation and its answer; a juror who stops is released from what they had not marked."""

    INVITED = "invited", _("Invité")
    ACCEPTED = "accepted", _("A accepté")
    DECLINED = "declined", _("A décliné")
    RELEASED = "released", _("Ne siège plus")


class ConflictKind(models.TextChoices):
    """Why a juror may not read an entry: said by the juror, or found by the service."""

    DECLARED = "declared", _("Déclaré par le juré")
    ORGANISATION = "organisation", _("Même organisation")
    PROJECT = "project", _("Membre du projet ou de l’équipe")
    ADVISOR = "advisor", _("Conseiller du projet")
    COMMUNE = "commune", _("Même commune")


class ReadingState(models.TextChoices):
    """A reading asked of a juror."""

    ASSIGNED = "assigned", _("À lire")
    DONE = "done", _("Notée")
    RELEASED = "released", _("Reprise")


class Outcome(models.TextChoices):
    """What the president decided of an entry."""

    LAUREATE = "laureate", _("Lauréat")
    MENTION = "mention", _("Mention du jury")
    NOT_CHOSEN = "not_chosen", _("Non retenu")


class BallotState(models.TextChoices):
    """A public vote is held back until somebody checked it."""

    HELD = "held", _("En attente de vérification")
    COUNTED = "counted", _("Compté")
    REJECTED = "rejected", _("Écarté")


class SupportState(models.TextChoices):
    """Reinforced support offered to a laureate."""

    OFFERED = "offered", _("Proposé")
    ACCEPTED = "accepted", _("Accepté")
    DECLINED = "declined", _("Décliné")


_E = EditionState
EDITION_MOVES = StateTable(
    moves=(
        Move("publish edition", frozenset({_E.DRAFT}), _E.PUBLISHED, "contests.organise"),
        Move(
            "cancel edition", frozenset({_E.PUBLISHED}), _E.CANCELLED, "contests.organise", needs_reason=True
        ),
        Move(
            "reinstate edition",
            frozenset({_E.CANCELLED}),
            _E.PUBLISHED,
            "contests.organise",
            needs_reason=True,
        ),
        Move("close edition", frozenset({_E.PUBLISHED}), _E.CLOSED, "contests.preside"),
    ),
    timestamps={_E.PUBLISHED: "published_at", _E.CANCELLED: "cancelled_at", _E.CLOSED: "closed_at"},
)

_N = EntryState
ENTRY_MOVES = StateTable(
    moves=(
        Move("submit entry", frozenset({_N.DRAFT}), _N.SUBMITTED, "contests.enter"),
        Move("reopen entry", frozenset({_N.SUBMITTED}), _N.DRAFT, "contests.enter"),
        Move("withdraw entry", frozenset({_N.DRAFT, _N.SUBMITTED, _N.ELIGIBLE}), _N.WITHDRAWN, "contests.lead"),
        Move("accept entry", frozenset({_N.SUBMITTED, _N.INELIGIBLE}), _N.ELIGIBLE, "contests.organise_entry"),
        Move("refuse entry", frozenset({_N.SUBMITTED, _N.ELIGIBLE}), _N.INELIGIBLE, "contests.organise_entry",
             needs_reason=True),
        # once only, before marking starts, with what the team added: see `appeals`
        Move("appeal entry", frozenset({_N.INELIGIBLE}), _N.SUBMITTED, "contests.enter", needs_reason=True),
    ),
    timestamps={_N.SUBMITTED: "submitted_at"},
)  # fmt: skip

_R = ReadingState
READING_MOVES = StateTable(
    moves=(
        Move("finish reading", frozenset({_R.ASSIGNED}), _R.DONE, "contests.mark"),
        Move("reopen reading", frozenset({_R.DONE}), _R.ASSIGNED, "contests.mark"),
    ),
    timestamps={_R.DONE: "done_at"},
)
