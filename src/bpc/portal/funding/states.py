"""What a source, a proposal about it, a report on it and a link of it can be, and how each moves on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable


class SourceState(models.TextChoices):
    """Shown to everybody, or taken off and kept for those who keep the directory."""

    ACTIVE = "active", _("Affichée")
    RETIRED = "retired", _("Retirée")


class Origin(models.TextChoices):
    """What first wrote a source, or made a version or a proposal: the files of facts, or a person for a body."""

    FACTS = "facts", _("Faits relevés")
    ORGANISATION = "organisation", _("Organisme ou délégation")


class ClosesKind(models.TextChoices):
    """What is known of the last day: announced, worked out from past editions, none, nothing, or gone."""

    DATED = "dated", _("Date annoncée")
    FORECAST = "forecast", _("Prévision d’après les éditions passées")
    PERMANENT = "permanent", _("Ouvert toute l’année")
    UNKNOWN = "unknown", _("Dates non connues")
    CLOSED = "closed", _("Fermé")


class EditState(models.TextChoices):
    """A proposal waits for another person, who accepts or returns it; its author may take it back."""

    PENDING = "pending", _("En attente de relecture")
    ACCEPTED = "accepted", _("Acceptée")
    RETURNED = "returned", _("Renvoyée")
    WITHDRAWN = "withdrawn", _("Reprise par son auteur")


class ReportReason(models.TextChoices):
    """What a visitor may say is wrong with a sheet."""

    CLOSED = "closed", _("Ce financement n’existe plus ou n’accepte plus de dossiers")
    AMOUNT = "amount", _("Le montant ou le taux n’est plus le même")
    CONDITIONS = "conditions", _("Les conditions ne sont plus les mêmes")
    DATES = "dates", _("Les dates sont fausses")
    LINK = "link", _("Un lien ou un contact ne répond pas")
    REFUSED = "refused", _("On nous a refusé alors que la fiche dit que c’est possible")
    OTHER = "other", _("Autre chose")


class ReportOutcome(models.TextChoices):
    """What those who keep the sheet did about a report."""

    CORRECTED = "corrected", _("La fiche est corrigée")
    RIGHT = "right", _("Vérifié : la fiche disait juste")
    UNCLEAR = "unclear", _("Rien n’a pu être vérifié")


class LinkOutcome(models.TextChoices):
    """What a page answered when it was last asked."""

    FINE = "fine", _("Répond")
    MOVED = "moved", _("A changé d’adresse")
    GUARDED = "guarded", _("Répond, mais refuse les robots")
    BROKEN = "broken", _("Page introuvable")
    SILENT = "silent", _("Ne répond pas")
    REFUSED = "refused", _("Adresse que nous n’ouvrons pas")


SOURCE_MOVES = StateTable(
    moves=(
        Move(
            "retire",
            frozenset({SourceState.ACTIVE}),
            SourceState.RETIRED,
            "funding.decide",
            needs_reason=True,
        ),
        Move("restore", frozenset({SourceState.RETIRED}), SourceState.ACTIVE, "funding.decide"),
    )
)
EDIT_MOVES = StateTable(
    moves=(
        Move("accept", frozenset({EditState.PENDING}), EditState.ACCEPTED, "funding.accept"),
        Move(
            "return", frozenset({EditState.PENDING}), EditState.RETURNED, "funding.accept", needs_reason=True
        ),
        Move("withdraw", frozenset({EditState.PENDING}), EditState.WITHDRAWN, "funding.withdraw"),
    ),
    timestamps={
        EditState.ACCEPTED: "decided_at",
        EditState.RETURNED: "decided_at",
        EditState.WITHDRAWN: "decided_at",
    },
)
