"""What the figures say of places: against plain loops over the files, by hand, and against what one knows."""

import csv
import gzip
import io
import random
import re
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client

from bpc.core.territory.shift_share import NotAskedAlikeError
from bpc.core.territory.specialisation import Verdict
from bpc.datasets.paths import DATA
from bpc.portal.atlas import changes, computed, insights, membership, shortfalls, specialisation
from bpc.portal.atlas.insight_sentences import (
    change_sentence,
    membership_sentence,
)
from bpc.portal.atlas.insight_values import Shortfall, Speciality
from bpc.portal.atlas.nesting import nesting, parent_code, people_behind, stratum_counts
from bpc.portal.reference.census import census
from bpc.portal.reference.gazetteer import gazetteer

TAZNAKHT, TAROUDANNT = "08.401.01.09", "09.541.01.13"


def rows_of(table: str) -> dict[tuple[str, str, str], dict[str, str]]:
    """A census table as text, by place, area and sex: nothing of the cube."""
    raw = gzip.decompress((Path(DATA) / "census" / f"{table}.csv.gz").read_bytes()).decode()
    return {(row["code"], row["area"], row["sex"]): row for row in csv.DictReader(io.StringIO(raw))}


@pytest.fixture(scope="module")
def people_2014() -> dict[tuple[str, str, str], dict[str, str]]:
    return rows_of("people_2014")


@pytest.fixture(scope="module")
def people_2024() -> dict[tuple[str, str, str], dict[str, str]]:
    return rows_of("people_2024")


def chosen_places() -> list[str]:
    """Twenty places drawn once for all, of every level."""
    return random.Random(2030).sample(census().territories, 20)


def special(code: str, activity: str) -> Speciality:
    return next(one for one in insights.specialisations(code) if one.activity == activity)


