"""What signed-in people do with a published idea: support it, comment on it, report it.

Counters change in the same transaction as the row they count, on the locked idea, so they stay exact however
many people press at once. A support leaves no audit row: the `Support` row says who and when, and taking
one's support back must leave no trace of an opinion.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import move
from bpc.portal.ideas import notices
from bpc.portal.ideas.models import Comment, Idea, Report, Support
from bpc.portal.ideas.states import COMMENT_MOVES, CommentState

COMMENTS_AT_ONCE, COMMENT_WINDOW = 8, timedelta(minutes=10)
REPORTS_AT_ONCE, REPORT_WINDOW = 20, timedelta(days=1)


class TooMany(Exception):
    """The person wrote too much in a short time; counted in the database, for all workers together."""


def support(*, idea: Idea, actor: Any, at: Any) -> bool:
    """Stand behind a published idea, once; return whether the support is new."""
    with transaction.atomic():
        row = _open_to(idea, actor)
        _, is_new = Support.objects.get_or_create(idea=row, user=actor, defaults={"created_at": at})
        if is_new:
            _count(row, "support_count", 1)
    return is_new


def keep_support(*, idea: Idea, actor: Any) -> bool:
    """Say that a support carried over from a grouped idea stays here; return whether there was one to keep."""
    with transaction.atomic():
        row = _open_to(idea, actor)
        kept = Support.objects.filter(idea=row, user=actor).exclude(carried_from=None)
        return bool(kept.update(carried_from=None))


def unsupport(*, idea: Idea, actor: Any) -> bool:
    """Take one's support back; return whether there was one."""
    with transaction.atomic():
        row = _open_to(idea, actor)
        removed, _ = Support.objects.filter(idea=row, user=actor).delete()
        if removed:
            _count(row, "support_count", -1)
    return bool(removed)


def comment(*, idea: Idea, actor: Any, text: str, language: str, key: UUID, at: Any) -> Comment:
    """Say something of a published idea; it is shown at once and moderated afterwards.

    The same form sent twice (same `key`) leaves one comment. Raises `TooMany`.
    """
    with transaction.atomic():
        row = _open_to(idea, actor)
        if (twin := Comment.objects.filter(submission_key=key, author=actor, idea=row).first()) is not None:
            return twin
        recent = Comment.objects.filter(author=actor, created_at__gt=at - COMMENT_WINDOW)
        if recent.count() >= COMMENTS_AT_ONCE:
            raise TooMany("comment")
        if Comment.objects.filter(
            submission_key=key
        ).exists():  # somebody else's key: a forged or copied form
            key = uuid4()
        made = Comment.objects.create(
            idea=row, author=actor, text=text, language=language, submission_key=key, created_at=at
        )
        _count(row, "comment_count", 1)
        record(actor=actor, verb="comment", obj=made, at=at, after=CommentState.SHOWN)
        notices.tell_of_comment(made, at=at)
    return made


def withdraw_comment(*, comment: Comment, actor: Any, at: Any) -> None:
    """Take one's own comment back, whatever became of the idea."""
    with transaction.atomic():
        move(comment, COMMENT_MOVES, "withdraw", actor=actor, at=at)
        Idea.objects.filter(pk=comment.idea_id).update(comment_count=F("comment_count") - 1)
        outdate("ideas")


def report(*, idea: Idea, actor: Any, reason: str, at: Any, about: Comment | None = None) -> Report:
    """Tell the moderators that the idea, or one comment `about` it, breaks the rules.

    One open report per person and thing: a second one gives back the first. Raises `TooMany`.
    """
    with transaction.atomic():
        row = _open_to(idea, actor)
        mine = Report.objects.filter(reporter=actor)
        if (twin := mine.filter(idea=row, comment=about, closed_at=None).first()) is not None:
            return twin
        if mine.filter(created_at__gt=at - REPORT_WINDOW).count() >= REPORTS_AT_ONCE:
            raise TooMany("report")
        made = Report.objects.create(idea=row, comment=about, reporter=actor, reason=reason, created_at=at)
        record(actor=actor, verb="report", obj=made, at=at, after="open", reason=reason)
    return made


def _open_to(idea: Idea, actor: Any) -> Idea:
    """The idea, locked, if `actor` may react to it as it is now."""
    row = Idea.objects.select_for_update().get(pk=idea.pk)
    check(actor, "ideas.react", row)
    return row


def _count(idea: Idea, column: str, step: int) -> None:
    Idea.objects.filter(pk=idea.pk).update(**{column: F(column) + step})
    outdate("ideas")
