"""Whether a page still answers: asked politely, by `foundation.outward`, each redirection held to the same."""

from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urljoin

from bpc.portal.foundation.outward import DEADLINE, TIMEOUT, Address, Door, RefusedAddress, is_public
from bpc.portal.funding.states import LinkOutcome

HOPS = 4
MAX_LETTERS = 600
_PERMANENT = frozenset({301, 308})
_REDIRECTIONS = frozenset({301, 302, 303, 307, 308})
_GUARDED = frozenset({401, 402, 403, 405, 406, 407, 418, 429, 451, 999})
_NOT_BY_HEAD = frozenset({400, 403, 404, 405, 406, 410, 429, 500, 501, 503})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page answered. `status` None without an answer; `moved_to` where it says that it lives now."""

    outcome: LinkOutcome
    status: int | None = None
    moved_to: str = ""


@dataclass(frozen=True)
class Visitor:
    """Who asks: its name, which addresses and ports it may open."""

    agent: str
    allows: Callable[[Address], bool] = is_public
    any_port: bool = False
    timeout: float = TIMEOUT
    deadline: float = DEADLINE

    def visit(self, url: str) -> Answer:
        """What the page at this address answers; never raises for what is said outside."""
        try:
            answer = self._follow("HEAD", url)
            if answer.status in _NOT_BY_HEAD:  # many servers answer only whoever reads
                answer = self._follow("GET", url)
        except RefusedAddress:
            return Answer(LinkOutcome.REFUSED)
        except (OSError, HTTPException, UnicodeError, ValueError):
            return Answer(LinkOutcome.SILENT)
        return answer

    def _follow(self, method: str, url: str) -> Answer:
        door = Door(
            self.allows, self.any_port, timeout=self.timeout, deadline=self.deadline,
            headers={"User-Agent": self.agent},
        )  # fmt: skip
        moved_to, permanent = "", True
        for _hop in range(HOPS + 1):
            reply = door.ask(method, url)
            status, location = reply.status, reply.location
            if status not in _REDIRECTIONS or not location:
                return Answer(_outcome(status, moved_to), status, moved_to)
            url = urljoin(url, location)
            permanent = permanent and status in _PERMANENT
            if permanent and len(url) <= MAX_LETTERS:
                moved_to = url
        return Answer(LinkOutcome.SILENT, status, moved_to)


def _outcome(status: int, moved_to: str) -> LinkOutcome:
    if 200 <= status < 300:
        return LinkOutcome.MOVED if moved_to else LinkOutcome.FINE
    if status in _GUARDED:
        return LinkOutcome.GUARDED
    return LinkOutcome.BROKEN if 400 <= status < 500 else LinkOutcome.SILENT
