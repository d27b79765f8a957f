"""What was measured, judged and written as a table."""

from dataclasses import dataclass

from bench.cases import GROWTH, Case
from bench.server import Cost

_NOISE = 0.3  # ms; a difference smaller than this is no growth
_NAME = 38


@dataclass(frozen=True)
class Line:
    """One kind of page on one database: its cost at each number of ideas."""

    case: Case
    costs: tuple[Cost, ...]
    hello: float

    @property
    def growth(self) -> float:
        """Cost with the most ideas against cost with the fewest, database included."""
        return self.costs[-1].total / max(self.costs[0].total, 0.01)

    @property
    def hellos(self) -> float:
        """Cost with the most ideas, in hellos."""
        return self.costs[-1].server / self.hello

    def faults(self) -> list[str]:
        """The limits that do not hold."""
        found = []
        worst = max(cost.server for cost in self.costs)
        if self.case.limit_ms is not None and worst > self.case.limit_ms:
            found.append(f"{worst:.2f} ms, {self.case.limit}")
        if self.case.limit_hellos is not None and self.hellos > self.case.limit_hellos:
            found.append(f"{self.hellos:.2f} hellos, {self.case.limit}")
        if self.case.limit and self.growth > GROWTH and self.costs[-1].total - self.costs[0].total > _NOISE:
            found.append(f"grows {self.growth:.2f}×, ≤ {GROWTH}×")
        return found

    def text(self, with_database: bool) -> str:
        """The line of the table."""
        cells = "".join(f"{cost.server:>9.2f}" for cost in self.costs)
        cells += "".join(f"{cost.database:>9.2f}" for cost in self.costs) if with_database else ""
        verdict = "OVER" if self.faults() else "ok" if self.case.limit else ""
        return (
            f"{self.case.name:<{_NAME}}{cells}{self.hellos:>8.1f}{self.growth:>7.2f}× "
            f"{self.case.limit:>8}  {verdict}"
        ).rstrip()


def table(database: str, sizes: tuple[int, ...], lines: list[Line]) -> str:
    """The whole table, then one line per limit that does not hold."""
    with_database = any(cost.database for line in lines for cost in line.costs)
    heads = "".join(f"{size:>9,}" for size in sizes)
    databases = "".join(f"{f'db {size:,}':>9}" if size < 1e5 else f"{'db 100k':>9}" for size in sizes)
    head = (
        f"{'ms per request, by number of ideas':<{_NAME}}{heads}{databases if with_database else ''}"
        f"{'hellos':>8}{'growth':>8} {'limit':>8}"
    )
    faults = [f"OVER: {line.case.name}: {fault}" for line in lines for fault in line.faults()]
    title = f"{database}. Django's own hello, same server, same run: {lines[0].hello:.2f} ms"
    return "\n".join([title, head, *(line.text(with_database) for line in lines), *faults])
