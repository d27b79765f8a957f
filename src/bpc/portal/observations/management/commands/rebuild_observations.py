"""`manage.py rebuild_observations`: counts and search index of needs and opportunities, afresh."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.observations import search, tallies
from bpc.portal.observations.publication import GENERATION


class Command(BaseCommand):
    """Safe at any time: all or nothing, readers see the former state until it is done."""

    help = "Recompte les besoins et opportunités publics et refait leur index de recherche."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild both and say how many are public."""
        with transaction.atomic():
            counted, indexed = tallies.rebuild(), search.rebuild()
            outdate(GENERATION)
        self.stdout.write(f"  besoins et opportunités : {counted} comptés, {indexed} indexés")
