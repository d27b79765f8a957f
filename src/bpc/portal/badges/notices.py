"""What a person is told: that they earned something, that it was revoked."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.notices import declare_notice

AWARDED = "badges.awarded"
REVOKED = "badges.revoked"


def declare() -> None:
    """Called once when the app is ready."""
    declare_notice(
        AWARDED,
        _("Vous avez obtenu l’attestation « %(name)s »."),
        page="web:my_badge",
        args=("code",),
        by_message=True,
    )
    declare_notice(
        REVOKED,
        _("Votre attestation « %(name)s » est révoquée. La raison est dans « Mes attestations »."),
        page="web:my_badge",
        args=("code",),
        by_message=True,
    )
