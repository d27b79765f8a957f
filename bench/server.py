"""Start a gunicorn with one worker, and read from /proc what processor time a request costs it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running server: its port, and the processes whose time counts."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time used so far by the worker (the master only waits)."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return sum(_cpu_seconds(int(child)) for child in children)

    def ask(self, connection: http.client.HTTPConnection, address: str, headers: dict[str, str]) -> int:
        """One request; returns the status."""
        connection.request("GET", address, headers=headers)
        response = connection.getresponse()
        response.read()
        return response.status

    def cpu_per_request(
        self, addresses: Iterator[str], number: int, headers: dict[str, str] | None = None
    ) -> float:
        """Milliseconds of processor time per request, over `number` requests after a short warm-up.

        Raises RuntimeError when an answer is not 200 or 304: a fast error proves nothing.
        """
        sent = {"Host": f"127.0.0.1:{self.port}", "Accept-Encoding": "gzip", **(headers or {})}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        for _ in range(max(3, number // 10)):
            self.ask(connection, next(addresses), sent)
        before = self.cpu_seconds()
        for _ in range(number):
            address = next(addresses)
            if (status := self.ask(connection, address, sent)) not in {200, 304}:
                raise RuntimeError(f"{address}: {status}")
        spent = self.cpu_seconds() - before
        connection.close()
        return spent / number * 1000


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(application: str, environment: dict[str, str]) -> Iterator[Server]:
    """A gunicorn of one sync worker on a free port of the loopback, stopped at the end."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "1",
        "--keep-alive", "30", "--timeout", "180", "--no-control-socket", "--log-level", "error",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("the server stopped at once")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")
