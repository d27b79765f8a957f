"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.core.files.storage import default_storage
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.ideas.models import Attachment, Comment, Idea, Report, Support
from bpc.portal.ideas.states import IdeaState
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column

# What nobody but its author can finish goes with them.
_UNFINISHED = (IdeaState.DRAFT, IdeaState.RETURNED)


def declare() -> None:
    """Called once when the app is ready."""
    nameless = _("Conservés sans votre nom.")
    for holding in (
        Holding(
            "ideas",
            _("Vos idées"),
            ("ideas.Idea.author",),
            _ideas,
            _(
                "Vos brouillons et vos idées à compléter sont effacés ; "
                "les autres sont conservées sans votre nom."
            ),
            _forget_ideas,
        ),
        Holding(
            "comments",
            _("Vos commentaires"),
            ("ideas.Comment.author",),
            _comments,
            nameless,
            _forget_comments,
        ),
        Holding(
            "supports", _("Vos soutiens"), ("ideas.Support.user",), _supports, _("Effacés."), _forget_supports
        ),
        Holding(
            "reports", _("Vos signalements"), ("ideas.Report.reporter",), _reports, nameless, _forget_reports
        ),
    ):
        declare_holding(holding)
    exclude_column(
        "ideas.Report.closed_by", "tells which moderator answered; exported to them as an act of the trail"
    )


def _ideas(user: User) -> list[Row]:
    return [
        {
            "code": idea.reference,
            "state": idea.state,
            "title": idea.title,
            "need": idea.need,
            "proposal": idea.proposal,
            "language": idea.language,
            "sector": idea.sector_id,
            "commune": idea.commune_id,
            "speaker": idea.speaker,
            "organisation": idea.organisation.name if idea.organisation is not None else "",
            "name_shown": idea.show_author,
            "created": idea.created_at,
            "submitted": idea.submitted_at,
            "published": idea.published_at,
            "files": [_file(attachment) for attachment in idea.attachments.all()],
        }
        for idea in Idea.objects.filter(author=user)
        .select_related("organisation")
        .prefetch_related("attachments")
        .order_by("pk")
    ]


def _file(attachment: Attachment) -> str:
    """Its name, and what the author said it shows."""
    return f"{attachment.original_name} ({attachment.alt})" if attachment.alt else attachment.original_name


def _comments(user: User) -> list[Row]:
    rows = Comment.objects.filter(author=user).select_related("idea").order_by("pk")
    return [
        {"idea": row.idea.reference, "text": row.text, "state": row.state, "created": row.created_at}
        for row in rows
    ]


def _supports(user: User) -> list[Row]:
    rows = Support.objects.filter(user=user).select_related("idea").order_by("pk")
    return [{"idea": row.idea.reference, "title": row.idea.title, "created": row.created_at} for row in rows]


def _reports(user: User) -> list[Row]:
    rows = Report.objects.filter(reporter=user).select_related("idea").order_by("pk")
    return [
        {"idea": row.idea.reference, "reason": row.reason, "created": row.created_at, "outcome": row.outcome}
        for row in rows
    ]


def _forget_ideas(user: User) -> None:
    unfinished = Idea.objects.filter(author=user, state__in=_UNFINISHED)
    for attachment in Attachment.objects.filter(idea__in=unfinished):
        for file in (attachment.file.name, attachment.thumbnail.name):
            if file:
                default_storage.delete(file)
    unfinished.delete()
    Idea.objects.filter(author=user).update(author=None, show_author=False)
    outdate("ideas")


def _forget_comments(user: User) -> None:
    Comment.objects.filter(author=user).update(author=None)
    outdate("ideas")


def _forget_supports(user: User) -> None:
    """Each idea loses the support it counted."""
    Idea.objects.filter(supports__user=user).update(support_count=F("support_count") - 1)
    Support.objects.filter(user=user).delete()
    outdate("ideas")


def _forget_reports(user: User) -> None:
    Report.objects.filter(reporter=user).update(reporter=None)
