"""Notices about juries."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.notices import declare_notice


def declare() -> None:
    """Called by the room’s `declare`."""
    mine = "web:my_juries"
    declare_notice("jury.invited", _("Vous êtes invité à siéger au jury de « %(title)s »."), page=mine)
    declare_notice(
        "jury.readings",
        _("Jury de « %(title)s » : candidatures qui vous sont confiées en plus : %(count)s."),
        page=mine,
    )
    declare_notice(
        "jury.reminder",
        _("Jury de « %(title)s » : candidatures qui attendent vos notes : %(count)s."),
        page=mine,
    )
    declare_notice("jury.president", _("Vous présidez maintenant le jury de « %(title)s »."), page=mine)
    declare_notice("jury.released", _("Vous ne siégez plus au jury de « %(title)s »."), page=mine)
    desk, args = "web:jury_desk", ("slug",)
    declare_notice(
        "jury.accepted",
        _("%(name)s accepte de siéger au jury de « %(title)s »."),
        page=desk, args=args, by_message=False,
    )  # fmt: skip
    declare_notice(
        "jury.declined", _("%(name)s ne siégera pas au jury de « %(title)s »."), page=desk, args=args
    )
    declare_notice(
        "jury.conflict",
        _("%(name)s déclare un conflit d’intérêts sur la candidature %(reference)s : cette lecture est à redonner."),
        page=desk, args=args,
    )  # fmt: skip
