"""Who sees and who moderates ideas, comments, photos: rule and queryset side by side."""

from typing import Any, Protocol

from django.db.models import Q, QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.ideas.models import Attachment, Comment, Idea, Report
from bpc.portal.ideas.states import CommentState, IdeaState
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator

# A merged idea stays readable: it sends on to the idea it was merged into.
PUBLIC_STATES = (IdeaState.PUBLISHED, IdeaState.MERGED)


class _OfRegion(Protocol):
    """What a region's delegates answer for: an idea, a need, an opportunity."""

    @property
    def region_id(self) -> str:
        """The code of the region."""


class _Authored(Protocol):
    """What somebody with an account may have written."""

    @property
    def author_id(self) -> int | None:
        """The key of the account."""


def moderates(person: Any, idea: _OfRegion | None = None) -> bool:
    """Delegates for what is of their region, national administrators for all. Without an idea: anyone of these."""
    if not person.is_authenticated:
        return False
    if is_administrator(person):
        return True
    regions = person.regions_as(Role.DELEGATE)
    return bool(regions) if idea is None else idea.region_id in regions


def ideas_moderated_by(person: Any) -> QuerySet[Idea]:
    """The ideas `moderates` allows once they left their author's desk: the moderation queue, never a draft."""
    if not person.is_authenticated:
        return Idea.objects.none()
    handed_in = Idea.objects.exclude(state=IdeaState.DRAFT)
    return (
        handed_in
        if is_administrator(person)
        else handed_in.filter(region__in=person.regions_as(Role.DELEGATE))
    )


def moderates_comment(person: Any, comment: Comment | None) -> bool:
    """Whoever moderates the idea under which the comment stands."""
    return moderates(person, comment.idea if comment is not None else None)


def wrote_comment(person: Any, comment: Comment | None) -> bool:
    """Whether the signed-in person wrote the comment."""
    return bool(person.is_authenticated and comment is not None and comment.author_id == person.pk)


def can_see_report(person: Any, report: Report) -> bool:
    """Moderators of the idea, and whoever reported."""
    if not person.is_authenticated:
        return False
    return report.reporter_id == person.pk or moderates(person, report.idea)


def reports_visible_to(person: Any) -> QuerySet[Report]:
    """The reports `can_see_report` allows."""
    if not person.is_authenticated:
        return Report.objects.none()
    if is_administrator(person):
        return Report.objects.all()
    return Report.objects.filter(Q(reporter=person) | Q(idea__region__in=person.regions_as(Role.DELEGATE)))


def is_author(person: Any, idea: _Authored | None) -> bool:
    """Whether the signed-in person wrote the idea, or whatever else has an author."""
    return bool(person.is_authenticated and idea is not None and idea.author_id == person.pk)


def can_edit(person: Any, idea: Idea | None) -> bool:
    """The author, while the idea is a draft or was returned."""
    return (
        is_author(person, idea) and idea is not None and idea.state in {IdeaState.DRAFT, IdeaState.RETURNED}
    )


def can_see_idea(person: Any, idea: Idea) -> bool:
    """Everybody when public; the author always; moderators once it was submitted."""
    if idea.state in PUBLIC_STATES or is_author(person, idea):
        return True
    return idea.state != IdeaState.DRAFT and moderates(person, idea)


def ideas_visible_to(person: Any) -> QuerySet[Idea]:
    """The ideas `can_see_idea` allows."""
    if not person.is_authenticated:
        return Idea.objects.filter(state__in=PUBLIC_STATES)
    rule = Q(state__in=PUBLIC_STATES) | Q(author=person)
    if is_administrator(person):
        rule |= ~Q(state=IdeaState.DRAFT)
    elif regions := person.regions_as(Role.DELEGATE):
        rule |= Q(region__in=regions) & ~Q(state=IdeaState.DRAFT)
    return Idea.objects.filter(rule)


def can_see_attachment(person: Any, attachment: Attachment) -> bool:
    """Whoever sees the idea."""
    return can_see_idea(person, attachment.idea)


def attachments_visible_to(person: Any) -> QuerySet[Attachment]:
    """The photos and documents of the ideas the person sees."""
    return Attachment.objects.filter(idea__in=ideas_visible_to(person))


def can_see_comment(person: Any, comment: Comment) -> bool:
    """Shown comments of a visible idea; hidden ones for who wrote them and for moderators."""
    if not can_see_idea(person, comment.idea):
        return False
    if comment.state == CommentState.SHOWN or moderates(person, comment.idea):
        return True
    return bool(person.is_authenticated and comment.author_id == person.pk)


def comments_visible_to(person: Any) -> QuerySet[Comment]:
    """The comments `can_see_comment` allows."""
    visible = Comment.objects.filter(idea__in=ideas_visible_to(person))
    rule = Q(state=CommentState.SHOWN)
    if person.is_authenticated:
        rule |= Q(author=person)
        if is_administrator(person):
            return visible
        rule |= Q(idea__region__in=person.regions_as(Role.DELEGATE))
    return visible.filter(rule)


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Idea, can_see=can_see_idea, visible_to=ideas_visible_to)
    declare_visibility(Attachment, can_see=can_see_attachment, visible_to=attachments_visible_to)
    declare_visibility(Comment, can_see=can_see_comment, visible_to=comments_visible_to)
    declare_visibility(Report, can_see=can_see_report, visible_to=reports_visible_to)
    declare_right(
        "ideas.moderate", "Modérer les idées (délégué de la région, administrateur national)", moderates
    )
    declare_right("ideas.edit", "Modifier son idée (brouillon ou renvoyée)", can_edit)
    declare_right("ideas.withdraw", "Retirer son idée (son auteur)", is_author)
    declare_right(
        "comments.moderate", "Masquer ou rétablir un commentaire (qui modère l’idée)", moderates_comment
    )
    declare_right("comments.withdraw", "Retirer son propre commentaire (son auteur)", wrote_comment)
    declare_right(
        "ideas.react",
        "Soutenir, commenter, signaler une idée publiée (personne connectée)",
        lambda person, idea: person.is_authenticated and (idea is None or idea.state == IdeaState.PUBLISHED),
    )
