"""What a group is told of its papers."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.notices import declare_notice


def declare() -> None:
    """Called once when the app is ready."""
    # the name it had in the room of applications: kept, as notices already sent carry it
    declare_notice(
        "applications.paper_expires",
        _("Une pièce du projet « %(title)s » expire bientôt : remplacez-la avant votre prochain dossier."),
        page="web:vault",
        args=("reference",),
    )
