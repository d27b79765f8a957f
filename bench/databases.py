"""One site per number of ideas, each grown from a copy of the one before, so that all are measured side by side."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from bench.server import ROOT


def environment_of(var: Path, database_url: str) -> dict[str, str]:
    """What a process of this site needs to know."""
    return {
        **os.environ, "DJANGO_SETTINGS_MODULE": "bpc.portal.settings.dev", "BPC_VAR": str(var), "DEMO": "0",
        "DATABASE_URL": database_url, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
    }  # fmt: skip


def grown(
    sizes: tuple[int, ...], var: Path, database_url: str, say: Callable[[str], None]
) -> Iterator[dict[str, str]]:
    """The environment of a site holding each of these numbers of ideas, from the smallest."""
    environment = environment_of(var, database_url)
    say("preparing")
    _run(environment, "manage.py", "prepare")
    for number, size in enumerate(sizes):
        if number:
            environment = _copy(environment, f"{size}")
        say(f"writing {size:,} ideas")
        _run(environment, "-m", "bench.crowd", str(size))
        yield environment


def _copy(environment: dict[str, str], name: str) -> dict[str, str]:
    """The same site once more, beside the first. Nothing may be connected to it meanwhile."""
    var = Path(environment["BPC_VAR"])
    twin = var.with_name(f"{var.name}-{name}")
    shutil.copytree(var, twin)
    url = environment["DATABASE_URL"]
    if url:
        source = urlsplit(url).path.lstrip("/")
        with psycopg.connect(
            urlsplit(url)._replace(path="/postgres").geturl(), autocommit=True
        ) as connection:
            connection.execute(f'CREATE DATABASE "{source}_{name}" TEMPLATE "{source}"')
        url = urlsplit(url)._replace(path=f"/{source}_{name}").geturl()
    return environment_of(twin, url)


def _run(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
