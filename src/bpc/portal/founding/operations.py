"""What each member did with the cooperative in a year: written down by hand, or taken from a table, row by row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.db import transaction

from bpc.core.text.folding import fold
from bpc.portal.foundation.audit import record
from bpc.portal.founding.answers import Fault, UnlawfulAnswers, value_of
from bpc.portal.founding.models import CreationFile, FoundingMember
from bpc.portal.projects.actions import lock, touch
from bpc.portal.projects.mandates.visibility import filling
from bpc.portal.register.sheets import UnreadableError, as_text, inspect, rows, titles

MOST = Decimal(1_000_000_000)
MOST_LINES = 500  # a group, not a register
_NAMES = ("nom", "membre", "name", "الاسم", "العضو")
_AMOUNTS = (
    "operations",
    "opérations",
    "montant",
    "travail",
    "heures",
    "المعاملات",
    "المبلغ",
    "العمل",
    "الساعات",
)


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that cannot be taken: its line in the file, what was written there, a code for the words."""

    line: int
    code: str
    written: str = ""


@dataclass(slots=True)
class ReadOperations:
    """What a table says: amounts by the key of a member, and what is wrong, row by row."""

    amounts: dict[int, Decimal] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)


@transaction.atomic
def record_operations(
    *, file: CreationFile, amounts: Mapping[int, Decimal | None], actor: Any, at: Any
) -> int:
    """Write what members did in the year being closed; None is not known. Returns how many lines changed.

    Raises `UnlawfulAnswers`, `PermissionDenied`. The trail keeps how many, not how much.
    """
    project = lock(file.project)
    actor = filling(actor, project)
    row = CreationFile.objects.select_for_update().get(pk=file.pk)
    year = value_of(row.answers, "year_closed_on")
    if year is None:
        raise UnlawfulAnswers([Fault("year_closed_on", "year_needed", "68", {})])
    members = {one.pk: one for one in row.founders.all()}
    faults = [
        Fault(f"member-{pk}", "amount_of_member", "69", {"limit": MOST})
        for pk, amount in amounts.items()
        if pk not in members or (amount is not None and not Decimal(0) <= amount <= MOST)
    ]
    if faults:
        raise UnlawfulAnswers(faults)
    changed = []
    for pk, amount in amounts.items():
        member, closed = members[pk], None if amount is None else year
        if (member.operations, member.operations_of) != (amount, closed):
            member.operations, member.operations_of = amount, closed
            changed.append(member)
    if changed:
        FoundingMember.objects.bulk_update(changed, ["operations", "operations_of"])
        record(actor=actor, verb="record operations", obj=project, at=at, data={"number": len(changed)})
        touch(project, actor, at)
    return len(changed)


def read_operations(path: Path, members: Sequence[FoundingMember]) -> ReadOperations:
    """A CSV or XLSX of two columns, the member's name and the amount. Raises `UnreadableError` for the whole file."""
    reading = inspect(path)
    heads = [fold(one) for one in titles(path, reading)]
    name, amount = _column(heads, _NAMES), _column(heads, _AMOUNTS)
    if name is None or amount is None or name == amount:
        raise UnreadableError("no_columns")
    found, known = ReadOperations(), _by_name(members)
    seen: set[int] = set()
    for count, (line, cells) in enumerate(rows(path, reading)):
        if count == MOST_LINES:
            raise UnreadableError("too_many_rows", line)
        written = as_text(cells[name]) if name < len(cells) else ""
        people = known.get(fold(written), [])
        if len(people) != 1:
            code = "no_name" if not written else "unknown_name" if not people else "two_of_this_name"
            found.errors.append(RowError(line, code, written))
            continue
        if people[0] in seen:
            found.errors.append(RowError(line, "twice", written))
            continue
        seen.add(people[0])
        value = _amount(cells[amount] if amount < len(cells) else "")
        if value is None:
            found.errors.append(
                RowError(line, "no_amount", as_text(cells[amount]) if amount < len(cells) else "")
            )
        else:
            found.amounts[people[0]] = value
    return found


def _column(heads: Sequence[str], words: Iterable[str]) -> int | None:
    folded = [fold(word) for word in words]
    return next((rank for rank, head in enumerate(heads) if any(word in head for word in folded)), None)


def _by_name(members: Sequence[FoundingMember]) -> dict[str, list[int]]:
    known: dict[str, list[int]] = {}
    for one in members:
        for name in {fold(one.name_fr), fold(one.name_ar)} - {""}:
            known.setdefault(name, []).append(one.pk)
    return known


def _amount(cell: Any) -> Decimal | None:
    """A positive amount of two places at most, as a spreadsheet or a person writes it."""
    if isinstance(cell, bool):
        return None
    text = as_text(cell).replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace(",", ".")
    try:
        value = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value <= MOST else None
