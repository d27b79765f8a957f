"""`manage.py forget_mails`: each day, erase what was noted of the mails received more than three months ago."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bpc.portal.threads.forgetting import forget_mails


class Command(BaseCommand):
    """Run again, it erases nothing more."""

    help = (
        "Efface la trace des e-mails reçus il y a plus de trois mois ; les messages restent dans leurs fils."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many."""
        self.stdout.write(f"traces d’e-mails effacées : {forget_mails(timezone.now())}")
