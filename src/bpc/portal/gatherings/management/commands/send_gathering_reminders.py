"""`manage.py send_gathering_reminders`: each hour or each day, remind people of the meetings of the next days."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bpc.portal.gatherings.reminders import send_reminders


class Command(BaseCommand):
    """Safe at any time: nobody is reminded twice, and nothing leaves at night."""

    help = (
        "Rappelle leur rencontre aux personnes inscrites, trois jours avant puis la veille, jamais la nuit."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many."""
        self.stdout.write(f"rappels envoyés : {send_reminders(timezone.now())}")
