"""Text messages leave through a gateway; which one is a deployment's choice (`SMS_GATEWAY`)."""

import sys
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Gateway(Protocol):
    """What a provider's adapter offers."""

    def send(self, number: str, text: str) -> None:
        """Send `text` to `number` (E.164). Raises OSError when the provider refuses or is away."""


class ConsoleGateway:
    """Prints the message: for development and demonstration."""

    def send(self, number: str, text: str) -> None:
        """Write one line on standard error."""
        sys.stderr.write(f"SMS {number}: {text}\n")


class MemoryGateway:
    """Keeps messages in a list, for tests."""

    outbox: list[tuple[str, str]] = []

    def send(self, number: str, text: str) -> None:
        """Remember the message."""
        self.outbox.append((number, text))


def gateway() -> Gateway:
    """The gateway of this deployment."""
    made: Gateway = import_string(settings.SMS_GATEWAY)()
    return made
