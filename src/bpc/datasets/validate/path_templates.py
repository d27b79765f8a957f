"""Checks paths.yaml and law/steps.yaml: they are read as the site reads them."""

from collections.abc import Iterator
from pathlib import Path

from bpc.datasets.path_templates import FILE, InvalidTemplate, read_templates


def check_path_templates(data: Path) -> Iterator[str]:
    """Every problem of the templates of paths."""
    try:
        templates = read_templates(data)
    except InvalidTemplate as error:
        yield from (f"{FILE}: {where}: {what}" for where, what in error.problems)
        return
    if "creation" not in templates:
        yield f"{FILE}: no path is called creation"
