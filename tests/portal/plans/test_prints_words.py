"""Every line, indicator, reason and finding of the engine has words, in letters our fonts draw."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from bpc.core.kernel.figures import Figure
from bpc.core.plan.risk.drivers import drivers_of
from bpc.core.plan.risk.stresses import run_stresses
from bpc.core.plan.simulation import simulate
from bpc.core.plan.statements import balance_sheet, cash_flow, income_statement, indirect_cash_flow
from bpc.datasets.plan_rules import plan_rules
from bpc.portal.foundation.typesetting import drawable
from bpc.portal.plans.figure_words import NAMES, REASONS, UNITS, written_figure
from bpc.portal.plans.line_words import BALANCE, CASH, INCOME, INDIRECT
from bpc.portal.plans.prints.risk_study import factor_name, stress_name, study_risk
from tests.core.plan.random_plans import seeded_plan
from tests.portal.plans.plain_words import plain
from tests.portal.plans.print_world import appraised, full_plan, plain_plan

ROOT = Path(__file__).resolve().parents[3]
INDICATORS = ROOT / "src" / "bpc" / "core" / "plan" / "indicators"


def test_every_line_of_the_statements_has_a_name() -> None:
    run = simulate(full_plan(), plan_rules())
    assert set(INCOME) == set(income_statement(run))
    assert set(CASH) == set(cash_flow(run))
    assert set(INDIRECT) == set(indirect_cash_flow(run))
    assert set(BALANCE) == set(balance_sheet(run))


def test_every_indicator_has_a_name_and_a_known_unit() -> None:
    for plan in (plain_plan(), plain_plan(loans=[]), full_plan(), *map(seeded_plan, range(25))):
        for name, figure in appraised(plan).figures.items():
            assert name in NAMES
            assert figure.unit in UNITS
            assert figure.reason is None or figure.reason in REASONS


def test_every_reason_written_in_the_engine_has_words() -> None:
    source = (INDICATORS / "appraisal.py").read_text("utf-8")
    reasons = set(re.findall(r'_none\([^)]*"(\w+)"\)', source, re.S))
    reasons |= set(re.findall(r'_optional\((?:[^()]|\([^()]*\))*"(\w+)"\s*\)', source, re.S))
    assert len(reasons) > 12
    assert reasons <= set(REASONS)


def test_figures_are_written_with_their_unit() -> None:
    with translation.override("fr"):
        assert written_figure("npv", Figure(-1234.5, "MAD", "")).replace("\u200e", "") == "-1\u202f235 MAD"
        assert written_figure("irr", Figure(0.1234, "rate", "")) == "12,3\u202f%"
        assert written_figure("third_party_ratio", Figure(0.305, "ratio", "")) == "30,5\u202f%"
        assert written_figure("dscr_min", Figure(1.2, "ratio", "")) == "1,20"
        assert written_figure("payback_years", Figure(1.5, "years", "")) == "1 an et 6 mois"
        assert written_figure("payback_years", Figure(77 / 12, "years", "")) == "6 ans et 5 mois"
        assert written_figure("payback_years", Figure(0.25, "years", "")) == "3 mois"
        assert (
            written_figure("income_per_member", Figure(9000.0, "MAD a year", "")) == "9\u202f000 MAD par an"
        )
        assert written_figure("llcr", Figure(None, "ratio", "", "no_loan")).startswith("sans objet")
        assert written_figure("llcr", Figure(None, "ratio", "")) == "inconnu"


def test_shocks_and_drivers_are_named_after_what_they_move() -> None:
    plan = full_plan()
    with translation.override("fr"):
        names = [factor_name(plan, driver.name) for driver in drivers_of(plan)]
        told = [stress_name(plan, stress) for stress in run_stresses(plan, plan_rules()) if stress.after]
    assert all(" : Coopérative" in plain(name) for name in names)
    assert (
        plain(told[0].replace("\u200e", ""))
        == "Sécheresse l’année 2 : production -40\u202f%, matière première +30\u202f%"
    )
    assert told[1] == "Subventions (350\u202f000 MAD) payées 9 mois plus tard"


def test_a_plan_without_ranges_has_stresses_and_no_draws() -> None:
    risk = study_risk(plain_plan(), plan_rules(), "fr")
    assert risk.loss_probability is None
    assert risk.swings == []
    assert len(risk.stresses) == 3  # no grant that could come late
    assert risk.base.npv == pytest.approx(appraised(plain_plan()).figures["npv"].value)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_our_fonts_draw_every_translation(language: str) -> None:
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        messages = [
            m for m in read_po(file, locale=language) if any("plans/" in place for place, _ in m.locations)
        ]
    for message in messages:
        for text in message.string if isinstance(message.string, tuple) else (message.string,):
            assert "□" not in drawable(text, 10_000), text
