"""The notices of this room: asked once, recalled twice at most."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.notices import declare_notice


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
