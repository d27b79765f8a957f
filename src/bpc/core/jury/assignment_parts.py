"""An assignment too large for one integer program: exact in all that must hold, part by part for the wishes.

1. Entry after entry, the least loaded who may read it, those who grant a wish first where it lacks.
2. Where nobody is left, readings are passed on along a path of jurors to one who has room (L. R. Ford, D. R. Fulkerson,
   1956): it exists, for `shortages` found none.
3. Loads are evened along such paths, from a juror to one who has at least two readings less, until no path is left:
   the sum of squares is then the least there is (a flow of convex cost is optimal when it has no cycle that lowers it;
   M. Klein, « A primal method for minimal cost flows », Management Science 14 (1967), 205-220).
4. Entries are dealt into parts; in each, the program of `assignment_program` grants the wishes, every juror reading as
   many of the part as before. What two parts could still exchange is not looked for: the optimum is proved only where
   the wishes granted are as many as a flow says that can be.
"""

from collections import deque
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_flow

from bpc.core.jury.assignment_program import Bound, Program, Solution, fitting
from bpc.core.jury.instance import Counts, Flags, Instance

#: Pairs of entries and jurors in one part, and the seconds given to it.
PART, PATIENCE = 6_000, 2.0
#: How much lighter a juror seems for granting the first wish, the second, for a reading that was asked before.
_FAVOURS = (1.5, 1.0, 0.5)


class RuleBroken(Exception):
    """What was found breaks a rule: never met, and never given."""


