"""`manage.py remind_legal_delays`: each day, tell groups of the delays of the law about to end or just over."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bpc.portal.followup.reminders import remind


class Command(BaseCommand):
    """Safe at any time: what was told is not told again."""

    help = (
        "Prévient les groupes des délais de la loi qui se terminent bientôt, demain, ou viennent de passer."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many."""
        self.stdout.write(f"délais signalés : {remind(timezone.now())}")
