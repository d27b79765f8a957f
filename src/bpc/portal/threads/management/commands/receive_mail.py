"""Mails answered to a thread become messages: one on standard input (a mail server's pipe), or those of a mailbox."""

import mailbox
import sys
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from bpc.portal.threads.mail.reading import MAX_BYTES
from bpc.portal.threads.mail.receiving import receive_mail

_TRY_AGAIN = 75  # EX_TEMPFAIL: the mail server keeps the mail and tries later


class Command(BaseCommand):
    """A mail refused is swallowed: a bounce would tell a forged sender what it should not know."""

    help = "Lit un e-mail reçu (entrée standard, --maildir ou --mbox) et en fait un message de son fil."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from."""
        where = parser.add_mutually_exclusive_group()
        where.add_argument(
            "--maildir", type=Path, help="dossier Maildir : chaque e-mail lu passe de new à cur"
        )
        where.add_argument("--mbox", type=Path, help="fichier mbox, lu sans être changé")
        parser.add_argument("--recipient", default="", help="adresse de réception, comme la dit le serveur")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each mail, and what became of it."""
        try:
            if options["maildir"] is not None:
                self._maildir(options["maildir"])
            elif options["mbox"] is not None:
                with closing(mailbox.mbox(options["mbox"], create=False)) as box:
                    for key in box.iterkeys():
                        self._one(box.get_bytes(key))
            else:
                # one byte more than is read tells that it is too heavy
                raw = sys.stdin.buffer.read(MAX_BYTES + 1)
                while sys.stdin.buffer.read(1 << 20):  # the mail server wants to have said all
                    pass
                self._one(raw, options["recipient"])
        except DatabaseError as failure:
            self.stderr.write(f"base injoignable : {failure}")
            sys.exit(_TRY_AGAIN)

    def _maildir(self, path: Path) -> None:
        box = mailbox.Maildir(path, create=False)
        for key in list(box.iterkeys()):
            mail = box.get_message(key)
            if mail.get_subdir() == "cur":
                continue
            self._one(box.get_bytes(key))
            mail.set_subdir("cur")
            mail.add_flag("S")
            box[key] = mail

    def _one(self, raw: bytes, recipient: str = "") -> None:
        outcome = receive_mail(raw, at=timezone.now(), recipient=recipient)
        self.stdout.write(str(outcome.value))
