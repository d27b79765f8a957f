"""The life of a version: a draft is published, gives way to the next, or is retired with its model."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable


class VersionState(models.TextChoices):
    """Where a version stands. What was once published is kept for the projects that adopted it."""

    DRAFT = "draft", _("Brouillon")
    PUBLISHED = "published", _("Publié")
    SUPERSEDED = "superseded", _("Remplacé")
    RETIRED = "retired", _("Retiré")


class VersionOrigin(models.TextChoices):
    """What wrote a version: a file of `data/models`, or a person on the site."""

    FILE = "file", _("Fichier")
    PERSON = "person", _("Personne")


def _move(name: str, source: VersionState, target: VersionState, *, needs_reason: bool = False) -> Move:
    return Move(name, frozenset({source}), target, "blueprints.edit", needs_reason)


VERSION_MOVES = StateTable(
    moves=(
        _move("publish", VersionState.DRAFT, VersionState.PUBLISHED),
        _move("supersede", VersionState.PUBLISHED, VersionState.SUPERSEDED),
        _move("retire", VersionState.PUBLISHED, VersionState.RETIRED, needs_reason=True),
        _move("bring back", VersionState.RETIRED, VersionState.PUBLISHED),
    )
)