def plain(text: str) -> str:
    """The text with ordinary spaces: which of them are unbreakable is tried elsewhere."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def lacking(code: str, lack: str) -> Shortfall:
    return next(one for one in insights.shortfalls(code) if one.lack == lack)


def test_parents_are_those_of_the_gazetteer() -> None:
    assert all(parent_code(code) == place.parent for code, place in gazetteer().by_code.items())


# -- specialities --


def test_quotients_against_the_files(people_2014: Any) -> None:
    nation = people_2014["MA", "total", "all"]
    for code in chosen_places():
        row = people_2014.get((code, "total", "all"), {})
        for one in insights.specialisations(code):
            if one.measure == "establishments":
                continue
            told = row.get(one.activity, "")
            if not told:
                assert (one.share, one.quotient, one.verdict) == (None, None, Verdict.UNKNOWN)
                continue
            assert one.share == float(told)
            assert one.nation == float(nation[one.activity])
            assert one.low is not None
            assert one.high is not None
            assert one.quotient is not None
            raw = float(told) / float(nation[one.activity])
            above = people_2014.get((parent_code(code), "total", "all"), nation)
            # pulled toward the parent's, never beyond it nor beyond its own
            ends = sorted((raw, float(above[one.activity]) / float(nation[one.activity])))
            slack = 0.0005 / (float(nation[one.activity]) / 100)
            assert ends[0] - slack <= one.quotient <= ends[1] + slack
            assert one.low <= one.quotient <= one.high


def test_establishments_against_the_file() -> None:
    rows = rows_of("establishments_2024")
    nation = rows["MA", "total", "all"]
    for code in chosen_places():
        row = rows[code, "total", "all"]
        for activity in specialisation.ESTABLISHMENTS:
            one = special(code, activity)
            if not float(row["establishments_business"] or 0):
                assert one.share is None
                continue
            share = float(row[activity]) / float(row["establishments_business"])
            assert one.share == pytest.approx(100 * share, abs=1e-5)
            assert one.nation == pytest.approx(
                100 * float(nation[activity]) / float(nation["establishments_business"]), abs=1e-5
            )
            assert one.evidence.people == float(row["establishments_business"])


def test_taznakht_by_hand() -> None:
    weaving = special(TAZNAKHT, "work_sector_industry")
    assert (weaving.share, weaving.nation, weaving.parent) == (34.1, 11.8, 13.4)
    assert weaving.quotient == pytest.approx(34.1 / 11.8, rel=0.01)
    assert weaving.verdict is Verdict.FAR_MORE
    # the town of carpets does more of it than its province, which is above the country already
    assert weaving.parent_quotient == pytest.approx(34.1 / 13.4, rel=0.02)
    assert weaving.in_parent is Verdict.FAR_MORE
    assert special("MA", "work_sector_industry").in_parent is Verdict.UNKNOWN
    assert (weaving.evidence.year, weaving.evidence.people) == (2014, 1915.0)
    assert [one.code for one in insights.neighbours(TAZNAKHT)] == ["08.401.03.11"]
    assert "work_sector_industry" in insights.neighbours(TAZNAKHT)[0].activities


def test_the_country_is_what_one_knows_of_it() -> None:
    def first_provinces(activity: str, count: int) -> set[str]:
        values = computed.values(f"lq.{activity}", "province")
        order = np.argsort(-np.nan_to_num(values))[:count]
        return {gazetteer().by_code[census().territories[place]].name_fr for place in order}

    assert {"Tanger-Assilah", "Mohammadia", "Casablanca", "Fès"} <= first_provinces("work_sector_industry", 6)
    assert {"Chefchaouen", "Taounate", "Ouezzane"} <= first_provinces("work_sector_agriculture", 6)
    assert {"Tinghir", "Zagora", "Azilal"} <= first_provinces("work_sector_construction", 4)
    assert {"Rabat", "Es-Semara"} <= first_provinces("work_sector_public_services", 6)
    assert {"Rabat", "Marrakech", "Agadir-Ida-Ou-Tanane"} <= first_provinces("work_sector_market_services", 6)


def test_the_published_shares_of_sectors_sum_to_the_whole() -> None:
    sectors = (*specialisation.SECTORS, "work_sector_other")
    total = np.stack([census().column(sector, 2014) for sector in sectors]).sum(axis=0)
    known = total[~np.isnan(total) & (total > 0)]
    assert len(known) > 1500
    assert np.abs(known - 100).max() < 0.5


# -- what is missing --


def test_shortfalls_against_the_files(people_2024: Any) -> None:
    households = rows_of("households_2024")
    for code in chosen_places():
        if code == "MA":
            continue
        for lack, table, sex, worse_when_less in (
            ("women_activity", people_2024, "female", True),
            ("illiteracy", people_2024, "all", False),
            ("running_water", households, "all", True),
            ("waste", households, "all", False),
        ):
            indicator = shortfalls.BY_ID[lack].indicator
            told = table.get((code, "total", sex), {}).get(indicator, "")
            one = lacking(code, lack)
            if not told:
                assert (one.value, one.behind_nation, one.severity, one.rank) == (None, None, None, 0)
                continue
            nation = float(table["MA", "total", sex][indicator])
            above = float(table[parent_code(code), "total", sex][indicator])
            sign = -1 if worse_when_less else 1
            assert one.value == float(told)
            assert one.behind_nation == pytest.approx(sign * (float(told) - nation))
            assert one.behind_parent == pytest.approx(sign * (float(told) - above))
            assert 1 <= one.rank <= one.of
            assert one.severity == pytest.approx(
                100 * (one.of - one.rank + 0.5) / one.of, abs=100 / one.of * 40
            )


def test_questions_are_those_of_the_dictionary() -> None:
    indicators = census().indicators
    for lack in shortfalls.LACKS_ASKED:
        entry = indicators[lack.indicator]
        assert entry.unit == lack.unit
        assert lack.year in entry.years
        assert entry.direction in {"higher", "lower"}
        assert set(shortfalls.SOURCES[lack.year]) <= set(entry.sources)
    assert {lack.year for lack in shortfalls.LACKS_ASKED if lack.indicator.startswith("equipment")} == {2014}


def test_the_country_lacks_nothing_against_itself() -> None:
    for one in insights.shortfalls("MA"):
        assert (one.behind_nation, one.behind_parent, one.severity, one.rank) == (None, None, None, 0)
    assert insights.needs_from_data("MA") == ()


def test_needs_from_data_are_the_mean_of_their_questions() -> None:
    for need in insights.needs_from_data("08.401.03.11"):
        parts = [lacking("08.401.03.11", lack).severity for lack in need.lacks]
        known = [part for part in parts if part is not None]
        assert need.known == len(known) / len(parts)
        assert need.score == pytest.approx(sum(known) / len(known), abs=0.051)


def test_a_hamlet_does_not_take_the_extremes() -> None:
    # Oum Dreyga: ten households, none with running water or all, is not the first of the country
    one = lacking("12.391.05.07", "running_water")
    assert one.value in {0.0, 100.0} or one.value is None or one.low is not None
    assert one.evidence.people == 10.0
    assert one.evidence.own_weight is not None
    assert 0.5 < one.evidence.own_weight < 1.0


# -- members of cooperatives --


def test_membership_by_hand(people_2024: Any) -> None:
    groups = [(area, sex) for area in ("urban", "rural") for sex in ("male", "female")]
    over, under = dict.fromkeys(groups, 0.0), dict.fromkeys(groups, 0.0)
    for (code, area, sex), row in people_2024.items():
        share = row["employment_status_cooperative_member"]
        if len(code) > 6 and (area, sex) in over and share and float(row["labour_employed"] or 0):
            over[area, sex] += float(share) / 100 * float(row["labour_employed"])
            under[area, sex] += float(row["labour_employed"])
    rates = {group: over[group] / under[group] for group in groups}
    assert membership.rates().tolist() == pytest.approx([rates[group] for group in groups])
    here = insights.membership(TAZNAKHT)
    assert here.expected == pytest.approx(
        100 * (1758 * rates["urban", "male"] + 248 * rates["urban", "female"]) / 2006
    )
    assert (here.share, here.workers) == (4.2, 2006.0)
    # 2,010 households: one in five was asked
    assert here.evidence.people == pytest.approx(2006 / 5)
    assert here.verdict is Verdict.TOO_FEW
    assert plain(membership_sentence(here)).startswith("Trop peu de personnes pour conclure : 4,2 %")


def test_observed_and_expected_are_one_number_in_the_country() -> None:
    communes = nesting().at("commune")
    workers = np.nan_to_num(membership.workers()[communes])
    expected = (workers * membership.rates()).sum()
    assert expected / workers.sum() == pytest.approx(0.0232, abs=0.0001)
    assert membership.expected()[0] == pytest.approx(0.0232, abs=0.0001)


def test_the_question_of_2014_is_only_beside() -> None:
    here = insights.membership(TAZNAKHT)
    assert here.share_2014 == 0.6
    assert not census().indicators[membership.MEMBERS_2024].comparable
    assert not census().indicators[membership.MEMBERS_2014].comparable
    with pytest.raises(TypeError):
        membership.observed() - membership.asked_before()  # type: ignore[operator]
    assert {layer.year for layer in computed.layers_in("membership")} == {2024}


def test_fishing_villages_of_the_south_are_far_above_what_is_expected() -> None:
    imlili = insights.membership("12.391.09.03")
    assert imlili.verdict is Verdict.FAR_MORE
    assert imlili.share == 86.5


# -- changes --


def test_parts_of_change_sum_everywhere_and_the_country_has_no_own_part() -> None:
    for question in changes.QUESTIONS:
        parts = changes.parts(question)
        gap = parts.change - parts.national - parts.mix - parts.local
        assert np.nanmax(np.abs(gap)) < 1e-6
        assert parts.local[0] == pytest.approx(0.0, abs=1e-6)
        assert parts.mix[0] == pytest.approx(0.0, abs=1e-6)


def test_active_population_by_hand(people_2014: Any, people_2024: Any) -> None:
    groups = [(area, sex) for area in ("urban", "rural") for sex in ("male", "female")]

    def counts(table: Any, code: str) -> list[float]:
        return [float(table.get((code, *group), {}).get("labour_active", "") or 0) for group in groups]

    before, after = counts(people_2014, "08.401"), counts(people_2024, "08.401")
    nation_before, nation_after = counts(people_2014, "MA"), counts(people_2024, "MA")
    growth = sum(nation_after) / sum(nation_before) - 1
    by_group = [now / then - 1 for then, now in zip(nation_before, nation_after, strict=True)]
    told = next(one for one in insights.changes("08.401") if one.question == "active")
    assert (told.before, told.after) == (sum(before), pytest.approx(sum(after)))
    assert told.national == pytest.approx(sum(before) * growth)
    assert told.mix == pytest.approx(sum(e * (g - growth) for e, g in zip(before, by_group, strict=True)))
    assert told.local == pytest.approx(
        sum(now - then * (1 + g) for then, now, g in zip(before, after, by_group, strict=True))
    )
    assert told.margin > 0
    assert "comme le pays" in plain(change_sentence(told))


def test_the_country_lost_active_people() -> None:
    told = next(one for one in insights.changes("MA") if one.question == "active")
    assert told.change == pytest.approx(11_137_688 - 11_548_464)


def test_a_question_not_asked_alike_is_refused() -> None:
    asked = changes.Question("members", (membership.MEMBERS_2024,), False, lambda year: np.ones((1591, 1)))
    with pytest.raises(NotAskedAlikeError, match="members"):
        changes.taken_apart(asked)


def test_groups_of_area_and_sex_sum_to_the_total() -> None:
    for year in (2014, 2024):
        groups = stratum_counts("labour_active", year, membership.GROUPS).sum(axis=1)
        total = census().column("labour_active", year)
        both = ~np.isnan(groups) & ~np.isnan(total)
        assert both.sum() > 1580
        assert np.abs(groups[both] - total[both]).max() <= 0.005 * total[both].max()
        assert (np.abs(groups[both] / np.maximum(total[both], 1) - 1) < 0.02).mean() > 0.99


# -- who was asked --


def test_who_stands_behind_a_figure(people_2024: Any) -> None:
    sizes = people_behind("labour_employed", 2024)
    position = census().position
    households = {code: place.households_2024 for code, place in gazetteer().by_code.items()}
    for code in chosen_places():
        employed = people_2024.get((code, "total", "all"), {}).get("labour_employed", "")
        if len(code) > 6 and employed:
            fraction = 1.0 if (households[code] or 0) < 2000 else 0.2
            assert sizes[position[code]] == pytest.approx(float(employed) * fraction)
    province = [code for code in census().territories if code.startswith("08.401.")]
    units = [float(people_2024[code, "total", "all"]["labour_employed"]) for code in province]
    costs = [
        n / (1.0 if (households[code] or 0) < 2000 else 0.2) for n, code in zip(units, province, strict=True)
    ]
    assert sizes[position["08.401"]] == pytest.approx(sum(units) ** 2 / sum(costs))
    # what everybody was asked stands on everybody
    assert people_behind("households_count", 2024)[0] == census().value("MA", "households_count", 2024)


# -- on the sheet --


@pytest.mark.django_db
def test_the_sheet_tells_it_with_sources_and_method(client: Client) -> None:
    page = plain(unescape(client.get(f"/fr/territoires/{TAZNAKHT}").content.decode()))
    section = page[page.index('id="disent"') : page.index('id="evolution"')]
    text = re.sub(r"<[^>]+>", " ", section)
    for words in (
        "Industrie et mines",
        "34,1 %",
        "2,9 fois",
        "nettement plus",
        "Entreprises de commerce",
    ):
        assert words in text, words
    assert "Eaux usées sans égout ni fosse" in text
    assert "4,2 %, pour 2,7 % attendus" in text
    assert "Population active : +200 de 2014 à 2024" in text
    assert "Personnes qui travaillent : 1 915." in text
    assert "Entreprises comptées : 708." in text
    assert "Ce chiffre vaut celui de 401 personnes" in text
    for anchor in ("specialisation", "shortfalls", "cooperative-membership", "shift-share"):
        assert f'href="/fr/methodes#{anchor}"' in section
    assert 'href="/fr/sources#hcp-2014-professions"' in section
    assert "pareil" not in text


@pytest.mark.django_db
def test_the_country_is_not_told_against_itself_and_the_unknown_is_told_so(client: Client) -> None:
    assert b'id="disent"' not in client.get("/fr/territoires/MA").content
    cube = census()
    hidden = [
        code
        for code in cube.territories
        if cube.value(code, "labour_employed", 2024) is None
        and cube.value(code, "amenities_running_water") is None
    ]
    assert len(hidden) == 4
    page = plain(unescape(client.get(f"/fr/territoires/{hidden[0]}").content.decode()))
    section = page[page.index('id="disent"') : page.index('id="evolution"')]
    assert section.count("Inconnu : le recensement ne publie pas ces chiffres pour ce territoire.") == 2
    assert "La part des coopérateurs et associés est inconnue ici." in section
    assert "Inconnu : les deux recensements ne publient pas" in section


@pytest.mark.django_db
def test_the_section_asks_the_database_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        for code in (TAZNAKHT, "08.401", "08", "MA"):
            insights.specialisations(code)
            insights.shortfalls(code)
            insights.membership(code)
            insights.changes(code)
            insights.neighbours(code)
            insights.needs_from_data(code)
