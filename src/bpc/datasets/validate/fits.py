"""Checks what the fit of models to communes reads: coasts, and the communes that resources name."""

from collections.abc import Iterator
from pathlib import Path

from bpc.datasets.coasts import read_coasts
from bpc.datasets.resource_places import WHYS, read_resource_places
from bpc.datasets.resources import read_resources
from bpc.datasets.territories import read_territories
from bpc.datasets.validate.words import repeated


def check_coasts(data: Path) -> Iterator[str]:
    """Communes that exist, each with a length of coast that is not nothing."""
    communes = _communes(data)
    for code, length in read_coasts(data).items():
        if code not in communes:
            yield f"coasts.csv: {code} is not a commune"
        if not 0 < length < 1000:
            yield f"coasts.csv {code}: {length} km of coast"


def check_resource_places(data: Path) -> Iterator[str]:
    """Resources and communes exist, a commune is in the resource's region, each pair is told once, and why."""
    communes = _communes(data)
    territories = {resource.id: resource.territory for resource in read_resources(data)}
    places = read_resource_places(data)
    yield from repeated("resource_places.csv", ((place.resource, place.commune) for place in places))
    for place in places:
        where = f"resource_places.csv {place.resource} {place.commune}"
        if place.resource not in territories:
            yield f"{where}: no such resource"
            continue
        if place.commune not in communes:
            yield f"{where}: not a commune"
        # a source may speak of the other side of a boundary, as that of « Safran de Taznakht » does of Taliouine
        if place.why != "cited" and place.commune[:2] != territories[place.resource][:2]:
            yield f"{where}: in another region than the resource"
        if place.why not in WHYS or place.confidence != "deduced":
            yield f"{where}: why {place.why!r}, confidence {place.confidence!r}"
        if place.source_url and not place.source_url.startswith("https://"):
            yield f"{where}: address"


def _communes(data: Path) -> set[str]:
    return {place.code for place in read_territories(data) if place.level == "commune"}
