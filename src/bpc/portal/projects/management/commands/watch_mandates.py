"""`manage.py watch_mandates`: each day, what time does to the mandates."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bpc.portal.projects.mandates.ending import watch_mandates


class Command(BaseCommand):
    """Safe at any time: what was done is not done again."""

    help = "Arrête les mandats arrivés à leur date ou jamais confirmés, rappelle ceux qui finissent dans la semaine."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many."""
        ended, reminded = watch_mandates(timezone.now())
        self.stdout.write(f"mandats arrêtés : {ended}, personnes prévenues : {reminded}")
