"""Checks courses.csv: real programmes, told in both languages, each with its address and what it helps with."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bpc.datasets.courses import ANY, CONFIDENCES, read_courses
from bpc.datasets.tables import read_rows
from bpc.datasets.validate.words import missing_names, repeated

_CODE = re.compile(r"[a-z_]+")
_LANGUAGE = re.compile(r"[a-z]{2}")
_URL = re.compile(r"https?://[^\s]+")


def check_courses(data: Path) -> Iterator[str]:
    """Codes are unique words; names, provider and description in both languages; one course helps where none is known.

    A length is told in both languages or in none; each address is told in SOURCES.md.
    """
    rows = read_rows(data / "courses.csv")
    told = (data / "SOURCES.md").read_text("utf-8")
    yield from repeated("courses.csv", (row["code"] for row in rows))
    for row in rows:
        yield from missing_names(f"courses.csv {row['code']}", row, "name", "provider", "about")
    courses = read_courses(data).values()
    for course in courses:
        where = f"courses.csv {course.code}"
        if not all(_CODE.fullmatch(code) for code in (course.code, *course.criteria)) or not course.criteria:
            yield f"{where}: code or criteria {course.criteria}"
        if bool(course.length_fr) != bool(course.length_ar):
            yield f"{where}: length in one language only"
        if not all(_LANGUAGE.fullmatch(code) for code in course.languages):
            yield f"{where}: languages {course.languages}"
        if course.confidence not in CONFIDENCES or not _URL.fullmatch(course.url):
            yield f"{where}: confidence {course.confidence!r}, address {course.url!r}"
        if course.url not in told:
            yield f"{where}: {course.url} is not told in SOURCES.md"
        if course.read_on < date(2026, 1, 1):
            yield f"{where}: read on {course.read_on}"
    if sum(ANY in course.criteria for course in courses) != 1:
        yield f"courses.csv: exactly one course must help with {ANY!r}"
