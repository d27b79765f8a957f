"""What moderators do: publish, return, merge, archive, restore ideas; hide comments; answer reports.

Each verb locks the idea, checks the right before anything else, refuses what the moderator has not read
(`seen_version`), moves the state, keeps the counts and the cached pages in step, tells the people concerned
and leaves its audit row: all or nothing.
"""

from typing import Any

from django.db import transaction
from django.db.models import F

from bpc.portal.foundation.audit import record, trail_of
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove, ReasonMissing, move
from bpc.portal.ideas import near, notices
from bpc.portal.ideas.models import Comment, Idea, Report, Support
from bpc.portal.ideas.publication import appear, disappear
from bpc.portal.ideas.states import COMMENT_MOVES, IDEA_MOVES, CommentState, IdeaState, ReportOutcome


class ChangedMeanwhile(Exception):
    """The author amended the idea after the moderator opened it."""


class NotMergeable(Exception):
    """The idea meant to receive the other is the same one, or is not published."""


class WithdrawnByAuthor(Exception):
    """The author took the idea back; nobody publishes it in their place."""


class AlreadyClosed(Exception):
    """Somebody answered this report before."""


def publish(*, idea: Idea, actor: Any, at: Any, seen_version: int | None = None) -> Idea:
    """Show a submitted or archived idea to everybody; return it as it now is."""
    with transaction.atomic():
        row = _locked(idea, actor, seen_version)
        _refuse_withdrawn(row)
        move(row, IDEA_MOVES, "publish", actor=actor, at=at)
        appear(row)
        outdate("ideas")
        notices.tell_author(row, "idea.published", at=at)
    return row


def return_to_author(
    *, idea: Idea, actor: Any, at: Any, reason: str, seen_version: int | None = None
) -> Idea:
    """Send a submitted idea back to be amended; `reason` is read by its author, in the author's language."""
    with transaction.atomic():
        row = _locked(idea, actor, seen_version)
        move(row, IDEA_MOVES, "return", actor=actor, at=at, reason=reason)
        near.forget(row)
        notices.tell_author(row, "idea.returned", at=at, reason=reason)
    return row


def archive(*, idea: Idea, actor: Any, at: Any, reason: str, seen_version: int | None = None) -> Idea:
    """Take an idea off the public pages (or refuse it); its author is told why."""
    with transaction.atomic():
        row = _locked(idea, actor, seen_version)
        was_public = row.state == IdeaState.PUBLISHED
        move(row, IDEA_MOVES, "archive", actor=actor, at=at, reason=reason)
        near.forget(row)
        if was_public:
            disappear(row)
        outdate("ideas")
        notices.tell_author(row, "idea.archived", at=at, reason=reason)
    return row


def restore(*, idea: Idea, actor: Any, at: Any, seen_version: int | None = None) -> Idea:
    """Undo an archiving: a published idea is public again under its first date, another one waits again.

    One that was grouped under another stands on its own again; supporters carried over who did not choose to stay
    there leave it.
    """
    with transaction.atomic():
        row = _locked(idea, actor, seen_version)
        _refuse_withdrawn(row)
        first_published = row.published_at
        if row.state == IdeaState.ARCHIVED and row.merged_into is not None:
            _take_back_supporters(row, row.merged_into)
            row.merged_into = None
            row.save(update_fields=["merged_into"])
        if row.state == IdeaState.ARCHIVED and first_published is not None:
            publish(idea=row, actor=actor, at=at)
            Idea.objects.filter(pk=row.pk).update(published_at=first_published)
            row.refresh_from_db(fields=["state", "published_at"])
        else:
            move(row, IDEA_MOVES, "restore", actor=actor, at=at)
            near.index(row)
    return row


def merge(
    *, idea: Idea, into: Idea, actor: Any, at: Any, reason: str, seen_version: int | None = None
) -> Idea:
    """Group `idea` under the published idea `into`, whose region the actor moderates too.

    Each supporter is carried over once, told so and free to take the support back; ideas already grouped under `idea`
    follow it, so a grouped idea always points at its final one. Authors keep their credit through `merged_into`.
    Raises `NotMergeable`.
    """
    with transaction.atomic():
        target = _lock_both(idea, into)
        row = _locked(idea, actor, seen_version)
        check(actor, "ideas.moderate", target)
        if target.pk == row.pk or target.state != IdeaState.PUBLISHED:
            raise NotMergeable(target.reference)
        was_public = row.state == IdeaState.PUBLISHED
        carried = _carry_supporters(row, target, at)
        move(
            row, IDEA_MOVES, "merge", actor=actor, at=at, reason=reason,
            into=target.reference, supporters_carried=carried,
        )  # fmt: skip
        _point_to(row, target)
        received = {"from": row.reference, "supporters": carried}
        record(actor=actor, verb="receive", obj=target, at=at, data=received)
        if was_public:
            disappear(row)
        outdate("ideas")
        notices.tell_author(row, "idea.merged", at=at, reason=reason, into=target.reference)
    return row


def hide_comment(*, comment: Comment, actor: Any, at: Any, reason: str) -> None:
    """Hide a shown comment from everybody but its author and the moderators."""
    with transaction.atomic():
        move(comment, COMMENT_MOVES, "hide", actor=actor, at=at, reason=reason)
        Idea.objects.filter(pk=comment.idea_id).update(comment_count=F("comment_count") - 1)
        outdate("ideas")
        notices.tell_commenter(comment, at=at, reason=reason)


