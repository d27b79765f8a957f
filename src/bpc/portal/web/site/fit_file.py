"""How well each model fits each commune, as one table to download: a line a commune, a column a model."""

from collections.abc import Iterator
from typing import Any

from bpc.portal.atlas.fit import GENERATIONS, all_scores, models_with_fit
from bpc.portal.foundation.open_files import OpenFile, table
from bpc.portal.foundation.page_cache import generations
from bpc.portal.reference.gazetteer import gazetteer

_PLACE = ("commune", "commune_fr", "commune_ar", "province", "region")


def _rows() -> Iterator[dict[str, Any]]:
    """A score from 0 to 100, an empty cell where it is unknown."""
    scores = {slug: all_scores(slug) for slug in models_with_fit()}
    for place in gazetteer().by_code.values():
        if place.level == "commune":
            named = (place.code, place.name_fr, place.name_ar, place.code[:6], place.code[:2])
            yield {
                **dict(zip(_PLACE, named, strict=True)),
                **{slug: known.get(place.code) for slug, known in scores.items()},
            }


def _number() -> int:
    return len(gazetteer().by_code)


FILES = {
    "fit.csv": OpenFile(
        "fit.csv",
        lambda: generations(*GENERATIONS),
        _number,
        lambda: table((*_PLACE, *models_with_fit()), _rows()),
    )
}
