"""Classes of ratios to a whole: as far below one as above it, with « about the same » in the middle.

How and why: docs/methods/class-breaks.md.
"""

import math
from bisect import bisect_right
from dataclasses import dataclass

from bpc.core.territory.classes import UNKNOWN

#: A quarter more or less is about the same; twice as much, or half, is far.
STEPS = (1.25, 2.0)


@dataclass(frozen=True, slots=True)
class RatioClasses:
    """Five classes of ratios, the same for every map so that two maps may be compared.

    `steps` are ratios above one, growing; the classes below one are their inverses. With two steps there are two
    classes below (numbers 0 and 1), the class of about the same (2) and two above (3 and 4). Class i holds
    limits[i-1] <= value < limits[i].
    """

    steps: tuple[float, ...] = STEPS

    @property
    def limits(self) -> tuple[float, ...]:
        """The inner limits, growing.

        >>> RatioClasses().limits
        (0.5, 0.8, 1.25, 2.0)
        """
        return (*(1 / step for step in reversed(self.steps)), *self.steps)

    @property
    def side(self) -> int:
        """Number of classes on one side, which is also the number of the middle class."""
        return len(self.steps)

    def __len__(self) -> int:
        """Number of classes."""
        return 2 * self.side + 1

    def class_of(self, value: float | None) -> int:
        """Class number of a ratio, `UNKNOWN` for None or NaN.

        >>> [RatioClasses().class_of(ratio) for ratio in (0.0, 0.5, 0.8, 1, 1.25, 2, None)]
        [0, 1, 2, 2, 3, 4, -1]
        """
        if value is None or math.isnan(value):
            return UNKNOWN
        return bisect_right(self.limits, value)
