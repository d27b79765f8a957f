"""`manage.py load_reference`: fill the tables that come from data/."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from bpc.portal.journeys.first_load import load_all_files
from bpc.portal.reference.census import census
from bpc.portal.reference.places import locator


class Command(BaseCommand):
    """Load what changed, and prepare the census cube and the outlines, so that the first visitor does not wait."""

    help = "Load the reference files of data/ that changed (idempotent)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--force` loads unchanged files too."""
        parser.add_argument("--force", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        load_all_files(self.stdout.write, force=options["force"])
        self.stdout.write(f"  recensements: {len(census().indicators)} indicateurs")
        locator()
