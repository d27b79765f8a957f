"""Work out again when files are next taken, for the sources whose day has passed: once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from bpc.portal.funding.loading import refresh_windows


class Command(BaseCommand):
    """`manage.py refresh_funding_dates`."""

    help = "Bring the deadlines of the funding directory up to date with the day."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many changed."""
        self.stdout.write(str(refresh_windows()))
