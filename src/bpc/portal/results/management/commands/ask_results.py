"""`manage.py ask_results`: each day, ask projects whose period is over what became of them, and recall."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bpc.portal.results.asking import ask


class Command(BaseCommand):
    """Safe at any time: what was asked is not asked again, and two reminders are the most."""

    help = (
        "Demande aux projets démarrés ce qu’ils deviennent, une fois par période, avec deux rappels au plus."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many."""
        followed, asked, recalled = ask(timezone.now())
        self.stdout.write(f"nouveaux suivis : {followed}, demandes : {asked}, rappels : {recalled}")
