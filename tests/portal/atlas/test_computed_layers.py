"""Computed layers and neighbours: each value in its place, in time, and in words."""

import re
import time
from html import unescape

import numpy as np
import pytest
from django.test import Client

from bpc.core.territory.contiguity import Contiguity, morans_i
from bpc.portal.atlas import changes, computed, insights, membership, shortfalls, specialisation
from bpc.portal.atlas.insight_sentences import (
    beside_words,
    change_sentence,
    severity_words,
    times,
)
from bpc.portal.atlas.insight_values import Beside, Shortfall
from bpc.portal.atlas.nesting import nesting
from bpc.portal.reference.census import census
from bpc.portal.reference.gazetteer import gazetteer

TAZNAKHT, TAROUDANNT = "08.401.01.09", "09.541.01.13"
#: Those that only the census decides; the fit of models has tests of its own.
FAMILIES = (specialisation.FAMILY, shortfalls.FAMILY, membership.FAMILY, changes.FAMILY)


def plain(text: str) -> str:
    """The text with ordinary spaces: which of them are unbreakable is tried elsewhere."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def lacking(code: str, lack: str) -> Shortfall:
    return next(one for one in insights.shortfalls(code) if one.lack == lack)


# -- neighbours --


def test_like_lies_beside_like() -> None:
    whole = insights.contiguity()
    provinces = np.flatnonzero(nesting().at("province"))
    renumbered = {int(place): number for number, place in enumerate(provinces)}
    pairs = [
        (str(here), str(there))
        for here, there in zip(whole.here.tolist(), whole.there.tolist(), strict=True)
        if here in renumbered and there in renumbered
    ]
    beside = Contiguity.of_pairs({str(place): number for place, number in renumbered.items()}, pairs)
    farming = computed.values("lq.work_sector_agriculture", "province")[provinces]
    told = morans_i(farming, beside)
    assert 0.2 < told < 0.9
    shuffled = np.random.default_rng(1).permutation(farming)
    assert abs(morans_i(shuffled, beside)) < 0.2


def test_neighbours_are_counted_by_a_plain_loop() -> None:
    values = computed.values("lq.work_sector_agriculture", "commune")
    position = census().position

    def way(code: str) -> int | None:
        value = float(values[position[code]])
        return None if value != value else 1 if value >= 1.1 else -1 if value <= 1 / 1.1 else 0

    for code in (TAROUDANNT, TAZNAKHT, "08.401.03.11"):
        ways = [way(pair.neighbour) for pair in gazetteer().neighbours[code]]
        told = next(
            one for one in insights.specialisations(code) if one.activity == "work_sector_agriculture"
        ).beside
        assert told.known == sum(one is not None for one in ways)
        assert told.alike == sum(one == way(code) for one in ways)
        shares = [
            census().value(pair.neighbour, "work_sector_agriculture") for pair in gazetteer().neighbours[code]
        ]
        known = [share for share in shares if share is not None]
        assert told.mean == pytest.approx(sum(known) / len(known))
        water = [
            census().value(pair.neighbour, "amenities_running_water") for pair in gazetteer().neighbours[code]
        ]
        watered = [share for share in water if share is not None]
        assert lacking(code, "running_water").beside.mean == pytest.approx(sum(watered) / len(watered))


# -- layers --


@pytest.mark.parametrize("layer", [layer.id for family in FAMILIES for layer in family.layers])
def test_layers_have_a_value_for_each_place_of_the_level_only(layer: str) -> None:
    nest = nesting()
    for level in ("region", "province", "commune"):
        values = computed.values(layer, level)
        assert len(values) == len(census().territories)
        assert np.isnan(values[~nest.at(level)]).all()
        # the road is asked of the country only; Internet and sectors of 2014 miss six cities and four desert communes
        assert (~np.isnan(values[nest.at(level)])).mean() > 0.84
    entry = computed.LAYERS[layer]
    assert entry.sources
    assert (
        entry.method in {"specialisation", "shortfalls", "cooperative-membership", "shift-share"}
        or entry.group == "fit"
    )
    with pytest.raises(ValueError, match="read-only"):
        computed.values(layer, "region")[0] = 1.0


def test_a_layer_is_had_within_fifty_milliseconds() -> None:
    census()
    for family in FAMILIES:
        for layer in family.layers:
            family.read(layer.id, "commune")
            begun = time.perf_counter()
            family.read(layer.id, "commune")
            assert time.perf_counter() - begun < 0.05, layer.id


def test_diversity_tells_a_city_from_a_farming_province() -> None:
    values = computed.values(specialisation.DIVERSITY, "province")
    position = census().position
    assert 1 <= values[position["01.151"]] < 3  # Chefchaouen lives on farming
    assert 6 < values[position["01.571"]] <= 8  # Tétouan on everything


def test_the_parts_of_a_change_sum_as_they_are_written() -> None:
    for code in (TAROUDANNT, "08.577", "09"):
        for one in insights.changes(code):
            sentence = plain(change_sentence(one)).replace("−", "-").replace(" ", "")
            numbers = [int(number) for number in re.findall(r"[+-]\d+|(?<=et)0(?=propres)", sentence)]
            assert len(numbers) == 4, sentence
            assert numbers[0] == sum(numbers[1:]), sentence


def test_the_change_of_a_few_families_is_not_taken_apart() -> None:
    told = [plain(change_sentence(one)) for one in insights.changes("12.391.05.07")]
    assert told[0] == (
        "Population active : 19 en 2014, 13 en 2024 ; trop peu de personnes pour chercher pourquoi."
    )


def test_ratios_near_one_keep_two_decimals_and_neighbours_are_told_when_half_agree() -> None:
    assert [times(ratio) for ratio in (0.354, 1.05, 2.87, None)] == [
        "0,35 fois",
        "1,05 fois",
        "2,9 fois",
        "inconnu",
    ]
    assert beside_words(Beside(1, 3, 4.2), "percent") == ""
    assert beside_words(Beside(0, 0, None), "km") == ""
    assert (
        plain(beside_words(Beside(5, 6, 35.04), "percent"))
        == "Ses voisines aussi : 5 sur 6 (35,0 % en moyenne)"
    )
    assert plain(beside_words(Beside(1, 1, 2.0), "km")) == "Sa voisine aussi (1 sur 1 ; 2,0 km)"


def test_unknown_layers_and_levels_are_refused() -> None:
    with pytest.raises(KeyError):
        computed.values("lq.nothing", "commune")
    with pytest.raises(ValueError, match="not in tuple"):
        computed.values("lq.work_sector_industry", "village")
    with pytest.raises(KeyError):
        specialisation.kind_of("work_sector_other")
    with pytest.raises(ValueError, match="one measure"):
        specialisation.quotients(("work_sector_industry", "sector_industry"), np.array([0]))


# -- words --


@pytest.mark.django_db
def test_needs_are_told_on_the_sheet_where_half_do_better(client: Client) -> None:
    page = plain(unescape(client.get("/fr/territoires/08.401.03.11").content.decode()))
    told = {one.need: one.score for one in insights.needs_from_data("08.401.03.11")}
    for need, name in (("N04", "Formation : lire et écrire"), ("N08", "Eau"), ("N11", "Numérique")):
        assert (f"{name} ({round(told[need] or 0)} % des communes font mieux)" in page) is (
            (told[need] or 0) >= 50
        )


def test_ranks_in_words() -> None:
    assert plain(severity_words(lacking(TAZNAKHT, "wastewater"), "commune")) == "74 % des communes font mieux"
    assert severity_words(lacking(TAZNAKHT, "road"), "commune") == ""
    assert severity_words(lacking("MA", "wastewater"), "country") == ""
