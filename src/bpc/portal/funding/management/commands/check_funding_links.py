"""Ask every page the directory leads to whether it still answers: once a week."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from bpc.portal.funding.link_checks import EVERY_DAYS, LIMIT, check_links, our_visitor


class Command(BaseCommand):
    """`manage.py check_funding_links [--limit N] [--every-days N]`."""

    help = "Ask the pages of the funding directory; broken links appear to those who keep the sheets."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many pages, and how long since the last time."""
        parser.add_argument("--limit", type=int, default=LIMIT, help="pages asked at most")
        parser.add_argument("--every-days", type=int, default=EVERY_DAYS, help="not asked for as many days")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, keep, and say what did not answer."""
        counts = check_links(
            our_visitor(),
            timezone.now(),
            limit=options["limit"],
            every_days=options["every_days"],
            say=self.stdout.write,
        )
        told = ", ".join(f"{outcome}: {number}" for outcome, number in sorted(counts.items()))
        self.stdout.write(told or "nothing to ask")
