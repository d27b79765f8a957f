"""How gunicorn serves: `--config python:bpc.portal.settings.gunicorn`. Address and workers are given apart."""

import gc
from typing import Any

preload_app = True  # read once, shared by all workers
# browsers open lines ahead and leave them idle: a worker of one thread would wait for each of them, and serve nobody
worker_class = "gthread"
threads = 16
timeout = 60  # seconds until a worker that does not answer is started again
max_requests = 20_000  # then a worker is replaced, so that memory slowly lost comes back
max_requests_jitter = 2_000
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Set what was loaded before the workers start apart from the garbage collector, for good.

    Code, addresses, templates and names live as long as the process: looking through them again and again costs
    each request about a twentieth, and writes into memory the workers would otherwise share.
    """
    gc.collect()
    gc.freeze()
