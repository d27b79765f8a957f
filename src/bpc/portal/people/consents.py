"""The purposes people are told of or asked about, each text with its version (`consents.yaml`)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import get_language

SERVICE, CONTACT, NAME, NEWSLETTER = "service", "contact", "name", "newsletter"
FUNDING_ALERTS = "funding_alerts"
TRAINING_RECORDS = "training_records"
_FILE = Path(__file__).with_name("consents.yaml")


@dataclass(frozen=True)
class Purpose:
    """One purpose: `optional` ones are off until the person says yes, and can be withdrawn."""

    purpose: str
    version: str
    optional: bool
    titles: dict[str, str]
    texts: dict[str, str]

    @property
    def title(self) -> str:
        """In the language of the page, French where that language has none."""
        return self.titles.get(get_language() or "", self.titles["fr"])

    @property
    def text(self) -> str:
        """In the language of the page, French where that language has none."""
        return self.texts.get(get_language() or "", self.texts["fr"])


def _by_language(row: dict[str, str], column: str) -> dict[str, str]:
    prefix = f"{column}_"
    return {key.removeprefix(prefix): value for key, value in row.items() if key.startswith(prefix)}


@cache
def purposes() -> dict[str, Purpose]:
    """Every purpose by its key, in the order they are shown."""
    rows = yaml.safe_load(_FILE.read_text("utf-8"))
    return {
        row["purpose"]: Purpose(
            row["purpose"],
            row["version"],
            row["optional"],
            titles=_by_language(row, "title"),
            texts=_by_language(row, "text"),
        )
        for row in rows
    }
