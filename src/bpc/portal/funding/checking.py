"""What a content written on the site must hold beside its schema: codes that exist, links that lead somewhere."""

from collections.abc import Iterator, Mapping
from typing import Any

from bpc.datasets.funding_sources import FundingSource as Document
from bpc.datasets.funding_sources import InvalidSources, SourceProblem
from bpc.portal.funding.contents import check_content
from bpc.portal.funding.models import FundingSource
from bpc.portal.reference.places import reference

_LEVELS = {"regions": "region", "provinces": "province", "communes": "commune"}


def check_written(content: Mapping[str, Any]) -> Document:
    """The source this content describes. Raises InvalidSources with every problem and its path."""
    document = check_content(content)
    if problems := tuple(_problems(document)):
        raise InvalidSources(problems)
    return document


def _problems(document: Document) -> Iterator[SourceProblem]:
    known = reference()
    for name, level in _LEVELS.items():
        for at, code in enumerate(getattr(document.places, name)):
            place = known.places.get(code)
            if place is None or place.level != level:
                yield SourceProblem(document.id, f"places.{name}.{at}", f"{code} is no {level}")
    for at, sector in enumerate(document.sectors):
        if sector not in known.sectors:
            yield SourceProblem(document.id, f"sectors.{at}", f"{sector} is no sector")
    named = _sources_named(document)
    present = set(FundingSource.objects.filter(slug__in=named.values()).values_list("slug", flat=True))
    for path, slug in named.items():
        if slug not in present or (path == "parent" and slug == document.id):
            yield SourceProblem(document.id, path, f"{slug} is no source")


def _sources_named(document: Document) -> dict[str, str]:
    named = {"parent": document.parent} if document.parent else {}
    for path, slugs in (
        ("requires_any", document.requires_any),
        ("cumulation.excludes", document.cumulation.excludes),
        ("cumulation.past_aid_excludes", document.cumulation.past_aid_excludes),
    ):
        named |= {f"{path}.{at}": slug for at, slug in enumerate(slugs) if slug not in ("self", document.id)}
    return named
