"""`python -m bench.engine`: what a business plan costs, one and by thousands, against a plain loop and the memory."""

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np
import yaml

from bench.plan_years import keep_books
from bpc.core.plan.arrays import Factors
from bpc.core.plan.document import parse_plan
from bpc.core.plan.frame import frame_of
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.risk.monte_carlo import DRAWS, SEED, draw, run_monte_carlo
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import Simulation, simulate, simulate_frame
from bpc.core.plan.solvers.batches import BLOCK
from bpc.datasets.model_plans import plan_document
from bpc.datasets.plan_rules import plan_rules
from bpc.datasets.project_models import list_files

MODEL = "huile-argan"
THREADS = 2
ROUNDS = 7  # the calmest counts: what else runs on the machine only ever adds
ONE_MS, MANY_S = 5.0, 1.0
COPIED = 2**24  # doubles a thread copies: 128 MB, far more than its cache
FAULTY = 1

PAPER = """## What a business plan costs

The calmest round of each, same machine, same run: processor time for one plan, for a draw and for the plain loop, the
clock for all draws and for copying memory, which two threads share. `python -m bench.engine` measures this alone.

- *a draw, against a plain monthly loop*: the same plan by Python lists, month by month (`bench/plan_reference.py`),
  after both were seen to find the same value to the centime.
- *amounts kept*: the arrays of months × draws that a run keeps, each written once and read once, at the speed two
  threads copy memory far larger than their caches. What passes between them in the processor's caches is not counted.

```text
{table}
```
"""


@dataclass(frozen=True)
class Measured:
    """Seconds: `many` by the clock, `busy` and the others of processor; `bandwidth` in bytes a second.

    `busy` is for all draws. `arrays` are those of (months, draws) that a run keeps.
    """

    one: float
    many: float
    busy: float
    plain: float
    bandwidth: float
    arrays: int
    months: int
    drivers: int

    @property
    def memory_limit(self) -> float:
        """Seconds to write and read each of those arrays once, all draws, at the speed memory is copied."""
        return 2 * 8 * self.arrays * self.months * DRAWS / self.bandwidth

    def faults(self) -> list[str]:
        """The limits that do not hold."""
        over = [f"one plan: {self.one * 1e3:.2f} ms, ≤ {ONE_MS:g} ms"] if self.one * 1e3 > ONE_MS else []
        return over + ([f"{DRAWS:,} draws: {self.many:.2f} s, ≤ {MANY_S:g} s"] if self.many > MANY_S else [])

    def text(self) -> str:
        """The table."""
        each = self.busy / DRAWS
        lines = [
            f"Engine. The model {MODEL} with its financing, {self.months} months, {self.drivers} ranges drawn",
            f"one plan, from its assumptions             {self.one * 1e3:8.2f} ms  ≤ {ONE_MS:g} ms",
            f"{DRAWS:,} draws of it, {THREADS} threads, by {BLOCK}         {self.many:8.3f} s   ≤ {MANY_S:g} s",
            f"a draw, against a plain monthly loop       {each * 1e6:8.1f} µs  "
            f"{self.plain * 1e3:.2f} ms: {self.plain / each:.0f} times faster",
            f"{self.arrays:<3} amounts kept, written and read once   {self.memory_limit:8.3f} s   "
            f"at the {self.bandwidth / 1e9:.1f} GB/s of a copy: {self.many / self.memory_limit:.1f} times the limit",
        ]
        return "\n".join([*lines, *(f"OVER: {fault}" for fault in self.faults())])

    def paper(self) -> str:
        """The section of docs/bench.md."""
        return PAPER.format(table=self.text())


def funded_plan(rules: Rules) -> Plan:
    """The model measured: three products, members' fruit, six posts and machines, grant, loan, campaign line."""
    path = next(path for path in list_files() if path.stem == MODEL)
    model: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return parse_plan(plan_document(model, rules))


def constant_law(plan: Plan, rules: Rules) -> dict[str, float]:
    """The rates in force when the plan begins, which is all the plain loop knows."""
    return {field.name: getattr(rules, field.name).on(plan.first_month) for field in fields(rules)}


def wide_arrays(
    part: object, width: int, found: dict[int, np.ndarray] | None = None
) -> dict[int, np.ndarray]:
    """The distinct monthly arrays of a run that differ from draw to draw."""
    found = {} if found is None else found
    if isinstance(part, np.ndarray):
        if part.ndim == 2 and part.shape[1] == width and part.shape[0] > 1:
            found[id(part)] = part
    elif is_dataclass(part) and not isinstance(part, type):
        for each in fields(part):
            wide_arrays(getattr(part, each.name), width, found)
    return found


def copy_bandwidth() -> float:
    """Bytes read and written a second when all threads copy arrays far larger than their cache."""
    pairs = [(np.ones(COPIED), np.empty(COPIED)) for _ in range(THREADS)]

    def copy(pair: tuple[np.ndarray, np.ndarray]) -> None:
        np.copyto(pair[1], pair[0])

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(copy, pairs))  # the first touch of a page is the system's time
        taken = calmest(lambda: list(pool.map(copy, pairs)))
    return 2 * 8 * COPIED * THREADS / taken


def calmest(
    work: Callable[[], object], times: int = 1, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Seconds of one go in the calmest round."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = clock()
        for _ in range(times):
            work()
        best = min(best, (clock() - begun) / times)
    return best


def measure() -> Measured:
    """All of it, after both engines were seen to agree."""
    rules = plan_rules()
    plan = funded_plan(rules)
    law = constant_law(plan, rules)
    drawn = draw(plan, BLOCK, SEED).factors
    run = simulate_frame(frame_of(plan, rules), Factors(drawn))
    _agree(simulate(plan, Rules.constant(**law)), keep_books(plan, law).npv)
    return Measured(
        one=calmest(lambda: simulate(plan, rules), 20, time.process_time),
        many=calmest(lambda: run_monte_carlo(plan, rules, threads=THREADS)),
        busy=calmest(lambda: run_monte_carlo(plan, rules, threads=THREADS), 1, time.process_time),
        plain=calmest(lambda: keep_books(plan, law), 3, time.process_time),
        bandwidth=copy_bandwidth(),
        arrays=len(wide_arrays(run, BLOCK)),
        months=plan.months,
        drivers=len(drawn),
    )


def _agree(run: Simulation, plain: float) -> None:
    """A rival that computes something else is no rival."""
    if abs(float(npv(run)[0]) - plain) > 0.01:
        raise RuntimeError(f"the engine finds {float(npv(run)[0])}, the plain loop {plain}")


def main() -> int:
    """Prints the table; 1 when a limit does not hold."""
    found = measure()
    print(found.text())
    return FAULTY if found.faults() else 0


if __name__ == "__main__":
    sys.exit(main())
