"""The published ideas as files to download: a table and points."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Max

from bpc.portal.foundation.open_files import OpenFile, points, safe_cell, table
from bpc.portal.foundation.page_cache import generations
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.open_data import WholeIdea, every_open_idea
from bpc.portal.ideas.states import IdeaState
from bpc.portal.ideas.tallies import published_count
from bpc.portal.reference.gazetteer import gazetteer

__all__ = ["FILES", "ideas_file", "safe_cell"]

COLUMNS = (
    "reference", "title", "need", "proposal", "language", "sector", "commune", "commune_fr", "commune_ar", "province",
    "region", "speaker", "audience", "published_at", "support_count", "comment_count", "lon", "lat", "position",
    "is_demo",
)  # fmt: skip
_WRITTEN = ("title", "need", "proposal")


def _row(idea: WholeIdea) -> dict[str, Any]:
    place = gazetteer().by_code[idea.commune]
    row = {name: getattr(idea, name, None) for name in COLUMNS}
    row |= {"commune_fr": place.name_fr, "commune_ar": place.name_ar}
    row["published_at"] = idea.published_at.isoformat(timespec="seconds")
    return row


def _rows() -> Iterator[dict[str, Any]]:
    return (_row(idea) for idea in every_open_idea())


def _state() -> str:
    """Flat in cost."""
    newest = Idea.objects.filter(state=IdeaState.PUBLISHED).aggregate(at=Max("published_at"))["at"]
    return f"{generations('ideas')}|{published_count()}|{newest}"


FILES = {
    "ideas.csv": OpenFile("ideas.csv", _state, published_count, lambda: table(COLUMNS, _rows(), _WRITTEN)),
    "ideas.geojson": OpenFile(
        "ideas.geojson", _state, published_count, lambda: points("reference", _rows(), ("need", "proposal"))
    ),
}


def ideas_file(name: str) -> Path:
    """The gzipped file `name` (a key of `FILES`) of the ideas as they are, written if it is not there yet."""
    return FILES[name].path()
