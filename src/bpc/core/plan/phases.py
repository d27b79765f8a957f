"""When each phase of the works begins: after the one it waits for."""

from collections.abc import Iterable

from bpc.core.plan.schema.operations import Phase


class CyclicPhases(ValueError):
    """Phases that wait for one another in a circle; `circle` names them."""

    def __init__(self, circle: list[str]) -> None:
        super().__init__(" → ".join(circle))
        self.circle = circle


def start_months(phases: Iterable[Phase]) -> dict[str, int]:
    """The month (t) in which each phase ends, when what waits for it may begin.

    An item with `phase="works"` begins when the works are done. Raises CyclicPhases, or KeyError for an unknown name.

    >>> start_months([Phase(id="works", months=6), Phase(id="trials", months=2, after="works")])
    {'works': 6, 'trials': 8}
    """
    known = {phase.id: phase for phase in phases}
    ends: dict[str, int] = {}
    for name in known:
        chain: list[str] = []
        current: str | None = name
        while current is not None and current not in ends:
            if current in chain:
                raise CyclicPhases(chain[chain.index(current) :])
            chain.append(current)
            current = known[current].after
        for waiting in reversed(chain):
            after = known[waiting].after
            ends[waiting] = (ends[after] if after is not None else 0) + known[waiting].months
    return ends
