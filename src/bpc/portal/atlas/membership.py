"""Members of cooperatives among the people who work, against what who works there would lead to expect."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from bpc.core.territory.membership import (
    Membership2014,
    Membership2024,
    expected_shares,
    group_rates,
    membership_ratios,
)
from bpc.core.territory.shrinkage import ShrunkRatios
from bpc.datasets.census import Area, Sex
from bpc.portal.atlas.computed_layer import ComputedLayer, LayerFamily
from bpc.portal.atlas.insight_words import MEMBERSHIP_LAYERS
from bpc.portal.atlas.nesting import COMMUNE, nesting, people_behind, stratum_counts
from bpc.portal.reference.census import census

Floats = NDArray[np.float64]

GROUP = "membership"
MEMBERS_2024, MEMBERS_2014 = (
    "employment_status_cooperative_member",
    "employment_status_cooperative_member_2014",
)
WORKERS = "labour_employed"
#: Groups of people who work, each given its national rate.
GROUPS: tuple[tuple[Area, Sex], ...] = (
    ("urban", "male"), ("urban", "female"), ("rural", "male"), ("rural", "female"),
)  # fmt: skip
SOURCES_2024 = ("hcp-2024-indicators",)
RATIO, EXPECTED = "membership.ratio", "membership.expected"


def observed() -> Membership2024:
    """The shares of 2024, everywhere."""
    return Membership2024(census().column(MEMBERS_2024, 2024) / 100.0)


def asked_before() -> Membership2014:
    """The shares of 2014, everywhere: another question."""
    return Membership2014(census().column(MEMBERS_2014, 2014) / 100.0)


@cache
def workers() -> Floats:
    """People who work by place and group, NaN where unknown."""
    return stratum_counts(WORKERS, 2024, GROUPS)


@cache
def rates() -> Floats:
    """The share of members in each group of the whole country.

    Summed over communes: the country's own are published to a tenth of a point, which is a tenth of the smallest.
    """
    cube, communes = census(), nesting().level == COMMUNE
    shares = np.stack([cube.column(MEMBERS_2024, 2024, area, sex) / 100.0 for area, sex in GROUPS], axis=1)
    held = workers()[communes]
    return group_rates(shares[communes] * held, held)


@cache
def expected() -> Floats:
    """The share of members each place would have with the country's rates."""
    return expected_shares(workers(), rates())


@cache
def ratios() -> ShrunkRatios:
    """Observed over expected, everywhere."""
    nest = nesting()
    return membership_ratios(observed(), expected(), people_behind(WORKERS, 2024), nest.parent, nest.level)


def read(layer: str, level: str) -> Floats:
    """The values of a layer at a level."""
    return nesting().only(ratios().mean if layer == RATIO else expected() * 100.0, level)


def _layer(name: str, unit: str) -> ComputedLayer:
    return ComputedLayer(
        id=name,
        group=GROUP,
        label=MEMBERSHIP_LAYERS[name],
        unit=unit,
        direction="neutral",
        year=2024,
        sources=SOURCES_2024,
        method="cooperative-membership",
    )


FAMILY = LayerFamily((_layer(RATIO, "times the expected"), _layer(EXPECTED, "percent")), read)
