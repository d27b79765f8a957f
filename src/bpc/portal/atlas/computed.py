"""The computed layers of the map, all of them, and their values.

A family of layers lives in a module of its own and ends in `FAMILIES`; nothing registers itself.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bpc.portal.atlas import changes, fit_layers, membership, shortfalls, specialisation
from bpc.portal.atlas.computed_layer import ComputedLayer, LayerFamily

__all__ = ["FAMILIES", "GROUPS", "LAYERS", "ComputedLayer", "LayerFamily", "layers_in", "values"]

Floats = NDArray[np.float64]

#: Families in the order a choice offers them.
FAMILIES: tuple[LayerFamily, ...] = (
    specialisation.FAMILY,
    shortfalls.FAMILY,
    membership.FAMILY,
    changes.FAMILY,
    fit_layers.FAMILY,
)
LAYERS: dict[str, ComputedLayer] = {layer.id: layer for family in FAMILIES for layer in family.layers}
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(layer.group for layer in LAYERS.values()))
_FAMILY_OF = {layer.id: family for family in FAMILIES for layer in family.layers}


def layers_in(group: str) -> tuple[ComputedLayer, ...]:
    """The layers of a group; empty for one that does not exist."""
    return tuple(layer for layer in LAYERS.values() if layer.group == group)


def values(layer: str, level: str) -> Floats:
    """A value for each territory of the census, in its order; NaN where unknown and at the other levels (read-only).

    Raises KeyError for a layer, ValueError for a level that does not exist.
    """
    family = _FAMILY_OF[layer]
    return _kept(layer, level) if family.fixed else family.read(layer, level)


@lru_cache(maxsize=512)
def _kept(layer: str, level: str) -> Floats:
    """Values that only the census decides: it does not change while the process runs."""
    found = _FAMILY_OF[layer].read(layer, level)
    found.setflags(write=False)
    return found
