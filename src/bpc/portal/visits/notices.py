"""What a group is told of a visit: that a report came, never what it says."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.notices import declare_notice

REPORTED = "visits.reported"


def declare() -> None:
    """Called once when the app is ready."""
    declare_notice(
        REPORTED,
        _("Le compte rendu d’une visite à votre groupe est arrivé."),
        page="web:visit",
        args=("reference", "visit"),
    )
