"""The rival of the map's points: the same bytes, read from a file for each request; no framework, no database."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

FOLDER = "BPC_BENCH_FILES"  # the folder holding one compressed file per address


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer the file named by the address."""
    body = (Path(os.environ[FOLDER]) / Path(environ["PATH_INFO"]).name).read_bytes()
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Encoding", "gzip"),
        ("Content-Length", str(len(body))),
    ]
    start_response("200 OK", headers)
    return [body]
