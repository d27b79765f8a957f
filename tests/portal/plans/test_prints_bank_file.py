"""The file for the bank says what the engine calculated, in both languages, whatever people typed."""

import time
from typing import Any

import pytest
from django.utils import translation

from bpc.core.plan.schema import Plan
from bpc.datasets.plan_rules import plan_rules
from bpc.portal.foundation.writing import written_amount, written_number
from bpc.portal.plans.prints import bank_file, study_risk
from bpc.portal.plans.prints.bank_file import bank_data
from bpc.portal.plans.prints.blocks import Block
from tests.core.plan.random_plans import seeded_plan
from tests.portal.plans.pdf_text import Paper
from tests.portal.plans.plain_words import plain
from tests.portal.plans.print_world import (
    HOSTILE,
    LANGUAGES,
    LITERAL,
    LONG,
    Language,
    appraised,
    context,
    estimate,
    full_plan,
    plain_plan,
)

PLANS = {"plain": plain_plan, "full": full_plan}


def printed(plan: Plan, language: Language, **changes: object) -> Paper:
    return Paper(bank_file(plan, appraised(plan), context(language, **changes)))


def section_of(plan: Plan, title: str, **changes: object) -> Block:
    with translation.override("fr"):
        data = bank_data(plan, appraised(plan), context("fr", **changes))
    return next(section for section in data["sections"] if section["title"] == title)


