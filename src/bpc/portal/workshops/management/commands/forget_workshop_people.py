"""`manage.py forget_workshop_people`: each day, erase who came six months ago, end requests of a year ago."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bpc.portal.workshops.asking import lapse_requests
from bpc.portal.workshops.forgetting import forget_enrolments


class Command(BaseCommand):
    """Run again, it finds nothing more."""

    help = "Efface qui s’est inscrit aux séances de plus de six mois ; termine les demandes de plus d’un an."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many."""
        now = timezone.now()
        self.stdout.write(f"inscriptions effacées : {forget_enrolments(now)}")
        self.stdout.write(f"demandes terminées : {lapse_requests(now)}")