def show_comment(*, comment: Comment, actor: Any, at: Any) -> None:
    """Undo `hide_comment`."""
    with transaction.atomic():
        move(comment, COMMENT_MOVES, "show", actor=actor, at=at)
        Idea.objects.filter(pk=comment.idea_id).update(comment_count=F("comment_count") + 1)
        outdate("ideas")


def close_report(*, report: Report, outcome: str, actor: Any, at: Any, reason: str = "") -> int:
    """Decide on a report, and on every open report of the same idea or comment; return how many were closed.

    `hidden` hides the comment, `archived` archives the idea; both demand a reason. Every reporter is told.
    Raises `AlreadyClosed`, and `IllegalMove` for an outcome that does not fit what was reported.
    """
    with transaction.atomic():
        check(actor, "ideas.moderate", report.idea)
        same = Report.objects.filter(idea=report.idea_id, comment=report.comment_id, closed_at=None)
        still_open = list(same.select_for_update().order_by("pk"))
        if report.pk not in {row.pk for row in still_open}:
            raise AlreadyClosed(report.pk)
        _apply_outcome(report, outcome, actor, at, reason)
        for row in still_open:
            row.closed_at, row.closed_by, row.outcome = at, actor, outcome
            row.save(update_fields=["closed_at", "closed_by", "outcome"])
            record(
                actor=actor, verb="close_report", obj=row, at=at, before="open", after=outcome, reason=reason
            )
            notices.tell_reporter(row, at=at)
    return len(still_open)


def read_contact(*, idea: Any, actor: Any, at: Any) -> dict[str, str]:
    """The name, e-mail and phone of the author, for a moderator; reading them is written in the trail."""
    check(actor, "ideas.moderate", idea)
    record(actor=actor, verb="read_contact", obj=idea, at=at)
    if idea.author is not None:
        author = idea.author
        return {"name": author.display_name, "email": author.email or "", "phone": author.phone or ""}
    return {"name": idea.contact_name, "email": idea.contact_email, "phone": idea.contact_phone}


def _locked(idea: Idea, actor: Any, seen_version: int | None) -> Idea:
    row = Idea.objects.select_for_update().get(pk=idea.pk)
    check(actor, "ideas.moderate", row)
    if seen_version is not None and seen_version != row.version:
        raise ChangedMeanwhile(row.reference)
    return row


def _lock_both(idea: Idea, into: Idea) -> Idea:
    """Both rows in one order, so that two merges crossing each other wait instead of blocking for ever."""
    both = Idea.objects.select_for_update().filter(pk__in=[idea.pk, into.pk]).order_by("pk")
    return {row.pk: row for row in both}[into.pk]


def _point_to(idea: Idea, target: Idea) -> None:
    """`idea`, and what was grouped under it, now point at `target`; it is no longer found as near."""
    near.forget(idea)
    idea.merged_into = target
    idea.save(update_fields=["merged_into"])
    Idea.objects.filter(merged_into=idea).update(merged_into=target)


def _refuse_withdrawn(idea: Idea) -> None:
    if was_withdrawn(idea):
        raise WithdrawnByAuthor(idea.reference)


def was_withdrawn(idea: Idea) -> bool:
    """Whether an archived idea was taken back by its author rather than archived by a moderator."""
    if idea.state != IdeaState.ARCHIVED:
        return False
    last = trail_of(idea).filter(after=IdeaState.ARCHIVED).last()
    return last is not None and last.verb == "withdraw"


def _carry_supporters(idea: Idea, into: Idea, at: Any) -> int:
    already = Support.objects.filter(idea=into).values("user")
    newcomers = Support.objects.filter(idea=idea).exclude(user__in=already).values_list("user", flat=True)
    carried = Support.objects.bulk_create(
        [Support(idea=into, user_id=user, carried_from=idea, created_at=at) for user in newcomers]
    )
    Idea.objects.filter(pk=into.pk).update(support_count=F("support_count") + len(carried))
    notices.tell_supporters(idea, into, [support.user_id for support in carried], at=at)
    return len(carried)


def _take_back_supporters(idea: Idea, into: Idea) -> None:
    """Those carried from `idea` who never said that they stay: their support stands behind `idea` alone again."""
    left, _ = Support.objects.filter(idea=into, carried_from=idea).delete()
    Idea.objects.filter(pk=into.pk).update(support_count=F("support_count") - left)


def _apply_outcome(report: Report, outcome: str, actor: Any, at: Any, reason: str) -> None:
    if outcome == ReportOutcome.HIDDEN and report.comment is not None:
        if not reason.strip():
            raise ReasonMissing("hide")
        # withdrawn or hidden in the meantime: nothing is left to hide, the reporter is still answered
        if Comment.objects.filter(pk=report.comment.pk, state=CommentState.SHOWN).exists():
            hide_comment(comment=report.comment, actor=actor, at=at, reason=reason)
    elif outcome == ReportOutcome.ARCHIVED and report.comment is None:
        archive(idea=report.idea, actor=actor, at=at, reason=reason)
    elif outcome != ReportOutcome.KEPT:
        raise IllegalMove(f"{outcome!r} does not fit this report")
