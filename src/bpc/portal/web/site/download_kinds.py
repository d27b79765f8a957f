"""What a file to download is, and how files are shown together."""

from dataclasses import dataclass
from typing import Any

CSV, JSON, GEOJSON = "text/csv; charset=utf-8", "application/json", "application/geo+json"


@dataclass(frozen=True)
class Download:
    """One file: its name in the address, where it lies in `data/` (empty: written from the rows), and its sources."""

    name: str
    path: str
    title: Any
    text: Any
    sources: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What is written on the button."""
        return {"csv": "CSV", "geojson": "GeoJSON", "topojson": "TopoJSON", "json": "JSON"}[
            self.name.rsplit(".", 1)[1]
        ]

    @property
    def content_type(self) -> str:
        """The media type."""
        return {"CSV": CSV, "GeoJSON": GEOJSON, "TopoJSON": JSON, "JSON": JSON}[self.kind]


@dataclass(frozen=True)
class DownloadGroup:
    """Files shown under one heading."""

    title: Any
    text: Any
    files: tuple[Download, ...]
