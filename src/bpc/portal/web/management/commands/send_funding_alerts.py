"""`manage.py send_funding_alerts`: once a week, tell people what changed in the funding they watch."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bpc.portal.journeys.tell_funding_changes import BATCH, tell_funding_changes


class Command(BaseCommand):
    """Run again, it sends nothing more: whoever was written to this week is left alone."""

    help = "Écrit à chaque personne ce qui a changé cette semaine dans les financements qu’elle suit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many watches are judged together."""
        parser.add_argument("--batch", type=int, default=BATCH, help="alertes étudiées ensemble")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many were looked at, and how many people were written to."""
        done = tell_funding_changes(at=timezone.now(), batch=max(1, options["batch"]))
        self.stdout.write(f"alertes étudiées : {done.watches}")
        self.stdout.write(f"personnes averties : {done.people}")
