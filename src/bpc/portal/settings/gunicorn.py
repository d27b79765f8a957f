"""What gunicorn is told besides its command line: `--config python:bpc.portal.settings.gunicorn`."""

import gc
from typing import Any


def when_ready(server: Any) -> None:
    """Set what was loaded before the workers start apart from the garbage collector, for good.

    Code, addresses, templates and names live as long as the process: looking through them again and again costs
    each request about a twentieth, and writes into memory the workers would otherwise share.
    """
    gc.collect()
    gc.freeze()
