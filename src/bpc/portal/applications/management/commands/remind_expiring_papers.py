"""`manage.py remind_expiring_papers`: each day, tell groups of papers about to expire and answers about to be due."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bpc.portal.applications.reminders import remind


class Command(BaseCommand):
    """Safe at any time: what was told is not told again."""

    help = "Prévient les groupes des pièces qui expirent dans trente jours et des compléments attendus dans sept jours."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many."""
        papers, answers = remind(timezone.now())
        self.stdout.write(f"pièces signalées : {papers}, compléments signalés : {answers}")
