"""What a group is told of its path."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.notices import declare_notice


def declare() -> None:
    """Called once when the app is ready."""
    page, args = "web:paths", ("reference",)
    declare_notice(
        "followup.delay_ends",
        _("Un délai de la loi se termine bientôt pour le projet « %(title)s » : voyez son parcours."),
        page=page,
        args=args,
    )
    declare_notice(
        "followup.delay_over",
        _("Un délai de la loi est passé pour le projet « %(title)s » : voyez son parcours."),
        page=page,
        args=args,
    )
    declare_notice(
        "followup.blocked",
        _("Une étape est bloquée dans le projet « %(title)s » : voyez son parcours."),
        page=page,
        args=args,
    )
    declare_notice(
        "followup.unblocked",
        _("Une étape n’est plus bloquée dans le projet « %(title)s »."),
        page=page,
        args=args,
        by_message=False,
    )
    declare_notice(
        "followup.marked_by_advisor",
        _("Votre conseiller a noté une étape du parcours du projet « %(title)s »."),
        page=page,
        args=args,
        by_message=False,
    )
