"""A table copied from a spreadsheet, untrusted: its cells as changes of a family, with what is wrong row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from bpc.core.plan.problems import InvalidPlan, Problem
from bpc.core.text.folding import fold
from bpc.portal.foundation.writing import month_names
from bpc.portal.plans.paths import Document, with_changes
from bpc.portal.plans.reckoning import Reckoning, reckon
from bpc.portal.plans.refusal_words import written_refusal
from bpc.portal.web.plans.expert_additions import completed
from bpc.portal.web.plans.expert_choices import CHOICES
from bpc.portal.web.plans.expert_fields import Field, Kind
from bpc.portal.web.plans.expert_groups import Family
from bpc.portal.web.plans.expert_records import item_name, plain_at
from bpc.portal.web.plans.expert_telling import change_row
from bpc.portal.web.plans.expert_values import read_number, read_value

MOST_LETTERS, MOST_ROWS, MOST_COLUMNS = 60_000, 60, 40
_SIMPLE = frozenset({Kind.ESTIMATE, Kind.NUMBER, Kind.INTEGER, Kind.TEXT, Kind.YES_NO, Kind.CHOICE})
_YES = frozenset({"oui", "1", "x", "vrai", "yes", "نعم"})
_NO = frozenset({"non", "0", "faux", "no", "لا"})

#: A column: a field, and the month where it is one of twelve.
Column = tuple[Field, int | None]


@dataclass
class PastedRow:
    """A line of the table."""

    number: int
    name: str
    is_new: bool = False
    changes: list[dict[str, Any]] = field(default_factory=list)  # in words
    errors: list[str] = field(default_factory=list)


@dataclass
class Pasted:
    """The whole table: what it would change, and whether it can be saved."""

    rows: list[PastedRow] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)  # of the whole
    changes: dict[str, Any] = field(default_factory=dict)
    reckoning: Reckoning | None = None

    @property
    def faulty(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.errors) or any(row.errors for row in self.rows)


def read_paste(text: str, family: Family, whole: Document, stored: Document) -> Pasted:
    """What a pasted table asks for. `stored` is the plan's document, which the changes are tried on."""
    pasted = Pasted()
    if len(text) > MOST_LETTERS:
        pasted.errors.append(_("C’est trop long pour un tableau : collez-en une partie."))
        return pasted
    lines = [_cells(line) for line in text.replace("\x00", "").splitlines() if line.strip()]
    if not lines:
        pasted.errors.append(_("Collez au moins une ligne."))
        return pasted
    if len(lines) > MOST_ROWS or max(map(len, lines)) > MOST_COLUMNS:
        too_many = _("Trop de lignes ou de colonnes : %(rows)s lignes et %(columns)s colonnes au plus.")
        pasted.errors.append(too_many % {"rows": MOST_ROWS, "columns": MOST_COLUMNS})
        return pasted
    columns, start = _columns(lines[0], family)
    pasted.columns = [_column_words(one) for one in columns]
    owners: dict[str, PastedRow] = {}
    for number, cells in enumerate(lines[start:], start=start + 1):
        _read_row(number, cells, columns, family, whole, pasted, owners)
    if not pasted.faulty and pasted.changes:
        _try(pasted, family, stored, owners)
    return pasted


def _cells(line: str) -> list[str]:
    return [cell.strip().strip('"').strip() for cell in line.split("\t" if "\t" in line else ";")]


def _columns(first: Sequence[str], family: Family) -> tuple[list[Column | None], int]:
    """The columns by their headings; as on the page when the first line has none. And where the rows begin."""
    fields = [one for one in family.fields if one.kind in _SIMPLE and not one.each]
    known: dict[str, Column] = {fold(one.words): (one, None) for one in fields}
    twelve = next(
        (one for one in family.fields if one.twelve and one.name in {"seasonality", "month_weights"}), None
    )
    if twelve is not None:
        known |= {fold(name): (twelve, month) for month, name in enumerate(month_names())}
    found = [known.get(fold(cell.rstrip(" :"))) for cell in first]
    if fold(first[0]) == fold(_("Nom")) or sum(one is not None for one in found) * 2 >= max(len(first), 2):
        named = next(one for one in fields if one.name == family.label)
        return [found[0] or (named, None), *found[1:]], 1
    named_fields = {one.name: one for one in family.fields}
    plain: list[Column | None] = [(named_fields[name], None) for name in family.columns]
    if twelve is not None and len(first) == 13:
        plain = [plain[0], *((twelve, month) for month in range(12))]
    return plain[: len(first)], 0


def _column_words(column: Column | None) -> str:
    if column is None:
        return _("colonne laissée de côté")
    one, month = column
    return one.words if month is None else month_names()[month]


