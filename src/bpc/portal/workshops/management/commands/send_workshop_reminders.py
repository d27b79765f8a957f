"""`manage.py send_workshop_reminders`: each hour or each day, remind people of the sessions of the next two days."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bpc.portal.workshops.reminders import send_reminders


class Command(BaseCommand):
    """Safe at any time: nobody is reminded twice, and nothing leaves at night."""

    help = "Rappelle leur séance de formation aux personnes inscrites, deux jours avant, jamais la nuit."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many."""
        self.stdout.write(f"rappels envoyés : {send_reminders(timezone.now())}")
