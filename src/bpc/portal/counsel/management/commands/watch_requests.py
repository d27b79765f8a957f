"""`manage.py watch_requests`: each day, what time does to the requests for help."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bpc.portal.counsel.watching import watch


class Command(BaseCommand):
    """Safe at any time: what was done is not done again."""

    help = "Fait monter les demandes d’aide sans réponse à temps, confie celles des absents, clôt celles sans suite."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many."""
        done = watch(timezone.now())
        self.stdout.write(
            f"demandes sans réponse à temps : {done.escalated}, d’absents : {done.absent}, "
            f"sans responsable en poste : {done.settled}, closes : {done.closed}"
        )
