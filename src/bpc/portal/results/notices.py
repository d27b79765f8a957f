"""The notices of this room: asked once, recalled twice at most; and what becomes of the words of alumni."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.people.notices import declare_notice
from bpc.portal.people.roles import Role
from bpc.portal.projects.states import MemberRole
from bpc.portal.results.models import Following


def declare() -> None:
    """Called once when the app is ready. No figure of the project is in a message."""
    declare_notice(
        "results.asked",
        _("Deux minutes pour dire où en est votre projet « %(title)s » ?"),
        page="web:project_results",
        args=("reference",),
    )
    declare_notice(
        "results.reminder",
        _("Rappel : dites où en est votre projet « %(title)s », même en partie."),
        page="web:project_results",
        args=("reference",),
    )
    stories = {
        "results.story_published": _(
            "Vos mots sur le projet « %(title)s » sont en ligne. Vous pouvez les retirer à tout moment."
        ),
        "results.story_returned": _("Vos mots sur le projet « %(title)s » sont à reprendre. %(reason)s"),
        "results.story_withdrawn": _(
            "Vos mots sur le projet « %(title)s » ne sont plus en ligne. %(reason)s"
        ),
    }
    for kind, text in stories.items():
        declare_notice(kind, text, page="web:results_alumni", args=("reference",))
    declare_notice(
        "results.story_to_read",
        _("Un ancien projet de votre région propose quelques mots à tout le monde : « %(title)s ». À lire d’abord."),
        page="web:moderation_story",
        args=("reference",),
    )  # fmt: skip


def tell_delegates(following: Following, *, at: Any) -> None:
    """The delegates of the region know that words wait for them."""
    delegates = User.objects.filter(
        is_active=True,
        role_grants__role=Role.DELEGATE,
        role_grants__region=following.region_id,
        role_grants__ended_at=None,
    )
    for delegate in delegates.distinct():
        notify(user=delegate, kind="results.story_to_read", data=_about(following), at=at)


def tell_owners(following: Following, kind: str, *, at: Any, reason: str) -> None:
    """Those who agreed for the group know what was decided, and why."""
    owners = User.objects.filter(
        project_memberships__project=following.project_id,
        project_memberships__role=MemberRole.OWNER,
        is_active=True,
    )
    for owner in owners:
        notify(user=owner, kind=kind, data={**_about(following), "reason": reason}, at=at)


def _about(following: Following) -> dict[str, str]:
    return {"title": following.project.name, "reference": following.project.reference}
