"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.followup.models import (
    CalendarFeed,
    GroupAnswer,
    LegalDate,
    ProjectPath,
    StepMark,
    TemplateVersion,
)
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column


def declare() -> None:
    """Called once when the app is ready."""
    for holding in (
        Holding(
            "path_marks",
            _("Vos gestes dans des parcours"),
            (
                "followup.StepMark.made_by",
                "followup.ProjectPath.opened_by",
                "followup.LegalDate.said_by",
                "followup.GroupAnswer.said_by",
            ),
            _gestures,
            _("Ils restent au groupe, sans votre nom."),
            _forget_gestures,
        ),
        Holding(
            "calendar_feed",
            _("Votre adresse de calendrier"),
            ("followup.CalendarFeed.user",),
            _feed,
            _("Effacée : l’adresse ne répond plus."),
            _forget_feed,
        ),
    ):
        declare_holding(holding)
    exclude_column(
        "followup.StepMark.undone_by", "tells who took a mark back; exported as an act of the trail"
    )
    reason = "work done for the office on a public text; exported as an act of the trail"
    exclude_column("followup.TemplateVersion.made_by", reason)
    exclude_column("followup.TemplateVersion.published_by", reason)


def _gestures(user: User) -> list[Row]:
    opened = ProjectPath.objects.filter(opened_by=user).select_related("project", "template").order_by("pk")
    marks = StepMark.objects.filter(made_by=user).select_related("path__project").order_by("pk")
    dates = LegalDate.objects.filter(said_by=user).select_related("project").order_by("pk")
    answers = GroupAnswer.objects.filter(said_by=user).select_related("project").order_by("pk")
    return [
        *(
            {"code": row.project.reference, "path": row.template.slug, "at": row.opened_at} for row in opened
        ),
        *(
            {"code": row.path.project.reference, "step": row.step, "state": row.state, "on": row.on,
             "due": row.due_on, "reason": row.waits_on, "text": row.note, "language": row.language, "at": row.made_at}
            for row in marks
        ),
        *({"code": row.project.reference, "event": row.event, "on": row.on, "at": row.said_at} for row in dates),
        *(
            {"code": row.project.reference, "question": row.question, "yes": row.yes, "at": row.said_at}
            for row in answers
        ),
    ]  # fmt: skip


def _feed(user: User) -> list[Row]:
    return [{"created": row.created_at} for row in CalendarFeed.objects.filter(user=user)]


def _forget_gestures(user: User) -> None:
    StepMark.objects.filter(made_by=user).update(made_by=None)
    StepMark.objects.filter(undone_by=user).update(undone_by=None)
    ProjectPath.objects.filter(opened_by=user).update(opened_by=None)
    LegalDate.objects.filter(said_by=user).update(said_by=None)
    GroupAnswer.objects.filter(said_by=user).update(said_by=None)
    TemplateVersion.objects.filter(made_by=user).update(made_by=None)
    TemplateVersion.objects.filter(published_by=user).update(published_by=None)


def _forget_feed(user: User) -> None:
    CalendarFeed.objects.filter(user=user).delete()
