"""The lines of a file of ideas as they can be taken in: those already taken in, or already above, are refused."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bpc.portal.gatherings.importing.rows import Line, LineReader
from bpc.portal.gatherings.models import IdeaImport, ImportedIdea
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.register.sheets import Reading, rows


def cells_of(row: IdeaImport) -> Iterator[tuple[int, list[Any]]]:
    """The lines of the file with their numbers, as cells. Raises UnreadableError."""
    return rows(Path(row.file.path), Reading.of(row.reading))


def lines_of(row: IdeaImport, actor: Any) -> Iterator[Line]:
    """Every line as `actor` may take it in, the second of two alike refused; what other files made is not looked at."""
    regions = None if is_administrator(actor) else frozenset(actor.regions_as(Role.DELEGATE))
    reader = LineReader(row.mapping, regions)
    above: set[str] = set()
    for number, cells in cells_of(row):
        line = reader.read(number, cells)
        if line.content is not None and line.digest in above:
            line = line.refused("title", "twice", line.content.title[:80])
        above.add(line.digest)
        yield line


def without_known(lines: Sequence[Line]) -> list[Line]:
    """The same lines, those that stand as ideas already refused with the code of the idea. One query."""
    asked = [line.digest for line in lines if line.content is not None]
    made = ImportedIdea.objects.filter(undone_at=None, digest__in=asked)
    known = dict(made.values_list("digest", "idea__reference"))
    return [
        line.refused("title", "already", known[line.digest])
        if line.content is not None and line.digest in known
        else line
        for line in lines
    ]


def findings(lines: Sequence[Line]) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """The numbers of these lines and what was found in them: the `counts` and the `report` of an import."""
    refused = [line for line in lines if line.content is None]
    again = sum(line.remarks[-1].code in {"already", "twice"} for line in refused)
    counts = {
        "read": len(lines),
        "made": len(lines) - len(refused),
        "again": again,
        "refused": len(refused) - again,
    }
    return counts, [{"line": line.number, **asdict(remark)} for line in lines for remark in line.remarks]


def added(*counts: dict[str, int]) -> dict[str, int]:
    """The numbers of several batches together.

    >>> added({"read": 2, "made": 0}, {"read": 3, "made": 1})
    {'read': 5, 'made': 1}
    """
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(total)
