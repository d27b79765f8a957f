"""The content of a version: from a course to JSON and back, with its hash."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from bpc.datasets.training_courses import Course, parse_course

Content = dict[str, Any]


def write_content(course: Course) -> Content:
    """The course as JSON. Empty optional fields are left out."""
    return course.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def read_content(content: Mapping[str, Any]) -> Course:
    """The course of a content. Raises `InvalidCourse` with the path of every problem."""
    return parse_course(content)


def hash_content(content: Mapping[str, Any]) -> str:
    """SHA-256 of what the content says, whatever its date: same hash, same course."""
    said = {name: value for name, value in content.items() if name != "updated"}
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