def _read_row(
    number: int, cells: Sequence[str], columns: Sequence[Column | None], family: Family, whole: Document,
    pasted: Pasted, owners: dict[str, PastedRow],
) -> None:  # fmt: skip
    row = PastedRow(number, cells[0][:160])
    pasted.rows.append(row)
    if not row.name:
        row.errors.append(_("La première cellule doit donner le nom."))
        return
    if fold(row.name) in {fold(one.name) for one in pasted.rows[:-1]}:
        row.errors.append(_("Ce nom est déjà dans le tableau collé."))
        return
    items = plain_at(whole, family.path) or ()
    item = next((one for one in items if fold(item_name(one)) == fold(row.name)), None)
    row.is_new = item is None
    values = _values(row, cells, columns, family)
    if row.errors:
        return
    if item is None:
        path = f"{family.path}.+{number}"
        made = completed(
            family,
            {family.label: row.name, **{name: value for name, value in values.items() if "." not in name}},
        )
        pasted.changes[path] = made
        owners[path] = row
        shown = [(f"{family.path}.+.{name}", value) for name, value in values.items()]
        row.changes = [change_row(path, None, value, whole, whole) for path, value in shown]
        return
    base = f"{family.path}.{item['id']}"
    owners[base] = row
    for name, value in values.items():
        _change(row, f"{base}.{name}", value, whole, pasted)


def _change(row: PastedRow, path: str, value: Any, whole: Document, pasted: Pasted) -> None:
    """A cell as a change of an item that is there; a range stays around its new number."""
    now = plain_at(whole, path)
    ranged = isinstance(now, Mapping) and "mode" in now and isinstance(value, int | float)
    if (now["mode"] if ranged else now) == value:
        return
    pasted.changes[f"{path}.mode" if ranged else path] = value
    row.changes.append(change_row(path, now["mode"] if ranged else now, value, whole, whole))


def _values(
    row: PastedRow, cells: Sequence[str], columns: Sequence[Column | None], family: Family
) -> dict[str, Any]:
    """The cells of a row by the name of their field; an empty one says nothing."""
    values: dict[str, Any] = {}
    months: dict[int, float] = {}
    season = ""
    for cell, column in zip(cells[1:], columns[1:], strict=False):
        if column is None or not cell:
            continue
        one, month = column
        try:
            if month is not None:
                months[month], season = float(read_number(cell)), one.name
            else:
                values[one.name] = _value(one, cell)
        except InvalidPlan as refusal:
            said = written_refusal(refusal.problems[0], {}).sentence
            row.errors.append(_("%(column)s, « %(cell)s » : %(said)s") % {
                "column": _column_words(column), "cell": cell[:40], "said": said})  # fmt: skip
    if months:
        values[season] = _season(row, months, percent=season == "seasonality")
    return values


def _season(row: PastedRow, months: Mapping[int, float], *, percent: bool) -> list[float]:
    """Twelve shares: in percent when they sum to far more than one."""
    if len(months) < 12:
        row.errors.append(_("Il faut les douze mois."))
    whole = [months.get(month, 0.0) for month in range(12)]
    return [value / 100 for value in whole] if percent and sum(whole) > 1.5 else whole


def _value(one: Field, cell: str) -> Any:
    if one.kind == Kind.YES_NO:
        answer = True if fold(cell) in _YES else False if fold(cell) in _NO else None
        if answer is None:
            raise InvalidPlan([Problem("E_bool_type")])
        return answer
    if one.kind == Kind.CHOICE:
        for code, words in CHOICES[one.pattern].items():
            if fold(cell) in {fold(str(words)), fold(str(code))}:
                return code
        raise InvalidPlan([Problem("E_literal_error")])
    if one.kind == Kind.ESTIMATE:
        return read_value(one, "", {".mode": cell})
    return read_value(one, "cell", {"cell": cell})


def _try(pasted: Pasted, family: Family, stored: Document, owners: Mapping[str, PastedRow]) -> None:
    """Calculate the plan with the table in it; what cannot be is told on its row."""
    changed = dict(stored)
    try:
        changed = with_changes(stored, pasted.changes)
        pasted.reckoning = reckon(changed)
    except InvalidPlan as refusal:
        known = {**owners, **_new_owners(pasted, family, changed, owners)}
        for problem in refusal.problems:
            said = written_refusal(problem, changed)
            row = next(
                (one for path, one in known.items() if f"{problem.path}.".startswith(f"{path}.")), None
            )
            sentence = f"{said.where} — {said.sentence}" if said.where else said.sentence
            (row.errors if row is not None else pasted.errors).append(sentence)


def _new_owners(
    pasted: Pasted, family: Family, changed: Document, owners: Mapping[str, PastedRow]
) -> dict[str, PastedRow]:
    """The rows of the items that were added, by the path they would have."""
    new = [path for path in pasted.changes if ".+" in path]
    items = plain_at(changed, family.path) or []
    tail = items[len(items) - len(new) :] if new else []
    return {f"{family.path}.{item.get('id')}": owners[path] for path, item in zip(new, tail, strict=False)}
