"""Awards of the demonstration's project holder; they go with the account."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bpc.portal.badges.achievements import Words
from bpc.portal.badges.awarding import award
from bpc.portal.badges.models import AchievementVersion, Award
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role

_EVIDENCE = Words("Toutes les leçons réussies, avec les exercices.", "إتمام جميع الدروس بنجاح مع التمارين.")


@transaction.atomic
def create_demo_badges(versions: Sequence[AchievementVersion]) -> int:
    """Award these to the demonstration's project holder, a week apart; returns how many are new."""
    holder = User.objects.filter(is_demo=True, role_grants__role=Role.HOLDER).order_by("pk").first()
    if holder is None:
        return 0
    before = Award.objects.count()
    for rank, version in enumerate(versions, start=1):
        award(
            user=holder, achievement=version.achievement.code, version=version.number, evidence=_EVIDENCE,
            at=timezone.now() - timedelta(days=7 * rank),
        )  # fmt: skip
    return Award.objects.count() - before


def remove_demo_badges() -> None:
    """Delete the awards of demonstration accounts: nothing of them stays."""
    Award.objects.filter(user__is_demo=True).delete()
