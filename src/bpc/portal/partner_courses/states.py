"""The words of this room: whether a tool is answered, a course shown; how far a learner is, as the standard says."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable


class PartnerState(models.TextChoices):
    """Paused, a partner's courses are shown to nobody and its tool is answered nothing, at once."""

    ACTIVE = "active", _("En service")
    PAUSED = "paused", _("En pause")


class CourseState(models.TextChoices):
    """A partner course is seen by learners only while published."""

    DRAFT = "draft", _("Brouillon")
    PUBLISHED = "published", _("Publié")
    WITHDRAWN = "withdrawn", _("Retiré")


class CourseLanguage(models.TextChoices):
    """The languages a partner may teach in."""

    FRENCH = "fr", _("français")
    ARABIC = "ar", _("arabe")
    DARIJA = "ary", _("darija")
    AMAZIGH = "zgh", _("amazighe")
    ENGLISH = "en", _("anglais")
    SPANISH = "es", _("espagnol")


class Activity(models.TextChoices):
    """How far the learner is: the closed list of Assignment and Grade Services 2.0 (`activityProgress`)."""

    INITIALIZED = "Initialized", _("Ouvert")
    STARTED = "Started", _("Commencé")
    IN_PROGRESS = "InProgress", _("En cours")
    SUBMITTED = "Submitted", _("Rendu")
    COMPLETED = "Completed", _("Terminé")


class Grading(models.TextChoices):
    """How far the marking is: the closed list of Assignment and Grade Services 2.0 (`gradingProgress`)."""

    NOT_READY = "NotReady", _("Sans note")
    FAILED = "Failed", _("La note n’a pas pu être calculée")
    PENDING = "Pending", _("Note attendue")
    PENDING_MANUAL = "PendingManual", _("Correction attendue")
    FULLY_GRADED = "FullyGraded", _("Noté")


PARTNER_MOVES = StateTable(
    moves=(
        Move(
            "pause",
            frozenset({PartnerState.ACTIVE}),
            PartnerState.PAUSED,
            "partner_courses.register",
        ),
        Move(
            "resume",
            frozenset({PartnerState.PAUSED}),
            PartnerState.ACTIVE,
            "partner_courses.register",
        ),
    )
)
COURSE_MOVES = StateTable(
    moves=(
        Move(
            "publish",
            frozenset({CourseState.DRAFT, CourseState.WITHDRAWN}),
            CourseState.PUBLISHED,
            "partner_courses.keep",
        ),
        Move("withdraw", frozenset({CourseState.PUBLISHED}), CourseState.WITHDRAWN, "partner_courses.keep"),
    ),
    timestamps={CourseState.PUBLISHED: "published_at"},
)
