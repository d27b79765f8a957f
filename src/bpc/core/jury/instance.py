"""What an assignment of readings is asked and what it answers: entries, jurors, who may read what, reasons in codes."""

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Id = Hashable
Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]

#: A wish of each entry, first the one that matters more.
WOMAN, OUTSIDE = "woman", "outside"
WISHES = (WOMAN, OUTSIDE)


@dataclass(frozen=True, eq=False)
class Instance:
    """n entries to be read by `readings` jurors each, out of m.

    `forbidden[i, j]`: j has a conflict of interest with entry i. `speaks[i, j]`: j reads the language of i.
    `woman[j]`: 1 yes, 0 no, -1 not said. `outside[i, j]`: j comes from another region than i, as far as known.
    `capacity[j]`: the most readings j can take, those kept included; None: no limit. `kept[i, j]`: the reading stands
    (done or begun) and is counted whatever else is asked. `standing[i, j]`: it was asked before and not begun: left
    as it is where that costs nothing else.

    Raises ValueError for arrays of another shape, ids given twice, fewer than one reading, a negative capacity or a
    kept reading that is forbidden (release it first).
    """

    entries: tuple[Id, ...]
    jurors: tuple[Id, ...]
    readings: int
    forbidden: Flags
    speaks: Flags
    woman: Counts
    outside: Flags
    capacity: Counts | None = None
    kept: Flags | None = None
    standing: Flags | None = None

    def __post_init__(self) -> None:
        shape = (len(self.entries), len(self.jurors))
        for name in ("forbidden", "speaks", "outside", "kept", "standing"):
            given = getattr(self, name)
            if given is not None and np.shape(given) != shape:
                raise ValueError(f"{name} is {np.shape(given)}, not {shape}")
        for name in ("woman", "capacity"):
            given = getattr(self, name)
            if given is not None and np.shape(given) != shape[1:]:
                raise ValueError(f"{name} is {np.shape(given)}, not {shape[1:]}")
        if len(set(self.entries)) < shape[0] or len(set(self.jurors)) < shape[1]:
            raise ValueError("an id is given twice")
        if self.readings < 1:
            raise ValueError("each entry needs at least one reading")
        if self.capacity is not None and (self.capacity < 0).any():
            raise ValueError("a capacity is negative")
        if (self.stands & self.forbidden).any():
            raise ValueError("a kept reading is forbidden")

    @property
    def stands(self) -> Flags:
        """`kept`, nothing kept when it was not given."""
        return np.zeros_like(self.forbidden) if self.kept is None else self.kept

    @property
    def free(self) -> Flags:
        """The pairs that may be added: no conflict, the language, not kept already."""
        free: Flags = ~self.forbidden & self.speaks & ~self.stands
        return free

    @property
    def need(self) -> Counts:
        """How many readings each entry still needs (n,)."""
        need: Counts = np.maximum(self.readings - self.stands.sum(axis=1), 0)
        return need

    @property
    def room(self) -> Counts:
        """How many more readings each juror can take (m,): never more than there are entries they may read."""
        possible: Counts = self.free.sum(axis=0)
        if self.capacity is None:
            return possible
        room: Counts = np.minimum(np.maximum(self.capacity - self.stands.sum(axis=0), 0), possible)
        return room


@dataclass(frozen=True)
class Unmet:
    """A wish that an entry does not get, and why.

    `reason`: "none" nobody of the jury is known to be so (`jurors`: those who did not say); "conflict" those who are
    have a conflict; "language" the others do not read its language; "full" the others can take no more; "kept" its
    readings stand already; "shared" no assignment serves more entries: `jurors` are needed by others.
    """

    entry: Id
    wish: str
    reason: str
    jurors: tuple[Id, ...] = ()


@dataclass(frozen=True)
class Uneven:
    """A juror whose load is not within one of the others', and why.

    `reason`: "capacity" they can take no more; "possible" they may read no more; "kept" what they have stands already;
    "only" nobody less loaded may read what they read; "relieved" nobody more loaded reads what they may read.
    """

    juror: Id
    load: int
    reason: str


@dataclass(frozen=True)
class Assignment:
    """Who reads what: `pairs` (entry, juror), the kept ones among them; `loads` of all jurors.

    `met`: how many entries get each wish. `proved`: no assignment under the same rules serves more; False when the
    solver ran out of time, or for a large instance, whose wishes were granted in so many `parts` (1: as a whole): they
    may then be improvable, never the rules nor the loads.
    """

    pairs: tuple[tuple[Id, Id], ...]
    loads: dict[Id, int]
    unmet: tuple[Unmet, ...] = ()
    uneven: tuple[Uneven, ...] = ()
    met: dict[str, int] = field(default_factory=dict)
    proved: bool = True
    parts: int = 1


@dataclass(frozen=True)
class Reason:
    """Why there is no assignment: these `entries` lack `short_by` readings, whatever is done with the others.

    `jurors` are all who may read any of them. `code`: "few_jurors" the jury is smaller than the readings asked;
    "conflicts", "language", "conflicts_language" of single entries: too few may read them; "capacity" those who may
    read them cannot take enough readings, "capacity_language" more could if they read the language, "jury_too_small"
    the same of the whole jury.
    """

    code: str
    entries: tuple[Id, ...]
    jurors: tuple[Id, ...]
    short_by: int


@dataclass(frozen=True)
class Infeasible:
    """There is no assignment; each reason alone proves it."""

    reasons: tuple[Reason, ...]
