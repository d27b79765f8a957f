"""A second process that tells the database, as publishing an idea does, that kept pages of ideas are stale."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# run on Django's settings; a line in, a line out, so that the server is asked only when the change is there
_SCRIPT = """
import sys
import django
django.setup()
from bpc.portal.foundation.page_cache import outdate
for line in sys.stdin:
    outdate("ideas")
    print("done", flush=True)
"""


class Publisher:
    """The process, and how to ask it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def publish(self) -> None:
        """Make every kept page of ideas stale. Raises RuntimeError when the process stopped."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("publish\n")
        self._process.stdin.flush()
        if self._process.stdout.readline() != "done\n":
            raise RuntimeError("the publisher stopped")


@contextmanager
def publishing(environment: dict[str, str]) -> Iterator[Publisher]:
    """A publisher for as long as the measures last."""
    process = subprocess.Popen(
        [sys.executable, "-c", _SCRIPT], cwd=ROOT, env=environment,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield Publisher(process)
    finally:
        process.terminate()
        process.wait(timeout=30)
