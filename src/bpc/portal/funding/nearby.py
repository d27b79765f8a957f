"""What may be asked from a place, the nearest first: for papers that name a few sources."""

from bpc.datasets.funding_sources import FundingSource as Document
from bpc.portal.funding.contents import places_of
from bpc.portal.funding.queries import all_sources

#: What a person may do about a source, the surest first; a closed one is history.
STATUSES = ("open", "recurring", "unknown")
CONFIDENCES = ("high", "medium", "low", "to_verify")


def reach(source: Document, code: str) -> int | None:
    """How near a source is to a place: 0 for its province or commune alone, 1 its region, 2 the country; else None.

    A source of one province is near its region as a whole too, since somebody there may ask it.
    """
    places = places_of(source)
    if not places:
        return 2
    if len(code) <= 2:
        return min((len(place) == 2 for place in places if place[:2] == code), default=None)
    covering = [place for place in places if code == place or code.startswith(f"{place}.")]
    inside = [place for place in places if place.startswith(f"{code}.")]
    if inside or any(len(place) > 2 for place in covering):
        return 0
    return 1 if covering else None


def open_in(code: str, sector: str | None = None) -> list[Document]:
    """Sources not known to be closed that a place (code of a region, a province or a commune) may ask.

    The nearest first, then open before recurring before unknown, then the surest; `sector` keeps those meant for it or
    for all. Where a live local call covers the place, it stands for its national frame.
    """
    known = all_sources()
    live = [source for source in known.values() if source.status != "closed"]
    replaced = {source.parent for source in live if source.parent and _covers(source, code)}
    found = [
        (near, STATUSES.index(source.status), CONFIDENCES.index(source.confidence), source.id)
        for source in live
        if source.id not in replaced
        and (near := reach(source, code)) is not None
        and (sector is None or not source.sectors or sector in source.sectors)
    ]
    return [known[entry[-1]] for entry in sorted(found)]


def _covers(source: Document, code: str) -> bool:
    places = places_of(source)
    return not places or any(code == place or code.startswith(f"{place}.") for place in places)