def solve_in_parts(instance: Instance) -> tuple[Solution, int]:
    """The pairs to add, and the number of parts; only for an instance without `shortages`.

    Raises `RuleBroken` rather than answer against the rules.

    >>> may = np.ones((4, 3), dtype=bool)
    >>> case = Instance(tuple("abcd"), tuple("xyz"), 2, ~may, may, np.array([1, 0, 0]), may)
    >>> found, parts = solve_in_parts(case)
    >>> found.added.sum(axis=0).tolist(), found.proved, parts
    ([3, 3, 2], True, 1)
    """
    exchange = Exchange(instance)
    order = exchange.deal()
    exchange.even()
    added, count = exchange.added, -(-instance.forbidden.size // PART)
    for number in range(count):
        rows = np.sort(order[number::count])
        added[rows] = _granted(instance, rows, added[rows])
    if broken := broken_rules(instance, added):
        raise RuleBroken(broken)
    return Solution(added, _is_best(instance, added)), count


class Exchange:
    """Readings given and passed on between jurors. `ways[j, k]`: entries that j reads and k could read instead."""

    def __init__(self, instance: Instance) -> None:
        self.instance, self.free, self.need, self.room = instance, instance.free, instance.need, instance.room
        self.stands = instance.stands
        self.added = np.zeros_like(self.free)
        self.loads = np.zeros(len(instance.jurors), dtype=np.int64)  # readings added
        self.kept = self.stands.sum(axis=0)
        m = len(instance.jurors)
        self.ways = np.zeros((m, m), dtype=np.int64)

    def deal(self) -> Counts:
        """Gives every entry its readings; the entries in the order they were served, fewest possible readers first."""
        order: Counts = np.argsort(self.free.sum(axis=1), kind="stable")
        wishes = list(fitting(self.instance).values())
        for i in order:
            for _reading in range(self.need[i]):
                able = self.free[i] & ~self.added[i]
                ready = able & (self.loads < self.room)
                if ready.any():
                    self._give(int(i), self._lightest(int(i), ready, wishes))
                else:
                    self._make_room(int(i), able)
        return order

    def even(self) -> None:
        """Passes readings on until no juror could give one to somebody with two less."""
        settled = False
        while not settled:
            settled = True
            total = self.loads + self.kept
            for j in np.argsort(-total, kind="stable"):
                goal = (self.loads < self.room) & (total <= total[j] - 2)
                path = self._path(np.arange(len(total)) == j, goal) if goal.any() and self.loads[j] else []
                if path:
                    self._pass_on(path)
                    settled = False
                    break

    def _lightest(self, i: int, ready: Flags, wishes: list[Flags]) -> int:
        weight = (self.loads + self.kept).astype(float)
        reads = self.added[i] | self.stands[i]
        for fits, favour in zip(wishes, _FAVOURS, strict=False):
            if not (reads & fits[i]).any():
                weight -= favour * fits[i]
        if self.instance.standing is not None:
            weight -= _FAVOURS[-1] * self.instance.standing[i]
        at = np.flatnonzero(ready)
        return int(at[weight[at].argmin()])

    def _make_room(self, i: int, able: Flags) -> None:
        path = self._path(able, self.loads < self.room)
        if not path:
            raise RuleBroken(f"entry {i} lacks a reader")
        self._pass_on(path)
        self._give(i, path[0])

    def _path(self, sources: Flags, goal: Flags) -> list[int]:
        """The shortest path of jurors, each of whom can pass a reading on to the next; empty when there is none.

        On a shortest path no entry is passed on twice: whoever had it first could have given it to the last.
        """
        before = {int(j): -1 for j in np.flatnonzero(sources)}
        waiting = deque(before)
        while waiting:
            j = waiting.popleft()
            if goal[j]:
                path = [j]
                while before[path[-1]] >= 0:
                    path.append(before[path[-1]])
                return path[::-1]
            for k in np.flatnonzero(self.ways[j]):
                if int(k) not in before:
                    before[int(k)] = j
                    waiting.append(int(k))
        return []

    def _pass_on(self, path: list[int]) -> None:
        """Each juror of the path gives one entry to the next, all chosen before any is moved."""
        moved = [
            (int(np.flatnonzero(self.added[:, j] & self.free[:, k] & ~self.added[:, k])[0]), j, k)
            for j, k in pairwise(path)
        ]
        for i, j, k in moved:
            self._change(i, j, given=False)
            self._change(i, k, given=True)

    def _give(self, i: int, j: int) -> None:
        self._change(i, j, given=True)

    def _change(self, i: int, j: int, *, given: bool) -> None:
        """One reading more or less; the ways that go through the entry are counted again."""
        self.ways -= self._ways_through(i)
        self.added[i, j] = given
        self.loads[j] += 1 if given else -1
        self.ways += self._ways_through(i)

    def _ways_through(self, i: int) -> Counts:
        ways: Counts = np.outer(self.added[i], self.free[i] & ~self.added[i]).astype(np.int64)
        return ways


def _granted(instance: Instance, rows: Counts, before: Flags) -> Flags:
    """The best of one part with the same loads: what the program finds in its time, `before` when that is no better."""
    loads = before.sum(axis=0)
    part = Instance(
        tuple(instance.entries[i] for i in rows), instance.jurors, instance.readings, instance.forbidden[rows],
        instance.speaks[rows], instance.woman, instance.outside[rows], None, instance.stands[rows],
        None if instance.standing is None else instance.standing[rows],
    )  # fmt: skip
    found = Program(part, patience=PATIENCE).grant(Bound(loads, loads))
    return before if found is None or _worth(part, found.added) <= _worth(part, before) else found.added


def _worth(instance: Instance, added: Flags) -> tuple[int, ...]:
    """Entries that get each wish, the first before the second, then readings left as they were asked."""
    reads = added | instance.stands
    granted = [int((reads & fits).any(axis=1).sum()) for fits in fitting(instance).values()]
    return (*granted, 0 if instance.standing is None else int((added & instance.standing).sum()))


def _is_best(instance: Instance, added: Flags) -> bool:
    """Whether each wish is granted as often as a flow says that it can be, and nothing asked before was changed."""
    *granted, same = _worth(instance, added)
    if instance.standing is not None and same < int((instance.standing & instance.free).sum()):
        return False
    kept = instance.stands.sum(axis=0)
    heaviest = int(
        (added.sum(axis=0) + kept).max(initial=0)
    )  # the same in all loads of the least sum of squares
    room = np.minimum(instance.room, np.maximum(heaviest - kept, 0))
    return all(
        count >= _most_granted(instance, fits, room)
        for count, fits in zip(granted, fitting(instance).values(), strict=True)
    )


def _most_granted(instance: Instance, fits: Flags, room: Counts) -> int:
    """No assignment grants this wish to more entries: those who have it, and a reading each from jurors with room."""
    has = (instance.stands & fits).any(axis=1)
    wanting = ~has & (instance.need > 0)
    rows, columns = np.nonzero(fits & instance.free & wanting[:, None])
    n, m = fits.shape
    source, sink = n + m, n + m + 1
    tails = np.concatenate([np.full(n, source), rows, n + np.arange(m)])
    heads = np.concatenate([np.arange(n), n + columns, np.full(m, sink)])
    limits = np.concatenate([wanting, np.ones(len(rows)), room]).astype(np.int32)
    graph = csr_matrix((limits, (tails, heads)), shape=(n + m + 2, n + m + 2))
    return int(has.sum()) + int(maximum_flow(graph, source, sink).flow_value)


def broken_rules(instance: Instance, added: Flags) -> str:
    """The first rule that `added` breaks, empty when it keeps them all: looked at again, whatever found it."""
    loads = added.sum(axis=0)
    if (added & ~instance.free).any():
        return "a conflict, a language or a reading given twice"
    if (added.sum(axis=1) != instance.need).any():
        return "readings per entry"
    return "more than a juror can take" if (loads > instance.room).any() else ""
