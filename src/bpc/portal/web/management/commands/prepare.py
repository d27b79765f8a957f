"""`manage.py prepare`: everything between a fresh clone and a site that can serve, each step only when needed."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from bpc.portal.foundation.catalogues import compile_catalogues
from bpc.portal.journeys.demonstration import load_demonstration, remove_demonstration


class Command(BaseCommand):
    """Database, reference data, languages, static files, demonstration content."""

    help = "Make the site ready to serve; a second run takes seconds."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every step in order, naming each."""
        with self._step("Base de données"):
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
        with self._step("Données de référence"):
            call_command("load_reference", stdout=self.stdout)
        with self._step("Langues"):
            for folder in settings.LOCALE_PATHS:
                compile_catalogues(folder)
        with self._step("Fichiers statiques"):
            self._collect_static()
        with self._step("Contenu de démonstration" if settings.DEMO else "Sans contenu de démonstration"):
            (load_demonstration if settings.DEMO else remove_demonstration)()

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        start = time.monotonic()
        self.stdout.write(f"• {name} …")
        self.stdout.flush()
        yield
        self.stdout.write(f"  fait en {time.monotonic() - start:.1f} s")

    def _collect_static(self) -> None:
        stamp = Path(settings.STATIC_ROOT) / ".sources"
        digest = _static_digest()
        if stamp.exists() and stamp.read_text() == digest:
            return
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest)


def _static_digest() -> str:
    """A digest of the sources of the static files, so that they are compressed again only when one changed."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda pair: str(pair[0])):
            digest.update(f"{path}\0".encode())
            digest.update(Path(storage.path(path)).read_bytes())
    return digest.hexdigest()
