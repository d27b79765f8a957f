"""What a learner is told: that a partner sent word of a finished course."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.notices import declare_notice

COMPLETED = "partner_courses.completed"


def declare() -> None:
    """Called once when the app is ready."""
    declare_notice(
        COMPLETED,
        _("Votre cours « %(title)s » est terminé : le partenaire nous l’a fait savoir."),
        page="web:my_partner_courses",
        by_message=False,
    )
