"""The life of a package, and what is known of a person's run of it, by closed lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable


class PackageState(models.TextChoices):
    """Where a package stands. Withdrawn, it is kept with what people did in it."""

    DRAFT = "draft", _("Brouillon")
    PUBLISHED = "published", _("Publié")
    WITHDRAWN = "withdrawn", _("Retiré")


class Kind(models.TextChoices):
    """The formats we play."""

    SCORM_12 = "scorm-1.2", "SCORM 1.2"
    SCORM_2004 = "scorm-2004", "SCORM 2004"
    H5P = "h5p", "H5P"


class Language(models.TextChoices):
    """The language a lesson is in, as far as the site tells it."""

    FRENCH = "fr", _("français")
    ARABIC = "ar", _("arabe")
    AMAZIGH = "zgh", _("amazigh")
    ENGLISH = "en", _("anglais")


class Success(models.TextChoices):
    """What a lesson said of its own test."""

    UNKNOWN = "", _("pas encore d’avis")
    PASSED = "passed", _("réussi")
    FAILED = "failed", _("à refaire")


def _move(name: str, sources: set[str], target: str) -> Move:
    return Move(name, frozenset(sources), target, "packages.change")


PACKAGE_MOVES = StateTable(
    moves=(
        _move("publish package", {PackageState.DRAFT, PackageState.WITHDRAWN}, PackageState.PUBLISHED),
        _move("withdraw package", {PackageState.PUBLISHED}, PackageState.WITHDRAWN),
    ),
    timestamps={PackageState.PUBLISHED: "published_at", PackageState.WITHDRAWN: "withdrawn_at"},
)