def cells_of(section: Block) -> list[list[Any]]:
    return [row["cells"] for block in section["blocks"] if block["kind"] == "table" for row in block["rows"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PLANS)
def test_is_a_tagged_pdf_of_its_language(kind: str, language: Language) -> None:
    plan = PLANS[kind]()
    risk = study_risk(plan, plan_rules(), language)
    paper = printed(plan, language, risk=risk, address="https://projets.example/fr/projets/ab12cd")
    assert paper.says_it_is_accessible
    assert paper.language.startswith(language)
    assert paper.title.startswith("Huile de Tamanar – ")
    assert len(paper.pages) >= 9
    assert "\ufffd" not in paper.text()


def test_tells_the_figures_of_the_engine() -> None:
    plan = plain_plan()
    appraisal = appraised(plan)
    text = Paper(bank_file(plan, appraisal, context("fr"))).text()
    with translation.override("fr"):
        for name in ("npv", "income_per_member", "min_cash", "break_even_sales"):
            assert written_amount(appraisal.figures[name].value) in text.replace("\u200e", ""), name
    assert "Compte de produits et charges (CPC)" in text
    assert "Présentation indicative, modèle CGNC" in text
    assert appraisal.as_dict()["input_hash"][:16] in text


def test_arabic_is_drawn_with_arabic_letters() -> None:
    plan = plain_plan(assets=[{"id": "press", "name": "معصرة الزيتون", "amount": 60_000, "life_years": 10}])
    text = printed(plan, "ar", title="زيت تمنار").text()
    # painted from left to right: words come back reversed
    assert "نوتيزلا" in text
    assert "60\u202f000" in text


def test_what_people_typed_is_never_read_as_markup() -> None:
    plan = plain_plan(products=[
        {"id": "oil", "name": HOSTILE, "capacity": 1200, "price": 100, "seasonality": [1 / 12] * 12}
    ])  # fmt: skip
    text = " ".join(printed(plan, "fr", title=HOSTILE, place=HOSTILE, summary=HOSTILE).text().split())
    assert text.count(LITERAL) >= 3
    assert "root:" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_names_and_many_lines_still_print(language: Language) -> None:
    paper = printed(full_plan(), language, title=LONG, place=LONG, summary=LONG * 3)
    assert len(paper.pages) < 30


def test_the_banner_says_when_estimates_carry_the_result() -> None:
    twelfths = [1 / 12] * 12
    oil = {"id": "oil", "name": "Huile", "capacity": 1200, "seasonality": twelfths}
    guessed = plain_plan(products=[{**oil, "price": estimate(100, 80, 120, "E")}])
    sourced = plain_plan(products=[{**oil, "price": estimate(100, 80, 120, "S", "L3")}])
    with translation.override("fr"):
        banner = bank_data(guessed, appraised(guessed), context("fr"))["banner"]
        assert banner["title"] == "À valider localement"
        assert banner["text"].startswith("100\u202f% des ventes")
        assert bank_data(sourced, appraised(sourced), context("fr"))["banner"] is None
    assert "À valider localement" in printed(guessed, "fr").text()


def test_each_assumption_has_its_range_confidence_and_source() -> None:
    rows = {row[0]: row[1:] for row in cells_of(section_of(full_plan(), "Hypothèses"))}
    name = LONG.strip()[:90]
    bottle = next(cells for label, cells in rows.items() if str(label).endswith("(acheté)"))
    assert bottle[:2] == ["18 MAD par unité", "14 – 22"]
    assert bottle[2] == {"chip": "source officielle", "look": "official"}
    assert bottle[3] == "[1]"  # the source nobody described is not cited
    assert any(str(label).startswith(name[:60]) for label in rows)
    sources = section_of(full_plan(), "Sources")["blocks"][0]["items"]
    assert [source["title"] for source in sources] == ["Décret 2-25-983"]
    assert sources[0]["seen"] == "lu le 1 novembre 2026"


def test_unknown_and_undefined_are_said_in_words() -> None:
    plan = plain_plan(loans=[])
    rows = dict(cells_of(section_of(plan, "Indicateurs et méthode")))
    assert plain(rows["Couverture de la dette, en moyenne"]) == "sans objet : rien à rembourser"
    assert plain(rows["dont femmes salariées"]) == "inconnu : les parts ne sont pas renseignées"
    blocks = section_of(plan, "Financement")["blocks"]
    assert any(block.get("text") == "Le plan ne prévoit aucun emprunt." for block in blocks)


def test_a_year_the_plan_does_not_finish_bears_a_star() -> None:
    income = section_of(full_plan(), "Comptes prévisionnels")["blocks"][1]
    assert income["head"][1] == "2027"
    assert income["head"][-1] == "2037 *"
    assert income["note"].startswith("* ")


def test_a_plan_of_no_particular_year_has_no_dates() -> None:
    income = section_of(plain_plan(dated=False), "Comptes prévisionnels")["blocks"][1]
    assert income["head"][1:] == [f"année {number}" for number in range(1, 6)]
    cash = section_of(plain_plan(dated=False), "Trésorerie")["blocks"][0]
    assert cash["head"][1:4] == ["M1", "M2", "M3"]


def test_very_large_amounts_are_in_thousands() -> None:
    twelfths = [1 / 12] * 12
    plan = plain_plan(
        products=[{"id": "oil", "name": "Huile", "capacity": 1e6, "price": 9000, "seasonality": twelfths}]
    )
    income = section_of(plan, "Comptes prévisionnels")["blocks"][1]
    assert income["caption"].endswith("en milliers de MAD")
    sales = next(row["cells"] for row in income["rows"] if row["cells"][0] == "Chiffre d’affaires")
    assert sales[1] == written_number(9_000_000)


@pytest.mark.parametrize("seed", range(6))
def test_any_plan_prints(seed: int) -> None:
    plan = seeded_plan(seed)
    language = LANGUAGES[seed % 2]
    risk = study_risk(plan, plan_rules(), language)
    assert printed(plan, language, risk=risk).pages


def test_takes_less_than_a_second_and_a_half() -> None:
    plan = full_plan()
    appraisal = appraised(plan)
    spent = []
    for language in (*LANGUAGES, *LANGUAGES):
        start = time.process_time()
        bank_file(plan, appraisal, context(language))
        spent.append(time.process_time() - start)
    assert min(spent) < 1.5
