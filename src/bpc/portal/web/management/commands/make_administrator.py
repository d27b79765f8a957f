"""`manage.py make_administrator ADDRESS`: the first national administrator, who then names the others."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bpc.portal.people.actions import AlreadyHeld, grant_role
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role


class Command(BaseCommand):
    """Give the role to an account that signed up on the site."""

    help = "Make the account with this e-mail address or phone number a national administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The address or the number of the account."""
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; CommandError when no such account exists."""
        address = options["address"].strip()
        kind = "email__iexact" if "@" in address else "phone"
        user = User.objects.filter(**{kind: address}, is_active=True).first()
        if user is None:
            raise CommandError(f"aucun compte actif n’a l’adresse {address} : créez-le d’abord sur le site")
        try:
            grant_role(user=user, role=Role.ADMINISTRATOR, region=None, actor=None, at=timezone.now())
        except AlreadyHeld:
            self.stdout.write("déjà administrateur")
            return
        self.stdout.write(f"{address} administre désormais le service ; un second facteur lui sera demandé")
