"""The members' sheet is one page, in words anybody follows."""

import pytest
from django.utils import translation

from bpc.core.plan.schema import Plan
from bpc.datasets.plan_rules import plan_rules
from bpc.portal.foundation.writing import written_amount
from bpc.portal.plans.prints import Risk, Stress, Swing, members_sheet, study_risk
from bpc.portal.plans.prints.members_sheet import members_data
from bpc.portal.plans.prints.members_words import dangers, received, short_name, tight
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
    full_plan,
    plain_plan,
)


def sheet(plan: Plan, language: Language, **changes: object) -> Paper:
    return Paper(members_sheet(plan, appraised(plan), context(language, **changes)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("plan", [plain_plan(), full_plan()], ids=["plain", "full"])
def test_is_one_tagged_page(plan: Plan, language: Language) -> None:
    risk = study_risk(plan, plan_rules(), language)
    paper = sheet(
        plan, language, title=LONG, place=LONG, summary=LONG, risk=risk, address="https://projets.example/"
    )
    assert len(paper.pages) == 1
    assert paper.says_it_is_accessible
    assert paper.language.startswith(language)
    assert len(paper.text()) > 900


@pytest.mark.parametrize("seed", range(20))
def test_any_plan_fits_on_one_page(seed: int) -> None:
    paper = sheet(seeded_plan(seed), LANGUAGES[seed % 2], title=LONG)
    assert len(paper.pages) == 1
    assert len(paper.text()) > 500  # the whole sheet, not a page left blank because nothing fits


def test_says_what_everyone_asks() -> None:
    plan = plain_plan()
    appraisal = appraised(plan)
    text = sheet(plan, "fr").text().replace("\u200e", "")
    with translation.override("fr"):
        assert written_amount(5000) in text  # 50 shares of 100 MAD each
        assert appraisal.figures["income_per_member"].value == pytest.approx(
            4800
        )  # 1 200 kg at 40 MAD, ten members
        assert written_amount(4800) in text
        assert "Noix : environ 120 kg par an, à 40 MAD par kg." in text.replace("\u00a0", " ")
        assert written_amount(30_000) in text  # the loan
    for title in (
        "Ce que nous faisons",
        "Ce que chacun apporte",
        "Ce que chacun reçoit",
        "Ce que nous empruntons et rendons",
        "Quand c’est serré",
        "Ce qui casse le projet",
        "Ce que nous décidons aujourd’hui",
    ):
        assert title in text
    assert "Dernier remboursement" in text
    assert "janvier 2031" in text  # 48 payments after January 2027


def test_says_nothing_of_loans_or_grants_there_are_none() -> None:
    plan = plain_plan(loans=[], shares={})
    with translation.override("fr"):
        data = members_data(plan, appraised(plan), context("fr"))
    boxes = {box["title"]: box for box in data["boxes"]}
    assert boxes["Ce que nous empruntons et rendons"]["lines"] == ["Nous n’empruntons rien."]
    assert boxes["L’argent qu’il faut"]["lines"][-1] == "Aucune subvention n’est comptée."
    assert boxes["Ce que chacun apporte"]["big"] == ""
    assert not any("emprunt" in item for item in data["decisions"]["items"])


def test_warns_when_money_is_missing() -> None:
    plan = plain_plan(loans=[], shares={})
    appraisal = appraised(plan)
    missing = -(appraisal.figures["min_cash"].value or 0.0)
    assert missing > 0
    with translation.override("fr"):
        data = members_data(plan, appraisal, context("fr"))
        assert written_amount(missing) in data["cash"]["lines"][0]
    assert data["cash"]["months"][0]["look"] == "bad"
    assert any(item.startswith("Nous cherchons les") for item in data["decisions"]["items"])


def test_money_lent_by_the_bank_for_a_season_is_not_called_ours() -> None:
    plan = plain_plan(loans=[], shares={}, overdraft={"limit": 500_000, "annual_rate": 0.08})
    appraisal = appraised(plan)
    most = appraisal.figures["max_overdraft"].value or 0.0
    assert most > 50_000
    with translation.override("fr"):
        assert tight(appraisal)[1].startswith(
            f"Le découvert de la banque sert jusqu’à {written_amount(most)}"
        )
        assert len(tight(appraised(plain_plan()))) == 1


def test_what_breaks_it_is_not_what_would_mend_it() -> None:
    pays, fails = plain_plan(), plain_plan(fixed_costs=[{"id": "rent", "name": "Loyer", "annual": 60_000}])
    swing = Swing("Prix de vente", -1.0, 1.0, -0.12)
    mend = Swing("Prix de vente", -1.0, 1.0, 0.3)
    base = Stress("", None, None, None, None)
    with translation.override("fr"):
        assert (appraised(pays).figures["npv"].value or 0) > 0
        told = dangers(appraised(pays), Risk(base, swings=[swing]))
        assert plain(told[0]).startswith("Prix de vente : une baisse de 12\u202f% suffit")
        assert (appraised(fails).figures["npv"].value or 0) < 0
        told = dangers(appraised(fails), Risk(base, swings=[mend]))
        assert told[0].startswith("Même si tout se passe comme prévu")
        assert plain(told[1]).startswith("Prix de vente : il faudrait une hausse de 30\u202f%")


def test_members_who_receive_a_service_are_told_so() -> None:
    plan = plain_plan(inputs=[])
    with translation.override("fr"):
        big, lines = received(appraised(plan))
    assert big == ""
    assert [plain(line) for line in lines] == [
        "Le plan ne verse rien aux membres : ce qu’ils reçoivent, c’est le service rendu."
    ]


def test_what_people_typed_is_never_read_as_markup() -> None:
    text = " ".join(sheet(plain_plan(), "fr", title=HOSTILE).text().split())
    assert LITERAL in text


def test_a_long_name_is_cut_between_words() -> None:
    assert short_name("Concassage et tri : 2,2 kg par litre", "x") == "Concassage et tri"
    assert short_name("Dépulpeuse, concasseuses, torréfacteur, deux presses et filtre", "x") == (
        "Dépulpeuse, concasseuses, torréfacteur…"
    )
    assert short_name("  ", "press") == "press"
