"""How well a product is grounded in each place, from what sources say of it: the resource part of a fit.

A source speaks of a commune, or of the province or region that holds it; the name of a product may name communes.
From there the ground weakens: in the province of a commune named, those that touch it, those that touch these, the
rest of it; over the boundary, those that touch it, the region, those that touch the province, the province next to it.
A province whose source names no commune is worth more than the rest of one that says where. Where several sources
speak, the best counts: one more never lowers. No source is not proof of absence: it is the weakest ground, not none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Level = Literal[
    "silent", "next_province", "beside_province", "region", "over", "rest",
    "near", "province", "beside", "cited", "named", "here",
]  # fmt: skip

#: From the weakest to the strongest, with what each is worth when the source is as good as can be.
LEVELS: tuple[tuple[Level, float], ...] = (
    ("silent", 0.05),
    ("next_province", 0.08),
    ("beside_province", 0.15),
    ("region", 0.25),
    ("over", 0.3),
    ("rest", 0.4),
    ("near", 0.6),
    ("province", 0.65),
    ("beside", 0.8),
    ("cited", 0.95),
    ("named", 1.0),
    ("here", 1.0),
)
VALUES: dict[Level, float] = dict(LEVELS)
RANKS: dict[Level, int] = {level: at for at, (level, _) in enumerate(LEVELS)}
SILENT = VALUES["silent"]
#: Where a source speaks of the commune, or of the province that holds it.
GROUNDED: frozenset[Level] = frozenset(level for level, _ in LEVELS if RANKS[level] >= RANKS["rest"])


@dataclass(frozen=True)
class Map:
    """Places by number, what holds them, and which touch: `touching` is a (n, 2) array, each pair both ways."""

    codes: tuple[str, ...]
    provinces: tuple[str, ...]
    regions: tuple[str, ...]
    touching: Ints


@dataclass(frozen=True)
class Source:
    """What one source says: these products are known in `territory` (a commune, province or region).

    `quality` in [0, 1] is how much it is worth. `named` are communes that the product's own name names, `cited` those
    that the source speaks of.
    """

    reference: str
    products: tuple[str, ...]
    territory: str
    quality: float
    named: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grounds:
    """For every place and product: its strength in [0, 1], the level it comes from and the source that says so.

    `level` indexes `LEVELS`; `source` indexes the sources given, -1 where none speaks. All (places, products).
    """

    strength: Floats
    level: Ints
    source: Ints


def spread(places: Map, source: Source) -> Ints:
    """The level (index in `LEVELS`) at which one source reaches each place.

    >>> two = Map(("01.051.01.01", "01.051.01.03"), ("01.051",) * 2, ("01",) * 2, np.array([[0, 1], [1, 0]]))
    >>> [LEVELS[at][0] for at in spread(two, Source("R1", ("fig",), "01.051", 1.0, named=("01.051.01.01",)))]
    ['named', 'beside']
    """
    found = np.zeros(len(places.codes), dtype=np.intp)
    codes, provinces, regions = (np.array(part) for part in (places.codes, places.provinces, places.regions))

    def raise_to(mask: NDArray[np.bool_], level: Level) -> None:
        found[mask] = np.maximum(found[mask], RANKS[level])

    if len(source.territory) == 2:
        raise_to(regions == source.territory, "region")
    elif len(source.territory) == 6:
        inside = provinces == source.territory
        beside = touched_by(inside, places.touching) & ~inside
        raise_to(np.isin(provinces, np.unique(provinces[beside])), "next_province")
        raise_to(beside, "beside_province")
        # a name that says where in the province says less of the rest of it
        told_where = np.isin(codes[inside], (*source.named, *source.cited)).any()
        raise_to(inside, "rest" if told_where else "province")
    else:
        raise_to(codes == source.territory, "here")
    raise_to(np.isin(codes, source.named), "named")
    raise_to(np.isin(codes, source.cited), "cited")
    heart = found >= RANKS["cited"]
    same = provinces[places.touching[:, 0]] == provinces[places.touching[:, 1]]
    within = places.touching[same]
    raise_to(touched_by(heart, places.touching), "over")
    ring = touched_by(heart, within)
    raise_to(ring, "beside")
    raise_to(touched_by(ring, within), "near")
    return found


def touched_by(some: NDArray[np.bool_], touching: Ints) -> NDArray[np.bool_]:
    """Places that touch one of `some`."""
    result = np.zeros(len(some), dtype=bool)
    if len(touching):
        result[touching[some[touching[:, 0]], 1]] = True
    return result


def ground(places: Map, sources: Sequence[Source], products: Sequence[str]) -> Grounds:
    """The best ground of each product in each place.

    strength = max over sources of value(level) x quality, at least `SILENT`; a source worth less than that leaves it.
    Products no one may ask for are left out; a source that names an unknown one is heard for the others.
    """
    values = np.array([value for _, value in LEVELS])
    column = {product: at for at, product in enumerate(products)}
    shape = (len(places.codes), len(products))
    best = Grounds(np.full(shape, SILENT), np.zeros(shape, dtype=np.intp), np.full(shape, -1, dtype=np.intp))
    for number, source in enumerate(sources):
        level = spread(places, source)
        strength = values[level] * source.quality
        for product in source.products:
            at = column.get(product)
            if at is None:
                continue
            better = (level > 0) & (strength > best.strength[:, at])
            best.strength[better, at] = strength[better]
            best.level[better, at] = level[better]
            best.source[better, at] = number
    return best
