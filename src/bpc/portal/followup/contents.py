"""The content of a version: from a template to JSON and back, with its hash."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from bpc.datasets.path_templates import Outline, parse_outline

Content = dict[str, Any]


def write_content(template: Outline, *, number: int) -> Content:
    """The template as JSON, under the number the site gives it."""
    written: Content = template.model_dump(mode="json", exclude_none=True)
    return {**written, "version": number}


def check_content(content: Mapping[str, Any]) -> Content:
    """The content as a draft stores it, perhaps without a step yet. Raises InvalidTemplate with every fault."""
    template = parse_outline(content)
    return write_content(template, number=template.version)


def hash_content(content: Mapping[str, Any]) -> str:
    """SHA-256 of what the content says, whatever its number and date: same hash, same template."""
    said = {name: value for name, value in content.items() if name not in {"version", "updated"}}
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
