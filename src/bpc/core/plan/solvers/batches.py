"""Many scenarios of one plan through the engine at once, reduced to a few numbers each."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import numpy as np

from bpc.core.plan.arrays import Coefficient, Factors, Floats
from bpc.core.plan.frame import Frame
from bpc.core.plan.simulation import Simulation, simulate_frame

#: A number read from a run, per scenario: (S,).
Measure = Callable[[Simulation], Floats]
#: Scenarios run together: (120, 512) doubles are 480 kB, so that a few amounts stay in a 2 MB cache.
BLOCK = 512


def evaluate(
    frame: Frame,
    factors: Mapping[str, Coefficient],
    measures: Sequence[Measure],
    *,
    threads: int = 1,
    chunk: int = BLOCK,
) -> Floats:
    """Each measure in each scenario: (M, S).

    More scenarios than a block are cut into blocks of exactly that width, the last one filled up with copies: matrix
    products of another width round otherwise, and a scenario must give the same bytes however the batch is shared out.
    `chunk` is how many scenarios a thread takes at a time, in whole blocks; numpy leaves both cores free to work.
    """
    scenarios = Factors(factors).scenarios
    if scenarios <= BLOCK:
        return _reduce(simulate_frame(frame, Factors(factors)), measures, scenarios)
    result = np.empty((len(measures), scenarios))
    step = BLOCK * max(1, chunk // BLOCK)

    def work(first: int) -> None:
        for start in range(first, min(first + step, scenarios), BLOCK):
            columns = np.minimum(np.arange(start, start + BLOCK), scenarios - 1)
            block = _reduce(simulate_frame(frame, _columns(factors, columns)), measures, BLOCK)
            result[:, start : start + BLOCK] = block[:, : scenarios - start]

    starts = range(0, scenarios, step)
    if threads == 1:
        for first in starts:
            work(first)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, starts))
    return result


def _columns(factors: Mapping[str, Coefficient], columns: np.ndarray) -> Factors:
    """The factors of some scenarios; what is the same in all of them stays as it is."""
    return Factors(
        {
            name: np.ascontiguousarray(cast(Floats, value)[..., columns])
            if np.ndim(value) and np.shape(value)[-1] > 1
            else value
            for name, value in factors.items()
        }
    )


def _reduce(run: Simulation, measures: Sequence[Measure], scenarios: int) -> Floats:
    return np.stack([np.broadcast_to(measure(run), (scenarios,)) for measure in measures])
