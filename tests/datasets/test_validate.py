"""The check of `data/` passes on what is committed, and fails on each kind of spoiling."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bpc.datasets.tables import read_header_and_cells, write_rows
from bpc.datasets.validate import CHECKS, Check, problems
from bpc.datasets.validate.boundaries import check_boundaries, check_drawings, check_neighbours
from bpc.datasets.validate.census import check_dictionary, check_sums, check_tables
from bpc.datasets.validate.contests import check_contest_criteria
from bpc.datasets.validate.courses import check_courses
from bpc.datasets.validate.diagnosis import check_diagnosis
from bpc.datasets.validate.fits import check_coasts, check_resource_places
from bpc.datasets.validate.founding import check_founding
from bpc.datasets.validate.funding_sources import (
    check_funding_documents,
    check_funding_sources,
    check_vault_documents,
)
from bpc.datasets.validate.law import check_law_rules
from bpc.datasets.validate.lists import (
    check_delegations,
    check_meetings,
    check_observation_categories,
    check_products,
    check_public_holidays,
    check_quality_signs,
    check_resources,
    check_sectors,
    check_sources,
)
from bpc.datasets.validate.path_templates import check_path_templates
from bpc.datasets.validate.project_models import check_project_models
from bpc.datasets.validate.territories import check_territories
from bpc.datasets.validate.training import check_training


def test_nothing_is_wrong() -> None:
    assert problems() == []


def _replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    def spoil(data: Path) -> None:
        text = (data / file).read_text("utf-8")
        assert old in text
        (data / file).write_text(text.replace(old, new, 1), "utf-8")

    return spoil


def _cell(file: str, key: list[str], column: str, value: str) -> Callable[[Path], None]:
    def spoil(data: Path) -> None:
        header, rows = read_header_and_cells(data / "census" / file)
        (row,) = [row for row in rows if row[:3] == key]
        row[header.index(column)] = value
        write_rows(data / "census" / file, header, rows)

    return spoil


def _cut(file: str) -> Callable[[Path], None]:
    return lambda data: (data / file).write_bytes((data / file).read_bytes()[:-1000])  # type: ignore[return-value]


def _remove(file: str) -> Callable[[Path], None]:
    return lambda data: (data / file).unlink()


def _all(*spoils: Callable[[Path], None]) -> Callable[[Path], None]:
    def spoil(data: Path) -> None:
        for each in spoils:
            each(data)

    return spoil


T, C = "territories/territories.csv", "census/indicators.csv"


def _source(slug: str, old: str, new: str) -> Callable[[Path], None]:
    return _replace(f"funding/{slug}.yaml", old, new)


SPOILINGS: list[tuple[str, Check, Callable[[Path], None], str]] = [
    (
        "category of needs",
        check_observation_categories,
        _replace("observation_categories.csv", "N01,need,", "N01,wish,"),
        "kind 'wish'",
    ),
    (
        "sentence of a mark",
        check_contest_criteria,
        _replace("contest_criteria.yaml", 'ar: "لا يتضح من سيستفيد من الفكرة."', 'ar: ""'),
        "impact: mark 1 has no sentence in ar",
    ),
    (
        "question of an ideathon",
        check_contest_criteria,
        _replace("contest_defaults.yaml", "label_ar: لماذا هنا؟", 'label_ar: ""'),
        "form place: label_ar is empty",
    ),
    (
        "mark without sentences",
        check_contest_criteria,
        _replace("contest_criteria.yaml", '"5": {fr: "L’idée naît', '"6": {fr: "L’idée naît'),
        "territory: descriptors are for 1, 2, 3, 4, 6, not 1 to 5",
    ),
    ("population", check_territories, _replace(T, "36828330", "36828331"), "children add up to 36828330"),
    ("arabic name", check_territories, _replace(T, "طنجة-تطوان-الحسيمة", ""), "name_ar"),
    ("parent", check_territories, _replace(T, "Taroudannt,تارودانت,09,", "Taroudannt,تارودانت,99,"), "'99'"),
    ("type", check_territories, _replace(T, "commune,urban,Tanger", "commune,town,Tanger"), "'town'"),
    (
        "missing commune",
        check_territories,
        _replace(T, "12.066.01.03,commune", "12.066.01.03,province"),
        "expected",
    ),
    ("neighbour", check_neighbours, _replace("territories/neighbours.csv", "40.73", "41.73"), "other way"),
    ("label", check_dictionary, _replace(C, "معدل البطالة", "chômage"), "label_ar"),
    ("source", check_dictionary, _replace(C, "hcp-2024-commute", "hcp-2024-walks"), "not all in sources.csv"),
    ("breakdown", check_dictionary, _replace(C, " 2014.rural.female", ""), "breakdowns differ"),
    ("topic", check_dictionary, _replace(C, ",labour,", ",work,"), "topic 'work'"),
    (
        "cells",
        check_tables,
        _all(
            _cell("people_2024.csv.gz", ["MA", "total", "all"], "sex_male", "499"),
            _cell("people_2014.csv.gz", ["MA", "total", "all"], "age_0_4", "n/a"),
            _cell("households_2014.csv.gz", ["MA", "total", "all"], "code", "MB"),
        ),
        "out of range|not a number|unknown territory",
    ),
    (
        "sum",
        check_sums,
        _cell("people_2024.csv.gz", ["09", "total", "all"], "population_legal", "1"),
        "children add up",
    ),
    ("sector", check_sectors, _replace("sectors.csv", "beekeeping,Apiculture", "food,Apiculture"), "2 times"),
    ("resource", check_resources, _replace("resources.csv", ",beekeeping,", ",bees,"), "sector 'bees'"),
    (
        "product",
        check_resources,
        _replace("resources.csv", ",saffron,", ",safran,"),
        "products ['safran']",
    ),
    ("season", check_resources, _replace("resources.csv", ",AOP,,", ",AOP,13-14,"), "season '13-14'"),
    ("product name", check_products, _replace("products.csv", "الزعفران", ""), "not an Arabic text"),
    ("product sector", check_products, _replace("products.csv", ",beekeeping,", ",bees,"), "sector 'bees'"),
    ("sign", check_resources, _replace("resources.csv", ",IGP,", ",IPG,"), "quality sign 'IPG'"),
    (
        "sign name",
        check_quality_signs,
        _replace("quality_signs.csv", "تسمية منشأ محمية", ""),
        "not an Arabic text",
    ),
    ("place", check_resources, _replace("resources.csv", "R001,01.051", "R001,01.051.01.01"), "not a region"),
    ("meeting", check_meetings, _replace("meetings_2025.csv", "2025-04-03", ""), "status"),
    (
        "unknown day",
        check_meetings,
        _replace("meetings_2025.csv", ",,unknown", ",2025-05-01,unknown"),
        "status",
    ),
    (
        "delegation",
        check_delegations,
        _replace("delegations.csv", "04.281 04.481", "04.281 04.999"),
        "not a province",
    ),
    ("course", check_courses, _replace("courses.csv", ",any territory", ",territory"), "exactly one course"),
    (
        "course source",
        check_courses,
        _replace("courses.csv", "?p=29725", "?p=29726"),
        "not told in SOURCES.md",
    ),
    (
        "lack that no lesson answers",
        check_training,
        _replace("training/five-founders/course.yaml", "piece:founders_list", "piece:founders_song"),
        "nothing is called piece:founders_song",
    ),
    (
        "lesson in one language",
        check_training,
        _remove("training/five-founders/who-founds.ar.md"),
        "who-founds",
    ),
    ("course length", check_courses, _replace("courses.csv", ",حوالي 5 أيام,", ",,"), "one language only"),
    (
        "paper",
        check_funding_documents,
        _all(
            _replace("funding_documents.csv", ",letter,stated,", ",song,stated,"),
            _replace("funding_documents.csv", "طلب خطي", "Lettre"),
            _replace("funding_documents.csv", ",12,,usage,", ",99,,usage,"),
        ),
        "generated 'song'|request_letter: name_ar|valid_months 99",
    ),
    (
        "text of a source",
        check_funding_sources,
        _source(
            "start-tpe", "name_ar: 'ستارت للمقاولات الصغيرة جدا: تسبيق قابل للاسترجاع'", "name_ar: Start"
        ),
        "funding/start-tpe.yaml name_ar: not an Arabic text",
    ),
    (
        "codes of a source",
        check_funding_sources,
        _all(
            _source("indh-taroudant-2026", "['09.541']", "['09.999']"),
            _source("peche-cooperatives", "op: in, value: [fishing]", "op: in, value: [fish]"),
            _source("peche-cooperatives", "sectors: [fishing]", "sectors: [boats]"),
            _source("ofppt-csf", "documents: [registration,", "documents: [register,"),
        ),
        "indh-taroudant-2026.yaml places.provinces.0: 09.999 is not the code of a province|"
        "peche-cooperatives.yaml conditions.1: fish is not a sector|sectors.0: boats is not|documents.0: register is",
    ),
    (
        "links between sources",
        check_funding_sources,
        _all(
            _source("indh-agadir-2026", "parent: indh-p3-ess", "parent: indh-p4-ess"),
            _source("indh-chtouka-2026", "parent: indh-p3-ess", "parent: indh-taroudant-2026"),
            _source("start-tpe", "requires_any: [intelaka-damane-intelak,", "requires_any: [intelaka,"),
            _source("forsa", "calendar:", "requires_any: [prix-micro-entrepreneur]\ncalendar:"),
            _source(
                "prix-micro-entrepreneur", "requires_any: [al-amana-microfinance,", "requires_any: [forsa,"
            ),
        ),
        "indh-agadir-2026.yaml parent: no source indh-p4-ess|parent: indh-taroudant-2026 is itself a local call|"
        "start-tpe.yaml requires_any: no source intelaka|09.163 is outside its frame|"
        "forsa.yaml requires_any: asks for a source that asks for this one",
    ),
    (
        "who may ask a source",
        check_funding_sources,
        _all(
            _source("moazara-associations", "beneficiaries: [association]", "beneficiaries: [union]"),
            _source("start-tpe", "beneficiaries: [individual_holder]", "beneficiaries: [new_cooperative]"),
        ),
        "conditions.0: leaves out union|start-tpe.yaml unconfirmed_beneficiaries: new_cooperative is both",
    ),
    (
        "money of a source",
        check_funding_sources,
        _all(
            _source("indh-p3-ess", "min_pct: 40", "min_pct: 45"),
            _source("gef-sgp-op8", "amount: 75000", "amount: 7500"),
            _source("tamwil-el-fellah", "credit:\n  rate_pct: 5.5\n  to_members: true\n", ""),
        ),
        "indh-p3-ess.yaml own_contribution.min_pct: with a share of 60|makes 69000 MAD, not 690000|"
        "tamwil-el-fellah.yaml credit: a loan says",
    ),
    (
        "a ceiling without what it rests on",
        check_funding_sources,
        _source("crowdfunding-don", "  basis: stated\n", ""),
        "funding/crowdfunding-don.yaml amounts: a maximum says what it rests on",
    ),
    (
        "dates of a source",
        check_funding_sources,
        _all(
            _source("peche-cooperatives", "closes: '2025-05-21'", "closes: '2025-04-15'"),
            _source("daam-sakane", "ends: '2028-12-31'", "ends: '2028-06'"),
            _source("forsa", "published: '2025-10-29'", "published: '2027'"),
            _source("prix-generation-solidaire", "winners: 28", "winners: 401"),
        ),
        "peche-cooperatives.yaml calendar.windows.1: closes before|closes after the programme|"
        "forsa.yaml pages.page1: read before|selections.0: more winners",
    ),
    (
        "readings of a source",
        check_funding_sources,
        _source("mourafaka", "verified:", "inferred: [quota]\ncites: {obligations: page1}\nverified:"),
        "inferred.0: nothing is written at quota|cites.obligations: nothing is written there",
    ),
    (
        "licence",
        check_sources,
        _replace("SOURCES.md", "https://www.hcp.ma/file/248301/", "there"),
        "SOURCES.md",
    ),
    (
        "model",
        check_project_models,
        _all(
            _replace("models/huile-argan.yaml", "sector: aromatic", "sector: argan"),
            _replace("models/miel.yaml", "life_years: 20", "life_years: -20"),
            _replace("models/units.csv", "gramme,غرام", "gramme,"),
        ),
        "huile-argan.yaml sector: argan|miel.yaml capex[0].life_years: Input|units.csv g: name_ar",
    ),
    (
        "model's source",
        check_project_models,
        _replace("models/sources.yaml", "seen: 2026-11-22", "seen: soon"),
        "sources.yaml L1.seen: ",
    ),
    ("coast", check_coasts, _replace("territories/coasts.csv", "12.391.01.01", "12.391"), "not a commune"),
    (
        "named commune",
        check_resource_places,
        _all(
            _replace("resource_places.csv", "R206,08.577.01.05,named_after", "R206,01.051.01.01,named_after"),
            _replace("resource_places.csv", "R213,", "R999,"),
            _replace("resource_places.csv", "R269,12.391.01.01,named_after", "R269,12.391.01.01,perhaps"),
        ),
        "R206 01.051.01.01: in another region|R999 08.587.09.35: no such resource|why 'perhaps'",
    ),
    (
        "place's product",
        check_project_models,
        _replace("models/tapis.yaml", "products: [carpet]", "products: [rug]"),
        "siting.products[0]: rug",
    ),
    (
        "rule of law",
        check_law_rules,
        _replace("law/rules.yaml", "sizes: [3, 6, 9, 12]", "numbers: [3, 6, 9, 12]"),
        "law/rules.yaml board_size: no figure sizes",
    ),
    (
        "holiday",
        check_public_holidays,
        _replace("public_holidays.csv", "رأس السنة الميلادية,sourced", "رأس السنة الميلادية,perhaps"),
        "public_holidays.csv new_year 01-01: address or confidence",
    ),
    (
        "paper of the vault",
        check_vault_documents,
        _replace("vault_documents.csv", "name_receipt,creation", "name_receipt,someday"),
        "vault_documents.csv name_receipt: stage 'someday'",
    ),
    (
        "diagnosis",
        check_diagnosis,
        _replace("diagnosis.yaml", "step: idea_check", "step: nowhere"),
        "no path has a step nowhere",
    ),
    (
        "paper of a creation file",
        check_founding,
        _replace("founding/papers/members_list.ar.yaml", "id: certify", "id: sworn"),
        "members_list",
    ),
    (
        "path",
        check_path_templates,
        _replace("law/steps.yaml", "phase: preparation", "phase: nowhere"),
        "nowhere",
    ),
    ("drawing", check_drawings, _remove("territories/paths/09.541.commune.json"), "missing"),
    ("boundaries", check_boundaries, _cut("territories/boundaries_2500m.topojson.gz"), "check_boundaries"),
]


@pytest.mark.parametrize(
    ("check", "spoil", "said"), [case[1:] for case in SPOILINGS], ids=[case[0] for case in SPOILINGS]
)
def test_a_spoiled_copy_is_refused(
    copied_data: Path, check: Check, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(copied_data)
    found = problems(copied_data, (check,))
    for words in said.split("|"):
        assert any(words in problem for problem in found), found[:3]


def test_every_check_has_a_spoiling() -> None:
    assert {case[1] for case in SPOILINGS} == set(CHECKS)
