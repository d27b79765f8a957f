"""`manage.py ask_results`: each day, ask projects whose period is over, recall; once a quarter, publish the figures."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bpc.portal.results.asking import ask
from bpc.portal.results.publishing import publish_quarter


class Command(BaseCommand):
    """Safe at any time: what was asked is not asked again, and two reminders are the most."""

    help = "Demande aux projets démarrés ce qu’ils deviennent, deux rappels au plus ; publie les chiffres du trimestre."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many."""
        now = timezone.now()
        followed, asked, recalled = ask(now)
        self.stdout.write(f"nouveaux suivis : {followed}, demandes : {asked}, rappels : {recalled}")
        quarter = publish_quarter(at=now)
        if quarter is not None:
            self.stdout.write(f"chiffres publiés : réponses reçues avant le {quarter.until}")
