"""Reads courses.csv: real training programmes that a team may follow, and what each helps with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from bpc.datasets.paths import DATA
from bpc.datasets.tables import read_rows

#: `sourced`: the publisher's own page; `reported`: told by others; `to_verify`: known, not read.
CONFIDENCES = ("sourced", "reported", "to_verify")
#: Marks the course that helps where no other is known to.
ANY = "any"


@dataclass(frozen=True, slots=True)
class Course:
    """A programme, not ours. `criteria`: codes it helps with (our reading). What its page does not say is empty.

    `languages`: codes; empty when not published. `read_on`: the day the facts were gathered.
    """

    code: str
    name_fr: str
    name_ar: str
    provider_fr: str
    provider_ar: str
    about_fr: str
    about_ar: str
    criteria: tuple[str, ...]
    length_fr: str
    length_ar: str
    languages: tuple[str, ...]
    licence: str
    url: str
    read_on: date
    confidence: Literal["sourced", "reported", "to_verify"]


@lru_cache(maxsize=4)
def read_courses(data: Path = DATA) -> Mapping[str, Course]:
    """Courses by code, in the order of the file. Raises FileNotFoundError without it, ValueError for a bad date.

    >>> read_courses()["think_coop"].length_fr
    '1 jour, module de 6 heures'
    """
    return {row["code"]: _course(row) for row in read_rows(data / "courses.csv")}


def _course(row: Mapping[str, str]) -> Course:
    made = {
        **row,
        "criteria": tuple(row["criteria"].split()),
        "languages": tuple(row["languages"].split()),
        "read_on": date.fromisoformat(row["read_on"]),
    }
    return Course(**made)  # type: ignore[arg-type]  # the confidence is checked by bpc.datasets.validate


def course_for(criteria: Sequence[str], data: Path = DATA) -> Course:
    """The first course that helps with the first of `criteria` some course helps with; else the general one.

    >>> course_for(["no_such", "environment"]).code, course_for([]).code
    ('social_economy_pack', 'start_coop')
    """
    courses = read_courses(data).values()
    for criterion in (*criteria, ANY):
        for course in courses:
            if criterion in course.criteria:
                return course
    raise LookupError(ANY)
