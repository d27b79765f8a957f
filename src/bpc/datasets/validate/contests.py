"""Checks the criteria offered to those who prepare an ideathon."""

from collections.abc import Iterator
from pathlib import Path

from bpc.datasets.contest_criteria import FILE, criteria_problems, read_contest_criteria


def check_contest_criteria(data: Path) -> Iterator[str]:
    """Each criterion weighs, has its names, its source, and a sentence of its own for each mark in both languages."""
    for problem in criteria_problems(read_contest_criteria(data)):
        yield f"{FILE} {problem}"
