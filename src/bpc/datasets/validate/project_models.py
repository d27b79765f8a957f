"""Checks the project models, their sources and their units, file by file."""

from collections.abc import Iterator
from pathlib import Path

from bpc.datasets.project_models import (
    SOURCES_FILE,
    UNITS_FILE,
    InvalidModel,
    list_files,
    read_model,
    read_sources,
    read_vocabulary,
)
from bpc.datasets.tables import read_rows
from bpc.datasets.validate.words import missing_names, repeated


def check_project_models(data: Path) -> Iterator[str]:
    """Every problem of every model; sources are told one by one, units named in both languages."""
    folder = data / "models"
    units = read_rows(folder / UNITS_FILE)
    yield from repeated(f"models/{UNITS_FILE}", (row["code"] for row in units))
    for row in units:
        yield from missing_names(f"models/{UNITS_FILE} {row['code']}", row, "name")
    try:
        sources = read_sources(folder)
    except InvalidModel as error:
        yield from _told(error)
        return
    yield from repeated(f"models/{SOURCES_FILE} title", (source.title_fr for source in sources.values()))
    vocabulary = read_vocabulary(data)
    files = list_files(folder)
    if not files:
        yield "models: no model"
    for path in files:
        try:
            read_model(path, vocabulary)
        except InvalidModel as error:
            yield from _told(error)


def _told(error: InvalidModel) -> Iterator[str]:
    yield from (f"models/{error.name} {problem}" for problem in error.problems)
