"""A running site as the tests see it: its address, what it printed, and its command line."""

import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Site:
    """The running site."""

    address: str
    log: Path
    environment: dict[str, str]

    def last_code_sent_to(self, recipient: str, *, after: int = 0, wait: float = 15) -> str:
        """The last 6-character code in a mail or text message to `recipient` printed after position `after`."""
        deadline = time.monotonic() + wait
        while time.monotonic() < deadline:
            text = self.log.read_bytes()[after:].decode(errors="replace")
            position = text.rfind(recipient)
            if position >= 0 and (
                found := re.search(r"\b(?=[A-Z0-9-]*\d)[A-Z0-9]{3}-?[A-Z0-9]{3,4}\b", text[position:])
            ):
                return found.group(0)
            time.sleep(0.2)
        raise AssertionError(f"nothing was sent to {recipient}")

    def mail_to(self, recipient: str, *, saying: str = "", after: int = 0, wait: float = 15) -> str:
        """The last mail to `recipient` printed after position `after` that holds `saying`, as one text."""
        deadline = time.monotonic() + wait
        while time.monotonic() < deadline:
            text = self.log.read_bytes()[after:].decode(errors="replace")
            mails = [
                mail for mail in text.split("-" * 70)[:-1] if f"To: {recipient}" in mail and saying in mail
            ]
            if mails:
                return mails[-1]
            time.sleep(0.2)
        raise AssertionError(f"no mail was sent to {recipient}")

    def text_to(self, number: str, *, saying: str, after: int = 0, wait: float = 15) -> str:
        """The last text message to `number` printed after position `after` that holds `saying`."""
        deadline = time.monotonic() + wait
        while time.monotonic() < deadline:
            lines = self.log.read_bytes()[after:].decode(errors="replace").splitlines()
            texts = [line for line in lines if line.startswith(f"SMS {number}:") and saying in line]
            if texts:
                return texts[-1]
            time.sleep(0.2)
        raise AssertionError(f"no text message was sent to {number}")

    def manage(self, *arguments: str) -> str:
        """What `manage.py …` prints, on the running site's database."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip


# axe skips the contrast of Arabic letters (it takes joined letters for an icon font): same colours, Latin letters
_LATINISE = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    walker.currentNode.nodeValue = walker.currentNode.nodeValue.replace(/[\\u0600-\\u06ff]/g, 'x');
  }
}"""


def latinise(page: Page) -> None:
    """Replace Arabic letters by x, so that axe measures their contrast."""
    page.evaluate(_LATINISE)
