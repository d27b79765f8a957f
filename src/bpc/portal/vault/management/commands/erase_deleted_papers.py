"""`manage.py erase_deleted_papers`: each day, let go for good the papers erased more than seven days ago."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bpc.portal.vault.erasing import erase_overdue


class Command(BaseCommand):
    """Safe at any time: what is gone is not erased again."""

    help = "Efface pour de bon les pièces effacées il y a plus de sept jours."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many."""
        self.stdout.write(f"pièces effacées pour de bon : {erase_overdue(timezone.now())}")
