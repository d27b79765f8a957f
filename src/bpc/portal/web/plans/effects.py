"""What an answer moved, in words: three figures that always show, then alerts that came or went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bpc.core.kernel.figures import Figure
from bpc.portal.foundation.writing import LEFT_TO_RIGHT, written_amount
from bpc.portal.plans.editing import Saved
from bpc.portal.plans.figure_words import written_figure
from bpc.portal.plans.models import Plan
from bpc.portal.plans.problem_words import month_written, written_problem
from bpc.portal.plans.reckoning import Moved, Reckoning

#: Where the next page finds what the last save moved.
SESSION = "plan_effect"
#: What a village group asks of each change, in this order.
SHOWN = ("income_per_member", "min_cash", "peak_need")


@dataclass(frozen=True)
class Effect:
    """One figure as it is now, and how it moved; `trend` is better, worse, or empty."""

    label: str
    value: str
    detail: str
    change: str
    trend: str
    bad: bool


def effect_rows(reckoning: Reckoning, moved: Mapping[str, tuple[float | None, float | None]]) -> list[Effect]:
    """Income per member, lowest cash and its month, money to find; `moved` gives before and after by figure."""
    return [_row(reckoning, name, moved.get(name)) for name in SHOWN]


def _row(reckoning: Reckoning, name: str, move: tuple[float | None, float | None] | None) -> Effect:
    figure = reckoning.appraisal.figures[name]
    labels = {
        "income_per_member": _("Revenu par membre et par an"),
        "min_cash": _("Argent en caisse, au plus bas"),
        "peak_need": _("Argent à trouver pour commencer"),
    }
    value = written_figure("npv", Figure(figure.value, "MAD", figure.basis, figure.reason))
    change, trend = _change(name, move)
    bad = name == "min_cash" and figure.value is not None and figure.value < -0.5
    return Effect(labels[name], value, _detail(reckoning, name, figure), change, trend, bad)


def _detail(reckoning: Reckoning, name: str, figure: Figure) -> str:
    if name == "min_cash":
        return _("en %(month)s") % {
            "month": month_written(reckoning.assumptions, int(figure.detail["month"]) - 1)
        }
    if name == "peak_need":
        return _("parts, subventions et prêts compris")
    return _("une fois lancés")


def _change(name: str, move: tuple[float | None, float | None] | None) -> tuple[str, str]:
    if move is None:
        return "", ""
    before, after = move
    if before is None or after is None:
        return "", ""
    difference = after - before
    if abs(difference) < 0.5:
        return "", ""
    sign = "+" if difference > 0 else "−"
    more_is_better = name != "peak_need"
    trend = "better" if (difference > 0) == more_is_better else "worse"
    return f"{LEFT_TO_RIGHT}{sign}{written_amount(abs(difference))}", trend


def pack_effect(plan: int, saved: Saved) -> dict[str, Any]:
    """What the next page needs to say what a save moved."""
    return {
        "plan": plan,
        "revision": saved.revision,
        "moved": moves_of(saved.moved),
        "appeared": [[problem.code, problem.path] for problem in saved.appeared],
        "settled": len(saved.settled),
    }


def moves_of(moved: Iterable[Moved]) -> dict[str, tuple[float | None, float | None]]:
    """Before and after by figure."""
    return {one.name: (one.before, one.after) for one in moved}


def effect_context(reckoning: Reckoning, packed: Mapping[str, Any] | None) -> dict[str, Any]:
    """What `plans/_effect.html` shows; without a save, the figures alone."""
    packed = packed or {}
    appeared = {tuple(one) for one in packed.get("appeared", ())}
    return {
        "effects": effect_rows(reckoning, packed.get("moved", {})),
        "moved_nothing": bool(packed) and not packed.get("moved"),
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
