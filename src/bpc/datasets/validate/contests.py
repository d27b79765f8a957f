"""Checks the criteria offered to those who prepare an ideathon."""

from collections.abc import Iterator
from pathlib import Path

from bpc.datasets.contest_criteria import (
    DEFAULTS_FILE,
    FILE,
    criteria_problems,
    defaults_problems,
    read_contest_criteria,
    read_contest_defaults,
)


def check_contest_criteria(data: Path) -> Iterator[str]:
    """Each criterion weighs, has its names, its source, and a sentence of its own for each mark in both languages."""
    for problem in criteria_problems(read_contest_criteria(data)):
        yield f"{FILE} {problem}"
    for problem in defaults_problems(read_contest_defaults(data)):
        yield f"{DEFAULTS_FILE} {problem}"
