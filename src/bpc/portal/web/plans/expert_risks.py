"""What could go wrong: the assumptions that weigh most, what breaks the plan, thousands of draws, named stresses."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.core.plan.document import ENGINE_VERSION, input_hash
from bpc.core.plan.risk.monte_carlo import Chance, MonteCarlo, run_monte_carlo
from bpc.core.plan.risk.stresses import Stress, run_stresses
from bpc.core.plan.risk.switching import SwitchingValue, switching_values
from bpc.core.plan.risk.tornado import Tornado, tornado
from bpc.core.plan.schema import Plan as Assumptions
from bpc.datasets.plan_rules import plan_rules
from bpc.portal.foundation.writing import LEFT_TO_RIGHT, written_amount, written_number, written_percent
from bpc.portal.plans.driver_words import driver_words
from bpc.portal.plans.reckoning import reckon_stored
from bpc.portal.web.plans.expert_page import Context, plan_context, plan_or_404
from bpc.portal.web.plans.risks_charts import histogram, tornado_bars
from bpc.portal.web.plans.stress_words import REASONS, TITLES, stress_sentence

_MOST_BARS = 8
_KEPT = 3600  # seconds
_SWITCHES = {
    "holds_everywhere": gettext_lazy("le plan tient, même au triple ou à zéro"),
    "never_holds": gettext_lazy("le plan ne tient pas, quoi qu’elle vaille"),
    "no_effect": gettext_lazy("ne change rien"),
    "undefined": gettext_lazy("ne se calcule pas"),
}


@dataclass(frozen=True)
class Risk:
    """All that is calculated for the page."""

    tornado: Tornado
    switching: list[SwitchingValue]
    draws: MonteCarlo
    stresses: list[Stress]


def risk_of(plan: Assumptions) -> Risk:
    """Calculated once for the same assumptions, then kept for a while."""
    key = f"plan-risk-{ENGINE_VERSION}-{input_hash(plan)}"
    found: Risk | None = caches["pages"].get(key)
    if found is None:
        rules = plan_rules()
        found = Risk(
            tornado(plan, rules),
            switching_values(plan, rules),
            run_monte_carlo(plan, rules),
            run_stresses(plan, rules),
        )
        caches["pages"].set(key, found, _KEPT)
    return found


@require_safe
@never_cache
def plan_risks(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Every risk of the plan, in words."""
    plan = plan_or_404(request, reference, pk)
    reckoning = reckon_stored(plan.document)
    context = plan_context(request, plan, "risks")
    if reckoning is None:
        return render(request, "plans/risks.html", {**context, "unreadable": True})
    assumptions = reckoning.appraisal.run.plan
    risk = risk_of(assumptions)
    context |= {
        **_tornado(risk.tornado, assumptions),
        "switching": [_switch(one, assumptions) for one in risk.switching],
        **_draws(risk.draws, assumptions),
        "stresses": [_stress(one, assumptions) for one in risk.stresses],
    }
    return render(request, "plans/risks.html", context)


def _tornado(found: Tornado, plan: Assumptions) -> Context:
    bars = found.bars[:_MOST_BARS]
    label = _("Ce que devient la valeur actuelle nette quand une seule hypothèse change, en milliers de MAD")
    rows = [(driver_words(bar.driver.name, plan), bar.npv_low, bar.npv_high) for bar in bars]
    return {
        "tornado": tornado_bars(rows, found.npv, label=label, rtl=get_language_bidi()) if rows else "",
        "npv": written_amount(found.npv),
        "bars": [
            {"name": name, "low": written_amount(low), "high": written_amount(high),
             "estimate": bar.driver.confidence in {"E", "K", None}}
            for bar, (name, low, high) in zip(bars, rows, strict=True)
        ],
    }  # fmt: skip


def _switch(one: SwitchingValue, plan: Assumptions) -> Context:
    if one.value is None:
        words = str(_SWITCHES[one.reason or "undefined"])
    else:
        sign = f"{LEFT_TO_RIGHT}+" if one.value > 0 else ""
        words = f"{sign}{written_percent(100 * one.value, 1)}"
    return {
        "name": driver_words(one.name, plan),
        "words": words,
        "near": one.value is not None and abs(one.value) < 0.2,
    }


def _draws(found: MonteCarlo, plan: Assumptions) -> Context:
    label = _("Répartition de la valeur actuelle nette sur tous les tirages, en milliers de MAD")
    pairs = [
        {"first": driver_words(one.first, plan), "second": driver_words(one.second, plan),
         "value": written_number(one.spearman, 1), "estimate": one.estimate}
        for one in found.correlations
    ]  # fmt: skip
    return {
        "draws": written_number(found.draws), "drivers": len(found.drivers), "pairs": pairs,
        "histogram": histogram(found.npv.edges, found.npv.counts, label=label, rtl=get_language_bidi())
        if len(found.npv.counts) > 1 else "",
        "loss": _chance(found.npv_negative), "short": _chance(found.cash_below_floor),
        "cover": _chance(found.dscr_below),
        "spread": {name: written_amount(getattr(found.npv, name)) for name in ("p5", "p50", "p95", "cvar5")},
    }  # fmt: skip


def _chance(one: Chance) -> Any:
    if one.value is None:
        return ""
    return _("%(share)s, à %(width)s près") % {
        "share": written_percent(100 * one.value, 1),
        "width": written_percent(100 * (one.half_width or 0.0), 1),
    }


def _stress(one: Stress, plan: Assumptions) -> Context:
    title, after = TITLES[one.code], one.after
    if after is None:
        return {"title": title, "sentence": REASONS[one.reason or "no_sales"], "rows": []}
    before = one.before
    rows = [
        (_("Valeur actuelle nette"), before.npv, after.npv),
        (_("Argent en caisse au plus bas, au-dessus du minimum"), before.cash_margin, after.cash_margin),
        (_("Revenu par membre et par an, en moyenne"), before.income_per_member, after.income_per_member),
    ]
    return {
        "title": title, "code": one.code, "sentence": stress_sentence(one.code, one.figures, plan),
        "broken": after.cash_margin < 0,
        "rows": [
            {"name": name, "before": written_amount(old), "after": written_amount(new)} for name, old, new in rows
        ],
    }  # fmt: skip
