"""What a computed layer of the map is: its words, its year, its sources, and how its values are had."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ComputedLayer:
    """A figure computed for every territory, that a map can show.

    `direction`: which way is better, as for an indicator. `method`: the name of the public page that explains it.
    `label` is translated when shown. `signed`: zero is the middle, and values lie on both sides of it. Everything here
    is of confidence "deduced".
    """

    id: str
    group: str
    label: Any
    unit: str
    direction: Literal["higher", "lower", "neutral"]
    year: int
    sources: tuple[str, ...]
    method: str
    signed: bool = False


@dataclass(frozen=True)
class LayerFamily:
    """Layers that are had alike. `read(layer id, level)` gives a value for each territory of the census, in its order;
    NaN where unknown and at the other levels. `fixed`: only the census decides, so that values are read once per
    process; a family that reads rows of the database is not fixed, and keeps its own memory by generation."""

    layers: tuple[ComputedLayer, ...]
    read: Callable[[str, str], Floats]
    fixed: bool = True
