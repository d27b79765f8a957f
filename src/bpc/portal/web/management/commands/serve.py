"""`manage.py serve`: the web server and the background worker, until one stops or Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bpc.portal.journeys.demonstration import DemoAccount, demonstration_accounts
from bpc.portal.settings.environment import ENVIRONMENT


class Command(BaseCommand):
    """gunicorn with pre-forked workers, and one worker for mail, messages and notifications."""

    help = "Serve on 127.0.0.1 (PORT) with gunicorn, and run the background worker."

    def handle(self, *args: Any, **options: Any) -> None:
        """Start both, print the address, wait; when one ends, end the other."""
        self._announce()
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
        # the interpreter's own modules: nothing depends on PATH
        web = [
            sys.executable, "-m", "gunicorn", "bpc.portal.wsgi", "--bind", f"127.0.0.1:{ENVIRONMENT.port}",
            "--config", "python:bpc.portal.settings.gunicorn", "--workers", str(ENVIRONMENT.workers),
            "--worker-tmp-dir", str(settings.VAR),
        ]  # fmt: skip
        background = [sys.executable, "-m", "django", "db_worker"]
        processes = [subprocess.Popen(command, env=environment) for command in (web, background)]  # noqa: S603
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            while all(process.poll() is None for process in processes):
                time.sleep(0.5)
        except KeyboardInterrupt:
            pass
        finally:
            for process in processes:
                if process.poll() is None:
                    process.terminate()
            for process in processes:
                process.wait(timeout=20)
        if failed := [
            process.returncode for process in processes if process.returncode not in {0, -signal.SIGTERM}
        ]:
            sys.exit(failed[0])

    def _announce(self) -> None:
        self.stdout.write(f"\n  {settings.SITE_NAME} : http://127.0.0.1:{ENVIRONMENT.port}/")
        # browsers offer passkeys to names only, never to numeric addresses
        self.stdout.write(f"  Avec une clé d’accès : http://localhost:{ENVIRONMENT.port}/\n")
        if settings.DEMO:
            self.stdout.write(
                "  Comptes de démonstration (mot de passe, puis second facteur pour les agents) :"
            )
            for account in demonstration_accounts():
                self.stdout.write(f"  {_line(account)}")
            self.stdout.write("  Code du second facteur à l’instant : make code\n")
        self.stdout.flush()


def _line(account: DemoAccount) -> str:
    role = account.role or "—"
    return f"{role:<14} {account.login:<34} {account.password}"
