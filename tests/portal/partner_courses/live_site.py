"""Our site, served for real to another program on this machine, within the transaction of one test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.db import connections


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def served(host_settings: Any) -> Iterator[str]:
    """The address at which the site answers, one request at a time, on the connection of the test.

    `host_settings`: pytest-django's `settings`; the public address is this one meanwhile.
    """
    server = WSGIServer(("127.0.0.1", 0), _Quiet, ipv6=False)
    server.set_app(WSGIHandler())
    shared: Any = connections["default"]
    shared.inc_thread_sharing()
    # after each request Django closes a connection that is not as it was opened: the transaction of the test is not
    shared.close_if_unusable_or_obsolete = lambda: None

    def serve() -> None:
        connections["default"] = shared
        server.serve_forever(poll_interval=0.05)

    thread = threading.Thread(target=serve, daemon=True)
    host_settings.PUBLIC_URL = f"http://127.0.0.1:{server.server_port}"
    thread.start()
    try:
        yield str(settings.PUBLIC_URL)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        del shared.close_if_unusable_or_obsolete
        shared.dec_thread_sharing()
