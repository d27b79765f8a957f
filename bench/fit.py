"""What the fit of every model to every commune costs, against a plain loop: `python -m bench.fit`.

The loop is written from the method's page and must give the same scores; the limit is that of the issue.
In a site of its own, on SQLite: only reading is measured, and nothing is read of the database meanwhile.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django
import numpy as np

django.setup()  # the site is the environment's: this module runs itself again in one of its own

from bench.databases import environment_of  # noqa: E402  (after the settings)
from bench.fit_reference import Reference  # noqa: E402
from bench.server import ROOT  # noqa: E402
from bpc.core.territory.fit import Weights, fit_matrix  # noqa: E402
from bpc.portal.atlas.fit_inputs import FitInputs, fit_inputs  # noqa: E402

LIMIT_MS = 100.0
ROUNDS = 15
CLOSE = 1e-9


def cheapest(call: Callable[[], object], rounds: int) -> float:
    """Milliseconds of processor time of the calmest round."""
    found = []
    for _ in range(rounds):
        start = time.process_time()
        call()
        found.append(1000 * (time.process_time() - start))
    return min(found)


def measure(inputs: FitInputs) -> tuple[float, float, float]:
    """Milliseconds of the matrix, of the loop, and the largest difference between the two."""
    weights = Weights(30, 20, 10, 15, 5, 20)
    reference = Reference(inputs.places, inputs.needs)
    started = time.process_time()
    plain = np.array(reference.scores(weights))
    loop = 1000 * (time.process_time() - started)
    scores = fit_matrix(inputs.places, inputs.needs, weights).score
    if not (np.isnan(plain) == np.isnan(scores)).all():
        return 0.0, loop, float("inf")
    gap = float(np.nanmax(np.abs(plain - scores)))
    return cheapest(lambda: fit_matrix(inputs.places, inputs.needs, weights), ROUNDS), loop, gap


def report() -> int:
    """Prints the three numbers; status 1 over the limit, or when the two do not agree."""
    inputs = fit_inputs()
    matrix, loop, gap = measure(inputs)
    size = f"{len(inputs.figures.codes):,} communes x {len(inputs.slugs)} models"
    print(f"fit matrix, {size}: {matrix:.1f} ms of one core (limit {LIMIT_MS:g} ms)")
    print(f"plain loop: {loop:.0f} ms, {loop / matrix if matrix else 0:.0f} times as much; gap {gap:.0e}")
    return 0 if 0 < matrix <= LIMIT_MS and gap <= CLOSE else 1


def main() -> int:
    """In a site prepared for it and thrown away."""
    if "--here" in sys.argv[1:]:
        return report()
    with tempfile.TemporaryDirectory(prefix="bpc-bench-") as folder:
        # one core: the libraries beneath numpy would take them all
        environment = {**environment_of(Path(folder), ""), "OPENBLAS_NUM_THREADS": "1"}
        prepare = [sys.executable, "manage.py", "prepare"]
        subprocess.run(prepare, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        again = [sys.executable, "-m", "bench.fit", "--here"]
        return subprocess.run(again, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
