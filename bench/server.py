"""Start a gunicorn with one worker, and read from /proc what processor time a request costs it."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from bench.publisher import Publisher

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Cost:
    """Milliseconds of processor time per request: of the server, and of PostgreSQL where it is used."""

    server: float
    database: float = 0.0

    @property
    def total(self) -> float:
        """Both together."""
        return self.server + self.database


@dataclass(frozen=True)
class Server:
    """A running server: its port, its master process, and the database it asks (empty: SQLite, inside it)."""

    port: int
    pid: int
    database_url: str = ""

    @property
    def name(self) -> str:
        """What the worker calls itself to PostgreSQL."""
        return name_of(self.port)

    def cost_per_request(
        self, addresses: Iterator[str], number: int, publisher: Publisher | None = None
    ) -> Cost:
        """The median cost of `number` requests after a few to warm up; with a publisher, none from memory.

        The median, because a neighbour that takes the processor's cache makes some requests dearer, none cheaper.
        Raises RuntimeError when an answer is not 200: a fast error proves nothing.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        for _ in range(3):
            self._ask(connection, next(addresses), publisher)
        worker, backends = self._workers(), self._backends()
        readings = [(_spent(worker), _spent(backends))]
        for _ in range(number):
            self._ask(connection, next(addresses), publisher)
            readings.append((_spent(worker), _spent(backends)))
        connection.close()
        server, database = (
            median(after - before for before, after in pairwise(one)) * 1000
            for one in zip(*readings, strict=True)
        )
        return Cost(server, database)

    def _ask(self, connection: http.client.HTTPConnection, address: str, publisher: Publisher | None) -> None:
        if publisher is not None:
            publisher.publish()
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{address}: {response.status}")

    def _workers(self) -> list[int]:
        """The workers; the master only waits."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [int(child) for child in children]

    def _backends(self) -> list[int]:
        """The processes of PostgreSQL that serve the worker."""
        if not self.database_url:
            return []
        query = "SELECT pid FROM pg_stat_activity WHERE application_name = :'name'"
        command = [
            "psql",
            "-At",
            "-v",
            f"name={self.name}",
            self.database_url,
        ]  # variables only work from its input
        found = subprocess.run(command, input=query, check=True, capture_output=True, text=True)
        return [int(pid) for pid in found.stdout.split()]


def _spent(pids: list[int]) -> float:
    return sum(_cpu_seconds(pid) for pid in pids)


def _cpu_seconds(pid: int) -> float:
    """Processor time used so far by a process, to the nanosecond (Linux)."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((path / "schedstat").read_text().split()[0]) for path in threads) / 1e9


def name_of(port: int) -> str:
    """The name of the server on this port: several share one PostgreSQL."""
    return f"bpc-bench-{port}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(application: str, environment: dict[str, str]) -> Iterator[Server]:
    """A gunicorn as in service, but of one worker, on a free port of the loopback, stopped at the end."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", application, "--config", "python:bpc.portal.settings.gunicorn",
        "--bind", f"127.0.0.1:{port}", "--workers", "1", "--keep-alive", "30", "--timeout", "180",
        "--log-level", "error",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env={**environment, "PGAPPNAME": name_of(port)})
    try:
        _wait(port, process)
        yield Server(port, process.pid, environment.get("DATABASE_URL", ""))
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
