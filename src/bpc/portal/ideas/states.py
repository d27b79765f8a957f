"""The life of an idea, and the closed lists an idea is described with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable


class IdeaState(models.TextChoices):
    """draft → submitted → published, returned, merged or archived."""

    DRAFT = "draft", _("Brouillon")
    SUBMITTED = "submitted", _("En cours d’examen")
    RETURNED = "returned", _("Renvoyée à son auteur")
    PUBLISHED = "published", _("Publiée")
    MERGED = "merged", _("Regroupée")
    ARCHIVED = "archived", _("Archivée")


class Door(models.TextChoices):
    """How an idea reached us."""

    WEB = "web", _("Sur le site")
    MEETING = "meeting", _("Dans une rencontre")
    PAPER = "paper", _("Sur papier")
    IMPORT = "import", _("Dans un fichier repris")


class CommentState(models.TextChoices):
    """A comment is shown, hidden by a moderator, or withdrawn by who wrote it."""

    SHOWN = "shown", _("Visible")
    HIDDEN = "hidden", _("Masqué")
    WITHDRAWN = "withdrawn", _("Retiré")


class Speaker(models.TextChoices):
    """Who is speaking."""

    CITIZEN = "citizen", _("Une citoyenne, un citoyen")
    HOLDER = "holder", _("Une personne ou un groupe qui porte le projet")
    COOPERATIVE = "cooperative", _("Une coopérative")
    ASSOCIATION = "association", _("Une association")
    ADMINISTRATION = "administration", _("Une administration ou une commune")


class Audience(models.TextChoices):
    """For whom the idea is meant first."""

    EVERYONE = "everyone", _("Tout le monde")
    WOMEN = "women", _("Les femmes")
    YOUTH = "youth", _("Les jeunes")
    FARMERS = "farmers", _("Les agriculteurs et les éleveurs")
    ARTISANS = "artisans", _("Les artisans")
    DISABLED = "disabled", _("Les personnes en situation de handicap")


_S = IdeaState
IDEA_MOVES = StateTable(
    moves=(
        Move("submit", frozenset({_S.DRAFT, _S.RETURNED}), _S.SUBMITTED, "ideas.edit"),
        Move("publish", frozenset({_S.SUBMITTED, _S.ARCHIVED}), _S.PUBLISHED, "ideas.moderate"),
        Move("return", frozenset({_S.SUBMITTED}), _S.RETURNED, "ideas.moderate", needs_reason=True),
        Move(
            "merge", frozenset({_S.SUBMITTED, _S.PUBLISHED}), _S.MERGED, "ideas.moderate", needs_reason=True
        ),
        Move(
            "archive",
            frozenset({_S.SUBMITTED, _S.RETURNED, _S.PUBLISHED, _S.MERGED}),
            _S.ARCHIVED,
            "ideas.moderate",
            needs_reason=True,
        ),
        # An idea archived before it was ever published goes back to the queue; `publish` brings back the others.
        Move("restore", frozenset({_S.ARCHIVED}), _S.SUBMITTED, "ideas.moderate"),
        Move("withdraw", frozenset({_S.DRAFT, _S.SUBMITTED, _S.RETURNED}), _S.ARCHIVED, "ideas.withdraw"),
    ),
    timestamps={_S.SUBMITTED: "submitted_at", _S.PUBLISHED: "published_at"},
)

COMMENT_MOVES = StateTable(
    moves=(
        Move(
            "hide",
            frozenset({CommentState.SHOWN}),
            CommentState.HIDDEN,
            "comments.moderate",
            needs_reason=True,
        ),
        Move("show", frozenset({CommentState.HIDDEN}), CommentState.SHOWN, "comments.moderate"),
        Move("withdraw", frozenset({CommentState.SHOWN}), CommentState.WITHDRAWN, "comments.withdraw"),
    ),
)


class ReportOutcome(models.TextChoices):
    """What a moderator decided about a report."""

    KEPT = "kept", _("Rien à changer : le texte reste en ligne")
    HIDDEN = "hidden", _("Le commentaire est masqué")
    ARCHIVED = "archived", _("L’idée est archivée")
