"""`manage.py watch_silence`: each day, tell of the groups on a path that give no sign any more."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bpc.portal.journeys.portfolio import watch_paths


class Command(BaseCommand):
    """Run again, it tells nothing more: each silence is told once to each."""

    help = (
        "Prévient le groupe, puis son conseiller, puis la délégation, des projets en parcours sans nouvelles."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many."""
        done = watch_paths(timezone.now())
        self.stdout.write(
            f"groupes prévenus : {done.groups}, projets dits à leur conseiller : {done.advisors}, "
            f"dits à leur délégation : {done.regions}"
        )
