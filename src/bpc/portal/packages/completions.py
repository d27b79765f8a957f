"""What other rooms do when somebody completes a package, in the same transaction.

Each declares, from its app's `ready`:

    on_completed("learning", close_the_step)
"""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured

from bpc.portal.packages.models import PackageRun

Reader = Callable[[PackageRun, datetime], None]
_readers: dict[str, Reader] = {}


def on_completed(room: str, react: Reader) -> None:
    """Register once. `react(run, at)` is called the one time a run is completed; what it raises undoes the report."""
    if room in _readers:
        raise ImproperlyConfigured(f"completions of packages are read twice by {room!r}")
    _readers[room] = react


def tell_completed(run: PackageRun, at: datetime) -> None:
    """Called by the report that completes the run."""
    for react in _readers.values():
        react(run, at)
