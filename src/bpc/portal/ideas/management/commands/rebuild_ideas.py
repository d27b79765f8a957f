"""`manage.py rebuild_ideas`: counts, search index and index of near ideas, afresh; after an import or a restore."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.ideas import near, search, tallies


class Command(BaseCommand):
    """Safe at any time: all or nothing, readers see the former state until it is done."""

    help = "Recompte les idées publiées et refait leur index de recherche."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild both and say how many ideas are published."""
        with transaction.atomic():
            counted, indexed = tallies.rebuild(), search.rebuild()
            near.rebuild()
            outdate("ideas")
        self.stdout.write(f"  idées publiées : {counted} comptées, {indexed} indexées")
