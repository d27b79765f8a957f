"""Checks what a creation file asks and the papers produced from it."""

from collections.abc import Iterator
from pathlib import Path

from bpc.datasets.founding import FOLDER, founding_problems


def check_founding(data: Path) -> Iterator[str]:
    """Every question and every clause is said in both languages, with the same fields and articles."""
    for problem in founding_problems(data):
        yield f"{FOLDER}/{problem}"
