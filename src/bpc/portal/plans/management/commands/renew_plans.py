"""`manage.py renew_plans`: the figures lists show, calculated by today's engine."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from bpc.portal.plans.renewal import renew_figures


class Command(BaseCommand):
    """After an upgrade of the engine, or with --all after a change of data/law."""

    help = "Recalcule les chiffres gardés des plans quand le moteur ou la loi a changé."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One choice."""
        parser.add_argument("--all", action="store_true", help="tous les plans, pas seulement les anciens")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many, and which are no longer read."""
        done = renew_figures(everything=options["all"])
        self.stdout.write(f"plans recalculés : {done.renewed}")
        if done.unread:
            self.stdout.write(f"illisibles par ce moteur : {', '.join(map(str, done.unread))}")
