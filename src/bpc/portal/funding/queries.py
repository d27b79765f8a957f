"""What pages and calculations read of the directory: the sources held in the process, renewed when one changes."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from bpc.core.matching.scheme import Scheme
from bpc.datasets.funding_sources import FundingSource as Document
from bpc.portal.foundation.page_cache import generations
from bpc.portal.funding.contents import read_content
from bpc.portal.funding.lists import Sort, SourceCard, SourceFilters, SourcePage, cards, facets
from bpc.portal.funding.models import FundingSource
from bpc.portal.funding.names import GENERATION
from bpc.portal.funding.states import SourceState
from bpc.portal.funding.terms import effective

__all__ = [
    "GENERATION", "Sort", "SourceCard", "SourceFilters", "SourcePage", "all_sources", "cards", "facets", "forget_held",
    "local_calls", "schemes", "source_by_slug",
]  # fmt: skip


def all_sources() -> Mapping[str, Document]:
    """Every source shown, by its slug in order; to be read only. One cheap query while nothing changes.

    `verified` is the last reading, on the site or in the file.
    """
    return _all_sources(generations(GENERATION))


def source_by_slug(slug: str) -> Document | None:
    """The source shown under this slug; None when there is none, or it was taken off."""
    return all_sources().get(slug)


def schemes() -> Mapping[str, Scheme]:
    """The rules of every source shown, those that a local call leaves out as its national frame has them."""
    return _schemes(generations(GENERATION))


def local_calls(slug: str) -> tuple[Document, ...]:
    """The local calls of a national frame, closed ones too, by slug."""
    return tuple(one for one in all_sources().values() if one.parent == slug)


def forget_held() -> None:
    """Hold nothing any more: where generations go back, as when a transaction of a test is undone."""
    for held in (_all_sources, _schemes):
        held.cache_clear()


@lru_cache(maxsize=1)
def _all_sources(generation: str) -> Mapping[str, Document]:
    rows = FundingSource.objects.filter(state=SourceState.ACTIVE).order_by("slug")
    found = {
        slug: read_content(content).model_copy(update={"verified": verified})
        for slug, content, verified in rows.values_list("slug", "content", "verified_on")
    }
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def _schemes(generation: str) -> Mapping[str, Scheme]:
    known = _all_sources(generation)
    return MappingProxyType(
        {
            slug: effective(source, known.get(source.parent or "")).source.scheme()
            for slug, source in known.items()
        }
    )
