"""`python -m bpc.datasets.validate [folder]`: prints each problem of `data/`; status 1 if any."""

import sys
from pathlib import Path

from bpc.datasets.paths import DATA
from bpc.datasets.validate import CHECKS, problems


def main() -> int:
    """Checks the folder given as first argument, or the repository's."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    found = problems(data)
    for problem in found:
        print(problem)
    print(f"{data}: {len(found)} problems" if found else f"{data}: {len(CHECKS)} checks, nothing wrong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
