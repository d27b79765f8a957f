"""What a group is told of its applications."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.notices import declare_notice


def declare() -> None:
    """Called once when the app is ready."""
    declare_notice(
        "applications.due",
        _("Un complément est attendu bientôt pour une demande du projet « %(title)s »."),
        page="web:application",
        args=("reference", "application"),
    )
    declare_notice(
        "applications.moved",
        _("Une demande de financement du projet « %(title)s » a avancé."),
        page="web:application",
        args=("reference", "application"),
        by_message=False,
    )
