"""Keep the keys that sign badges: list them, renew the active one, revoke one, sign again what waits for it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from bpc.portal.badges.awarding import sign_waiting, unsigned_awards
from bpc.portal.badges.keys import NoSuchKey, renew_key, revoke_key, signer
from bpc.portal.badges.models import SigningKey
from bpc.portal.foundation.sealing import BrokenSeal
from bpc.portal.foundation.states import ReasonMissing


class Command(BaseCommand):
    """`manage.py badge_keys [--renew | --revoke KID --reason WHY] [--sign]`."""

    help = "List the keys that sign badges; renew the active one, revoke one, sign what waits."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do before listing."""
        acts = parser.add_mutually_exclusive_group()
        acts.add_argument("--renew", action="store_true", help="a fresh key signs from now on")
        acts.add_argument("--revoke", metavar="KID", help="trust nothing this key signed any more")
        parser.add_argument(
            "--reason", default="", help="why it is revoked; whoever checks a credential reads it"
        )
        parser.add_argument(
            "--sign", action="store_true", help="sign the awards left without a credential to believe"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Act, then tell the keys and what waits."""
        at = timezone.now()
        try:
            if options["renew"]:
                renew_key(actor=None, at=at)
            elif options["revoke"]:
                revoke_key(kid=options["revoke"], reason=options["reason"], actor=None, at=at)
            else:
                signer(at)  # makes the first, and tells whether the active one opens
            while options["sign"] and sign_waiting(timezone.now()):
                pass
        except NoSuchKey as none:
            raise CommandError(f"No trusted key is named {none}.") from None
        except ReasonMissing:
            raise CommandError("Say why with --reason.") from None
        except BrokenSeal:
            raise CommandError("SECRET_KEY does not open the active key: set it back, or --renew.") from None
        self._tell()

    def _tell(self) -> None:
        for key in SigningKey.objects.all():
            state = "active" if key.is_active else f"retired {key.retired_at:%Y-%m-%d}"
            if key.revoked_at is not None:
                state = f"revoked {key.revoked_at:%Y-%m-%d}"
            self.stdout.write(f"{key.kid}  made {key.created_at:%Y-%m-%d}  {state}")
        if waiting := unsigned_awards().count():
            self.stdout.write(f"{waiting} awards wait to be signed: --sign")
