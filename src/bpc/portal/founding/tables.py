"""The tables papers draw: founders and their shares, who attends, what the file holds, how a surplus is shared."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy

from bpc.datasets.founding import Clause
from bpc.portal.foundation.typesetting.piece_parts import Table
from bpc.portal.foundation.writing import written_date, written_number
from bpc.portal.founding.answers import value_of
from bpc.portal.founding.models import FoundingMember
from bpc.portal.founding.sharing import sharing_of
from bpc.portal.founding.states import ON_THE_BOARD, RUNS, Office
from bpc.portal.founding.sums import lines_of, total
from bpc.portal.founding.values import FOUNDER_LABELS, Gap, Values, founder_words

_FIGURES = frozenset({"shares", "subscribed", "in_kind", "cash", "paid", "cash_paid", "left"})
_BY_HAND = frozenset({"identity", "sign", "entered", "left_on", "receipt"})  # written on the paper
_WIDTHS = {"number": 3, "name": 9, "profession": 7, "address": 11, "identity": 9, "sign": 9, "office": 9,
           "shares": 5, "entered": 7, "left_on": 7, "receipt": 7}  # fmt: skip
_OTHER_WIDTH = 7
_SHARED = ("operations", "interest", "refund", "total")
_ROWS = {
    "sharing": None,  # every member, with what the year gives
    "founders": None,
    "contributors": None,  # those who bring goods
    "board": ON_THE_BOARD,
    "managing": RUNS,  # who answers article 65
    "leaders": (*ON_THE_BOARD, Office.MANAGER, Office.SUPERVISOR),
}


def table_of(clause: Clause, values: Values) -> tuple[Table, list[Gap]]:
    """The table a clause asks for, and what it lacks."""
    if clause.table == "sharing":
        return _sharing_table(clause, values)
    offices = _ROWS[clause.table]
    rows = [one for one in values.founders if offices is None or one.office in offices]
    if clause.table == "contributors":
        rows = [one for one in rows if one.in_kind]
    codes = [code for code, _ in clause.columns]
    gaps = [gap for row in rows if (gap := _gap(row, codes, values)) is not None]
    words = [_row(rank, row, codes, values) for rank, row in enumerate(rows, start=1)]
    if clause.total and rows:
        words.append(_totals(rows, codes, clause.total, values))
    return (
        Table(
            caption="", head=tuple(label for _, label in clause.columns), rows=tuple(words),
            totalled=bool(clause.total and rows), shares=tuple(_WIDTHS.get(code, _OTHER_WIDTH) for code in codes),
            far=tuple(code in _FIGURES for code in codes), tall=bool(_BY_HAND & set(codes)),
        ),
        gaps,
    )  # fmt: skip


def _sharing_table(clause: Clause, values: Values) -> tuple[Table, list[Gap]]:
    """What each member receives; nothing is written while it is not known."""
    shared = sharing_of(values.answers, values.everybody)
    rows = [
        (
            str(rank),
            one.member.name_in(values.language),
            *map(_figure, (one.operations, one.interest, one.refund, one.total)),
        )
        for rank, one in enumerate(shared.rows, start=1)
    ]
    if rows:
        sums = (total(one.operations for one in shared.rows), *((shared.interest, shared.refunds,
                shared.interest + shared.refunds) if shared.is_shared else (None,) * 3))  # fmt: skip
        rows.append(("", clause.total, *map(_figure, sums)))
    gaps = [] if shared.is_shared else [Gap("sharing", label=gettext_lazy("le partage par membre"))]
    codes = [code for code, _ in clause.columns]
    table = Table(
        caption="", head=tuple(label for _, label in clause.columns), rows=tuple(rows), totalled=bool(rows),
        shares=tuple(_WIDTHS.get(code, _OTHER_WIDTH) for code in codes), far=tuple(code in _SHARED for code in codes),
        tall=False,
    )  # fmt: skip
    return table, gaps


def _row(rank: int, founder: FoundingMember, codes: Sequence[str], values: Values) -> tuple[str, ...]:
    return tuple(_cell(rank, founder, code, values) for code in codes)


def _cell(rank: int, founder: FoundingMember, code: str, values: Values) -> str:
    if code == "number":
        return str(rank)
    if code in ("entered", "left_on"):
        day = (
            founder.left_on
            if code == "left_on"
            else founder.entered_on or value_of(values.answers, "registered_on")
        )
        return "" if day is None else written_date(day)
    if code in _BY_HAND:
        return ""
    if code == "office" and founder.office:
        return str(OFFICE_TITLES[Office(founder.office)])
    share_value = value_of(values.answers, "share_value")
    if code == "cash_paid":
        return _figure(founder.cash_paid)
    if code in ("subscribed", "in_kind", "cash", "paid", "left"):
        lines = lines_of(founder, share_value)
        known = {"left": _left(lines.subscribed, lines.paid)}.get(code, getattr(lines, code, None))
        return _figure(known)
    return founder_words(code, founder, share_value, values.language)


def _left(subscribed: Decimal | None, paid: Decimal | None) -> Decimal | None:
    return None if subscribed is None or paid is None else subscribed - paid


def _figure(value: Decimal | None) -> str:
    """The unit stands in the head of the column; an unknown leaves the cell empty, to be written."""
    return "" if value is None else written_number(value, 0 if value == value.to_integral_value() else 2)


def _gap(founder: FoundingMember, codes: Sequence[str], values: Values) -> Gap | None:
    """What this row lacks, in one line."""
    asked = [code for code in codes if code not in _BY_HAND and code != "number"]
    lacking = dict.fromkeys(FOUNDER_LABELS[code] for code in asked if not _cell(0, founder, code, values))
    if not lacking:
        return None
    return Gap(founder=founder.pk, name=founder.name_in(values.language), lacks=tuple(lacking))


def _totals(
    rows: Sequence[FoundingMember], codes: Sequence[str], label: str, values: Values
) -> tuple[str, ...]:
    share_value = value_of(values.answers, "share_value")
    lines = [lines_of(founder, share_value) for founder in rows]
    sums = {
        "shares": total(founder.shares for founder in rows),
        "subscribed": total(one.subscribed for one in lines),
        "in_kind": total(one.in_kind for one in lines),
        "cash": total(one.cash for one in lines),
        "paid": total(one.paid for one in lines),
        "cash_paid": total(founder.cash_paid for founder in rows),
        "left": total(_left(one.subscribed, one.paid) for one in lines),
    }
    named = "name" if "name" in codes else codes[0]
    return tuple(label if code == named else _figure(sums.get(code)) for code in codes)


#: A function as a paper to be signed names it, whoever holds it.
OFFICE_TITLES = {
    Office.NONE: gettext_lazy("Membre"), Office.CHAIR: gettext_lazy("Présidence"),
    Office.VICE_CHAIR: gettext_lazy("Vice-présidence"),
    Office.SECRETARY: gettext_lazy("Secrétariat"),
    Office.TREASURER: gettext_lazy("Trésorerie du conseil"),
    Office.DIRECTOR: gettext_lazy("Membre du conseil"), Office.MANAGER: gettext_lazy("Gérance"),
    Office.SUPERVISOR: gettext_lazy("Comité de surveillance"),
}  # fmt: skip
