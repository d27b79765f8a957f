"""What an answer moved, in words: three figures that always show, then alerts that came or went."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bpc.core.plan.simulation import Simulation
from bpc.portal.foundation.writing import LEFT_TO_RIGHT, written_amount
from bpc.portal.plans.editing import Saved
from bpc.portal.plans.models import Plan
from bpc.portal.plans.problem_words import month_written, written_problem
from bpc.portal.plans.reckoning import Reckoning

#: Where the next page finds what the last save moved.
SESSION = "plan_effect"
Values = Mapping[str, float | None]


@dataclass(frozen=True)
class Effect:
    """One figure as it is now, and how it moved; `trend` is better, worse, or empty."""

    label: str
    value: str
    detail: str
    change: str
    trend: str
    bad: bool


def lowest_cash(run: Simulation) -> tuple[int, float]:
    """The month with least cash of one's own and that cash, MAD: what the bank's campaign line lends is taken off."""
    own = (run.closing.cash - run.closing.overdraft)[:, 0]
    return int(own.argmin()), float(own.min())


def shown_values(reckoning: Reckoning) -> dict[str, float | None]:
    """What a village group asks of each change, in this order, MAD."""
    figures, run = reckoning.appraisal.figures, reckoning.appraisal.run
    first = "upkeep_gap" if run.plan.kind == "cost_recovery" else "income_per_member"
    return {
        first: figures[first].value,
        "lowest_cash": lowest_cash(run)[1],
        "peak_need": figures["peak_need"].value,
    }


def effect_rows(reckoning: Reckoning, before: Values) -> list[Effect]:
    """The three figures, beside what they were."""
    return [_row(reckoning, name, value, before.get(name)) for name, value in shown_values(reckoning).items()]


def _row(reckoning: Reckoning, name: str, value: float | None, before: float | None) -> Effect:
    run = reckoning.appraisal.run
    line = run.plan.overdraft.limit if run.plan.overdraft else 0.0
    labels = {
        "income_per_member": (_("Revenu par membre et par an"), _("une fois lancés")),
        "upkeep_gap": (_("Reste à trouver chaque année"), _("la dernière année du plan")),
        "lowest_cash": (_("Argent en caisse, au plus bas"), month_written(run.plan, lowest_cash(run)[0])),
        "peak_need": (_("Argent à trouver pour commencer"), _("parts, subventions et prêts compris")),
    }
    label, detail = labels[name]
    bad = name == "lowest_cash" and value is not None and value < run.plan.cash_floor - line - 0.5
    return Effect(label, written_amount(value), detail, *_change(name, before, value), bad)


def _change(name: str, before: float | None, after: float | None) -> tuple[str, str]:
    """How far it moved, with its sign, and whether that is better; nothing when it did not visibly."""
    if before is None or after is None or abs(after - before) < 0.5:
        return "", ""
    sign = "+" if after > before else "−"
    more_is_better = name in {"income_per_member", "lowest_cash"}
    trend = "better" if (after > before) == more_is_better else "worse"
    return f"{LEFT_TO_RIGHT}{sign}{written_amount(abs(after - before))}", trend


def keep_effect(session: Any, question: int, before: Reckoning, saved: Saved) -> dict[str, Any]:
    """Keep for the next page what the saves of one question moved together; gives it back."""
    kept = session.get(SESSION) or {}
    same = (kept.get("plan"), kept.get("question")) == (saved.plan.pk, question)
    appeared = [[problem.code, problem.path] for problem in saved.appeared]
    session[SESSION] = {
        "plan": saved.plan.pk,
        "question": question,
        "revision": saved.revision,
        "before": kept["before"] if same else shown_values(before),
        "appeared": [*(kept["appeared"] if same else []), *appeared],
        "settled": len(saved.settled) + (kept["settled"] if same else 0),
    }
    return dict(session[SESSION])


def effect_context(reckoning: Reckoning, packed: Mapping[str, Any] | None) -> dict[str, Any]:
    """What `plans/_effect.html` shows; without a save, the figures alone."""
    packed = packed or {}
    appeared = {tuple(one) for one in packed.get("appeared", ())}
    effects = effect_rows(reckoning, packed.get("before", {}))
    return {
        "effects": effects,
        "moved_nothing": bool(packed) and not any(one.change for one in effects),
        "answered": bool(packed),
        "appeared": [
            {"severity": problem.severity, "words": written_problem(problem, reckoning.assumptions)}
            for problem in reckoning.problems
            if (problem.code, problem.path) in appeared
        ],
        "settled": packed.get("settled", 0),
    }


def carried_effect(session: Any, plan: Plan, reckoning: Reckoning) -> dict[str, Any] | None:
    """What the save before this page moved, told once; None without one."""
    packed = session.pop(SESSION, None)
    if not packed or packed["plan"] != plan.pk or packed["revision"] != plan.revision:
        return None
    return effect_context(reckoning, packed)
