"""Reads of the published models: by region, by sector, by words."""

from collections.abc import Mapping
from functools import lru_cache

from bpc.core.text.scoring import score
from bpc.core.text.stems import analyse, analyse_query
from bpc.portal.blueprints.catalogue import Published, catalogue

Stems = tuple[list[str], list[str]]


def find_published(*, query: str = "", region: str = "", sector: str = "") -> list[Published]:
    """The models that answer all that is asked (empty: anything), the best answers to `query` first.

    `region` is a code of `data/territories` ("09"): the models that name it among the regions where they fit.
    """
    models = catalogue()
    found = [
        one
        for one in models.values()
        if (not region or region in {place.territory for place in one.model.regions})
        and (not sector or one.model.sector == sector)
    ]
    if not (asked := analyse_query(query)):
        return found if not query.strip() else []
    stems = _stems(_Memory(models))
    ranked = [(score(asked, *stems[one.slug]), one) for one in found]
    return [one for points, one in sorted(ranked, key=lambda pair: (-pair[0], pair[1].slug)) if points > 0]


class _Memory:
    """The catalogue as a key: the same object until something is published."""

    def __init__(self, models: Mapping[str, Published]) -> None:
        self.models = models

    def __hash__(self) -> int:
        return id(self.models)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Memory) and other.models is self.models


@lru_cache(maxsize=1)
def _stems(memory: _Memory) -> dict[str, Stems]:
    return {slug: _stems_of(one) for slug, one in memory.models.items()}


def _stems_of(one: Published) -> Stems:
    model = one.model
    products = [text for product in model.products for text in product.name]
    return (
        analyse(" ".join(model.name)),
        analyse(" ".join((*model.summary, *model.description, *model.fits, *products))),
    )
