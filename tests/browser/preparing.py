"""A site prepared once for all the processes of a run, as `make run` prepares it, then copied to each."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
#: Folders of a prepared site that follow from the sources alone: they serve the next run too.
LENT = ("static", "cache")

Environment = dict[str, str]


def prepare(environment: Environment) -> None:
    """Prepare the site of this environment; `prepare` itself sees what its folder holds already and still fits."""
    _make_database(environment["DATABASE_URL"])
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True)


def prepare_copy(shared: Path, environment: Environment) -> None:
    """Copy the site prepared in `shared` to the folder and database of this environment; the first prepares it."""
    original = environment | {
        "BPC_VAR": str(shared),
        "DATABASE_URL": database_of("prepared"),
    }
    with _alone(shared.with_suffix(".lock")):
        done = shared.with_suffix(".done")
        if not done.exists():
            _prepare_with_what_was_lent(shared, original)
            done.touch()
        shutil.copytree(shared, environment["BPC_VAR"], dirs_exist_ok=True)
        _make_database(environment["DATABASE_URL"], template=original["DATABASE_URL"])


def database_of(name: str) -> str:
    """The address of a database of one's own on the server tried, so that no two sites meet; "" for SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    return urlsplit(url)._replace(path=f"{urlsplit(url).path}_browser_{name}").geturl() if url else ""


def _make_database(url: str, template: str = "") -> None:
    """A fresh database, or one that begins as the template is."""
    if not url:
        return
    name, copied = (urlsplit(one).path.strip("/") for one in (url, template))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{copied}"' if copied else ""))


def _prepare_with_what_was_lent(var: Path, environment: Environment) -> None:
    lent = Path(os.environ.get("BPC_VAR") or ROOT / "var" / "test") / "browser"
    for name in LENT:
        if (lent / name).exists():
            shutil.copytree(lent / name, var / name)
    prepare(environment)
    for name in LENT:
        shutil.copytree(var / name, lent / name, dirs_exist_ok=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
