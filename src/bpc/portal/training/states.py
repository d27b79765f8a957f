"""The life of a version: written, read by somebody else, published, then replaced or retired."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable


class VersionState(models.TextChoices):
    """Where a version stands. What was once published is kept for those who learned from it."""

    DRAFT = "draft", _("Brouillon")
    REVIEW = "review", _("En relecture")
    PUBLISHED = "published", _("Publié")
    SUPERSEDED = "superseded", _("Remplacé")
    RETIRED = "retired", _("Retiré")


class VersionOrigin(models.TextChoices):
    """What wrote a version: a file of `data/training`, or a person on the site."""

    FILE = "file", _("Fichier")
    PERSON = "person", _("Personne")


WRITE, REVIEW, DISCARD = "training.write", "training.review", "training.discard"
_DRAFT, _READ, _OUT = VersionState.DRAFT, VersionState.REVIEW, VersionState.PUBLISHED

VERSION_MOVES = StateTable(
    moves=(
        Move("submit", frozenset({_DRAFT}), _READ, WRITE),
        Move("send back", frozenset({_READ}), _DRAFT, REVIEW, needs_reason=True),
        Move("take back", frozenset({_READ}), _DRAFT, WRITE),
        Move("publish", frozenset({_READ}), _OUT, REVIEW),
        Move("load", frozenset({_DRAFT}), _OUT, REVIEW),  # by the loading of files, without a person
        # what publishing does to the former version, whoever wrote that one
        Move("supersede", frozenset({_OUT}), VersionState.SUPERSEDED, WRITE),
        Move("retire", frozenset({_OUT}), VersionState.RETIRED, REVIEW, needs_reason=True),
        Move("bring back", frozenset({VersionState.RETIRED}), _OUT, REVIEW),
    )
)
