"""Personal data in editions: who created one, published its rules, decided a change."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.contests.models import Edition, EditionNotice, EditionRules
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding


def declare() -> None:
    """Called by the room’s `declare`."""
    declare_holding(
        Holding(
            "editions",
            _("Les idéathons que vous avez préparés, annoncés ou modifiés"),
            (
                "contests.Edition.created_by",
                "contests.EditionRules.published_by",
                "contests.EditionNotice.by",
            ),
            _rows,
            _("Conservés sans votre nom : les équipes s’appuient sur eux."),
            _forget,
        )
    )


def _rows(user: User) -> list[Row]:
    created: list[Row] = [
        {"what": "edition", "edition": slug, "at": at}
        for slug, at in Edition.objects.filter(created_by=user)
        .order_by("pk")
        .values_list("slug", "created_at")
    ]
    rules = EditionRules.objects.filter(published_by=user).order_by("pk")
    notices = EditionNotice.objects.filter(by=user).order_by("pk")
    return [
        *created,
        *(
            {"what": f"rules {number}", "edition": slug, "at": at}
            for slug, number, at in rules.values_list("edition__slug", "version", "published_at")
        ),
        *(
            {"what": kind, "edition": slug, "at": at, "reason": reason}
            for slug, kind, at, reason in notices.values_list("edition__slug", "kind", "at", "reason")
        ),
    ]


def _forget(user: User) -> None:
    Edition.objects.filter(created_by=user).update(created_by=None)
    EditionRules.objects.filter(published_by=user).update(published_by=None)
    EditionNotice.objects.filter(by=user).update(by=None)
