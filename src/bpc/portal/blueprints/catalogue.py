"""The published models, held by the process as values; one cheap query asks whether they are still so.

What is given here is shared: to be read only. A model in use is read `at_version`, as it was when adopted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from bpc.datasets.project_models import ProjectModel
from bpc.portal.blueprints.contents import read_content
from bpc.portal.blueprints.models import BlueprintVersion
from bpc.portal.blueprints.states import VersionState
from bpc.portal.foundation.page_cache import generations

#: The generation that says the published models changed: pages that show them are kept under it.
GENERATION = "blueprints"


@dataclass(frozen=True)
class Published:
    """A version of a model that is, or was, published. `headline` holds its main results (see `headlines`)."""

    slug: str
    version: int
    model: ProjectModel
    published_at: datetime
    headline: Mapping[str, Any]


def catalogue() -> Mapping[str, Published]:
    """Every published model by its slug, in the order of their slugs."""
    return _catalogue(generations(GENERATION))


def published(slug: str) -> Published | None:
    """The model now published under this slug; None when there is none, or it was retired."""
    return catalogue().get(slug)


def at_version(slug: str, number: int) -> Published | None:
    """The model as it was at a version once published (superseded or retired since, maybe); None for a draft."""
    return _at_version(slug, number, generations(GENERATION))


@lru_cache(maxsize=1)
def _catalogue(generation: str) -> Mapping[str, Published]:
    rows = BlueprintVersion.objects.filter(state=VersionState.PUBLISHED).select_related("blueprint")
    found = {row.blueprint.slug: _published(row) for row in rows.order_by("blueprint__slug")}
    return MappingProxyType(found)


@lru_cache(maxsize=64)
def _at_version(slug: str, number: int, generation: str) -> Published | None:
    row = (
        BlueprintVersion.objects.exclude(state=VersionState.DRAFT)
        .select_related("blueprint")
        .filter(blueprint__slug=slug, number=number)
        .first()
    )
    return _published(row) if row is not None else None


def _published(row: BlueprintVersion) -> Published:
    assert row.published_at is not None  # a constraint of the table: only a draft has no date
    return Published(
        slug=row.blueprint.slug,
        version=row.number,
        model=read_content(row.content),
        published_at=row.published_at,
        headline=MappingProxyType(row.headline),
    )
