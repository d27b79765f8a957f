"""`manage.py forget_registrations`: each day, erase names and contacts of meetings held six months ago or more."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bpc.portal.gatherings.forgetting import forget_registrations


class Command(BaseCommand):
    """Run again, it finds nothing more to erase."""

    help = (
        "Efface qui s’est inscrit et qui a parlé aux rencontres de plus de six mois ; ce qui fut dit reste."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many."""
        self.stdout.write(f"inscriptions et notes effacées : {forget_registrations(timezone.now())}")
