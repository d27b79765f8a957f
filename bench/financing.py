"""Financing plans of the 34 models, held by the engine to the centime, against stacking: `python -m bench.financing`.

Each model is studied as a group would ask it today; the rival (stack sources in order of cost) is asked of the same
need and the same offers in the same run. 1 when a proposal does not hold, a refusal has no reason, or the limit of time
is passed by the median case.
"""

import os
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpc.portal.settings.dev")
django.setup()

from bench.financing_cases import Case, cases  # noqa: E402  (after the settings)
from bench.financing_rival import stack  # noqa: E402
from bpc.core.financing.need import Infeasible  # noqa: E402
from bpc.portal.journeys.propose_financing import Financed, Study, Wishes  # noqa: E402

LIMIT_S = 1.0
CENTIME = 0.01
SURE, WIDER = Wishes(to_confirm=False), Wishes()


def row(case: Case) -> tuple[str, float, list[str], float | None]:
    """The line of a model, seconds of processor for what it may count on, faults, the rival's cost over ours."""
    started = time.process_time()
    study = case.study(SURE)
    seconds = time.process_time() - started
    kind = "sure"
    shown = study
    if not study.proposals:
        shown = case.study(WIDER)
        kind = "to confirm" if shown.optimistic else "none"
    told = _told(shown.proposals or shown.optimistic, study.infeasible if kind == "none" else None)
    ratio, rival = _against(shown)
    line = f"{case.slug:<26}{study.need.peak:>10,.0f} {kind:<11}{told:<106}{rival:>10}{seconds:>7.2f}"
    return line, seconds, _faults(case.slug, study, shown), ratio


def _told(found: tuple[Financed, ...], refused: Infeasible | None) -> str:
    if refused is not None:
        names = {f"{reason.name} {reason.offer or reason.year or ''}".strip() for reason in refused.reasons}
        opens = f"own {refused.own_cash or 0:,.0f}, gift {refused.grant or 0:,.0f}"
        return f"no: {', '.join(sorted(names))}"[:70] + f" | opens: {opens}"
    best = found[0].proposal
    names = " + ".join(f"{name} {amount / 1000:,.0f}k" for name, amount in best.amounts.items())
    figures = f"own {best.own_cash / 1000:,.0f}k cost {best.cost / 1000:,.1f}k {best.months_to_money} months"
    return f"{len(found)}× {figures} | {names}"[:104]


def _against(study: Study) -> tuple[float | None, str]:
    found = study.proposals or study.optimistic
    if not found:
        return None, "-"
    first = found[0]
    rival = stack(first.need, tuple(one.offer for one in first.offers.values()))
    if not rival.holds:
        return None, "fails"
    if first.proposal.cost < 1.0:
        return (1.0, "1.00×") if rival.cost < 1.0 else (None, "more")
    return rival.cost / first.proposal.cost, f"{rival.cost / first.proposal.cost:.2f}×"


def _faults(slug: str, study: Study, shown: Study) -> list[str]:
    found = [*study.proposals, *shown.proposals, *shown.optimistic]
    faults = [f"{slug}: {one.gap:.3f} MAD apart from the engine" for one in found if one.gap > CENTIME]
    floor = study.need.floor - CENTIME
    faults += [f"{slug}: cash at {one.min_cash:,.2f}" for one in found if one.min_cash < floor]
    if not found and (study.infeasible is None or not study.infeasible.reasons):
        faults.append(f"{slug}: refused without a reason")
    return faults


def main() -> int:
    """All models, then what they come to together."""
    print(
        f"{'model':<26}{'need':>10} {'kind':<11}{'cheapest of what was found':<106}{'stacking':>10}{'s':>7}"
    )
    seconds: list[float] = []
    faults: list[str] = []
    ratios: list[float | None] = []
    for case in cases():
        line, spent, wrong, ratio = row(case)
        print(line, flush=True)
        seconds.append(spent)
        faults += wrong
        ratios.append(ratio)
    known = [ratio for ratio in ratios if ratio is not None]
    median = statistics.median(seconds)
    print(
        f"{median:.2f} s of one core for the median case (limit {LIMIT_S:g} s), {max(seconds):.2f} s for the longest"
    )
    if known:
        middle, held = statistics.median(known), f"{len(known)} of {len(ratios)}"
        print(f"stacking costs {middle:.2f} times as much where it holds ({held})")
    print("\n".join(f"FAULT: {fault}" for fault in faults))
    return 0 if not faults and median <= LIMIT_S else 1


if __name__ == "__main__":
    sys.exit(main())
