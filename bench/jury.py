"""The jury's ranking against mean, z-score, Bradley and Terry, where the truth is known: `python -m bench.jury`.

50 jurors of known severity, noise and use of the scale, three of whom collude, and 200 entries; another world for each
seed (`bench.jury_worlds`). Status 1 when a bar of the issue is missed.
"""

import sys
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import rankdata

from bench.jury_rivals import bradley_terry
from bench.jury_worlds import World, make_world, read_more
from bpc.core.jury.marks import Floats, Marks
from bpc.core.jury.next_reading import most_useful
from bpc.core.jury.ranking import plain_means, rank, z_scores
from bpc.core.jury.severity import fit

#: Jurors, entries, readings of each, colluders, and how many worlds of that size.
SIZES = (
    (50, 200, 3, 3, 300),
    (50, 200, 2, 3, 100),
    (50, 200, 4, 3, 100),
    (12, 60, 3, 1, 150),
    (6, 20, 3, 1, 150),
    (4, 10, 2, 0, 150),
)
LAUREATES = 3
COVERAGE = 0.88  # of the true laureate by the interval shown
LIMIT_S, LARGE_LIMIT_S = 0.2, 10.0
RIVALS = {"mean": plain_means, "z-score": z_scores, "Bradley–Terry": bradley_terry}
MORE, MORE_SEEDS = 30, 60


@dataclass(frozen=True)
class Score:
    """One world, or the mean of many: rank correlations with the truth, and what the intervals hold."""

    engine: float
    rivals: dict[str, float]
    laureate: float
    podium: float
    everyone: float
    width: float
    tied_first: float


def correlation(found: Floats, truth: Floats) -> float:
    """Spearman's."""
    return float(np.corrcoef(rankdata(found), rankdata(truth))[0, 1])


def judge(world: World) -> Score:
    """Ranks a world and holds it against its truth."""
    n, at = len(world.truth), {name: place for place, name in enumerate(world.marks.entries)}
    merit, low, high = np.zeros(n), np.zeros(n), np.zeros(n)
    verdict = rank(world.marks, laureates=LAUREATES)
    for one in verdict.ranked:
        merit[at[one.entry]], low[at[one.entry]], high[at[one.entry]] = one.merit, one.rank_low, one.rank_high
    true = rankdata(-world.truth)
    within = (low <= true) & (true <= high)
    return Score(
        correlation(merit, world.truth),
        {name: correlation(rival(world.marks), world.truth) for name, rival in RIVALS.items()},
        float(within[true == 1].mean()),
        float(within[true <= LAUREATES].mean()),
        float(within.mean()),
        float((high - low + 1).mean()),
        float(sum(one.rank == 1 for one in verdict.ranked)),
    )


def average(scores: list[Score]) -> Score:
    """The mean of each figure."""
    fields: dict[str, Any] = {
        name: float(np.mean([getattr(one, name) for one in scores]))
        for name in ("engine", "laureate", "podium", "everyone", "width", "tied_first")
    }
    rivals = {name: float(np.mean([one.rivals[name] for one in scores])) for name in RIVALS}
    return Score(rivals=rivals, **fields)


def regret(marks: Marks, truth: Floats) -> float:
    """By how many points the laureates of these marks are, on average, less good than the true ones."""
    chosen = np.argsort(-fit(marks).merit, kind="stable")[:LAUREATES]
    return float(np.sort(truth)[::-1][:LAUREATES].mean() - truth[chosen].mean())


def read_again(seed: int, **size: int) -> tuple[float, float, float]:
    """The regret with two readings each, then with `MORE` more where they are worth most, and anywhere."""
    world = make_world(seed, readings=2, **size)
    possible = np.ones(world.every.shape[:2], dtype=bool)
    found = fit(world.marks)
    useful = most_useful(world.marks, possible, MORE, laureates=LAUREATES, found=found)
    at = [(world.marks.entries.index(one.entry), world.marks.jurors.index(one.juror)) for one in useful]
    possible[world.marks.entry_of, world.marks.juror_of] = False
    free = np.argwhere(possible)
    drawn = np.random.default_rng(seed).choice(len(free), MORE, replace=False)
    anywhere = [(int(e), int(j)) for e, j in free[drawn]]
    first, second, third = (
        regret(marks, world.truth)
        for marks in (world.marks, read_more(world, at), read_more(world, anywhere))
    )
    return first, second, third


def faults(size: str, score: Score) -> list[str]:
    """The bars that are missed."""
    found = [
        f"{size}: {name} {value:.4f} is closer to the truth"
        for name, value in score.rivals.items()
        if value > score.engine
    ]
    if score.laureate < COVERAGE:
        found.append(f"{size}: the true laureate is inside in {score.laureate:.1%} of worlds only")
    return found


def _cost(jurors: int, entries: int) -> float:
    marks, found = make_world(1, jurors, entries).marks, []
    for _ in range(3):
        start = time.process_time()
        rank(marks, laureates=LAUREATES)
        found.append(time.process_time() - start)
    return min(found)


def main() -> int:
    """Prints the table; status 1 when a bar is missed."""
    missed = []
    heads = "".join(f"{name:>15}" for name in RIVALS)
    print(f"{'jury':<22}{'worlds':>7}{'engine':>9}{heads}{'laureate':>10}{'top 3':>8}{'all':>8}{'width':>8}")
    for jurors, entries, readings, colluders, seeds in SIZES:
        size = f"{jurors} × {entries}, {readings} readings"
        score = average([judge(make_world(at, jurors, entries, readings, colluders)) for at in range(seeds)])
        values = "".join(f"{value:>15.4f}" for value in score.rivals.values())
        print(
            f"{size:<22}{seeds:>7}{score.engine:>9.4f}{values}{score.laureate:>10.1%}{score.podium:>8.1%}"
            f"{score.everyone:>8.1%}{score.width:>8.1f}  first tie of {score.tied_first:.1f}"
        )
        missed += faults(size, score)
    before, useful, anywhere = np.mean([read_again(seed) for seed in range(MORE_SEEDS)], axis=0)
    print(
        f"{MORE} readings more, points lost on the {LAUREATES} laureates: {before:.3f} without, "
        f"{useful:.3f} where worth most, {anywhere:.3f} anywhere"
    )
    missed += [] if useful < anywhere else ["readings proposed are worth no more than any"]
    small, large = _cost(50, 200), _cost(500, 10_000)
    print(
        f"200 entries: {small:.2f} s of one core (limit {LIMIT_S}); 10,000: {large:.1f} s ({LARGE_LIMIT_S:g})"
    )
    missed += [] if small <= LIMIT_S and large <= LARGE_LIMIT_S else ["too slow"]
    print("\n".join(f"OVER: {one}" for one in missed) or "every bar holds")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
