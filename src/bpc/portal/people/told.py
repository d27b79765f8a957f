"""The notices of this room."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.notices import declare_notice


def declare() -> None:
    """Called once when the app is ready."""
    declare_notice(
        "role.granted", _("Un nouveau rôle vous a été confié : voyez votre espace."), page="web:my_space"
    )
    declare_notice(
        "role.ended", _("Un rôle que vous teniez a pris fin : voyez votre espace."), page="web:my_space"
    )
    declare_notice(
        "organisation.invited",
        _("Vous êtes invité à rejoindre l’organisation « %(organisation)s »."),
        page="web:organisations",
    )
    declare_notice(
        "organisation.removed",
        _("Vous ne faites plus partie de l’organisation « %(organisation)s »."),
        page="web:organisations",
        by_message=False,
    )
