"""The fit of each model as a layer of the map, by the weights proposed: communes, and the best commune of wider places.

The list is that of the files of `data/models`, with their names there; a model made or renamed on the site has its own
map on its page.
"""

from functools import lru_cache

import numpy as np
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from numpy.typing import NDArray

from bpc.datasets.project_models import ProjectModel, list_files, read_models
from bpc.portal.atlas.computed_layer import ComputedLayer, LayerFamily
from bpc.portal.atlas.fit import GENERATIONS, matrix
from bpc.portal.atlas.fit_inputs import fit_inputs
from bpc.portal.atlas.nesting import nesting
from bpc.portal.foundation.page_cache import generations
from bpc.portal.reference.census import census

Floats = NDArray[np.float64]

GROUP = "fit"
_FIT = "fit."
SOURCES = ("hcp-2024-indicators", "hcp-2024-establishments", "hcp-2014-professions")


def read(layer: str, level: str) -> Floats:
    """The scores of a model at a level: of communes, or of the best commune of each wider place.

    All unknown for a model that is not published, or does not say what it demands. Raises ValueError for a level that
    does not exist.
    """
    return _read(layer.removeprefix(_FIT), level, generations(*GENERATIONS))


@lru_cache(maxsize=128)
def _read(slug: str, level: str, generation: str) -> Floats:
    nest, inputs = nesting(), fit_inputs()
    values = np.full(len(nest.level), np.nan)
    column = inputs.column.get(slug)
    if column is not None:
        rows = np.array([census().position[code] for code in inputs.figures.codes])
        values[rows] = np.round(matrix().score[:, column], 1)
        for wider in ("province", "region", "country"):
            values = _with_best(values, np.flatnonzero(nest.at(wider)), nest.parent)
    found = nest.only(values, level)
    found.setflags(write=False)
    return found


def _with_best(values: Floats, places: NDArray[np.intp], parents: NDArray[np.intp]) -> Floats:
    """The values, those of `places` being the highest of the places right under them."""
    best = np.full(len(values), -1.0)
    under = ~np.isnan(values)
    np.maximum.at(best, parents[under], values[under])
    filled = values.copy()
    filled[places] = np.where(best[places] >= 0, best[places], np.nan)
    return filled


@lru_cache(maxsize=1)
def _models() -> dict[str, ProjectModel]:
    return read_models(settings.DATA / "models")


def _label(slug: str) -> str:
    name = _models()[slug].name.in_language(get_language() or "fr")
    return gettext("Où convient le modèle « %(name)s »") % {"name": name}


def _layer(slug: str) -> ComputedLayer:
    return ComputedLayer(
        id=f"{_FIT}{slug}",
        group=GROUP,
        label=lazy(_label, str)(slug),
        unit="of 100 points",
        direction="higher",
        year=2024,
        sources=SOURCES,
        method="fit",
    )


FAMILY = LayerFamily(tuple(_layer(path.stem) for path in list_files()), read, fixed=False)
