"""How much for us? The ceilings of a source times what the group counts, and its own part at a given cost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.datasets.funding_source_parts import Ceiling, SharePoint
from bpc.portal.foundation.writing import written_amount, written_number, written_percent
from bpc.portal.web.funding.boxes import NumberBox
from bpc.portal.web.funding.marks import Terms
from bpc.portal.web.funding.words import QUANTITIES, UNITS

_YEARLY = frozenset({"unit_year", "hectare_year"})
_LARGEST_COST, _LARGEST_COUNT = 1_000_000_000, 100_000


@dataclass(frozen=True)
class Step:
    """One line of the sum: what it is, the figures, the result."""

    label: str
    sum: str
    result: str


@dataclass(frozen=True)
class Shares:
    """A cost cut in three: the most the source pays, the least one brings, what is left to find. MAD.

    `own` and `left` are None where nothing is said of the own contribution. `in_kind`: of `own`, in kind at the most.
    """

    cost: float
    paid: float
    own: float | None
    left: float | None
    in_kind: float | None


class CalculatorForm(forms.Form):
    """The cost and the quantities that this source counts by, and no other question."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any], terms: Terms) -> None:
        super().__init__(data, auto_id="sum-%s")
        if asks_cost(terms):
            label = gettext_lazy("Coût du projet, taxes comprises (MAD)")
            self.fields["cout"] = NumberBox(label=label, least=1, most=_LARGEST_COST)
        for unit in counted_units(terms):
            self.fields[unit] = NumberBox(label=QUANTITIES[unit], most=_LARGEST_COUNT)
        self.full_clean()
        self.typed = any(data.get(name) for name in self.fields)
        for box in self.fields.values():
            box.required = True  # from here on only for the eye: no "(optional)" beside each

    @property
    def cost(self) -> float | None:
        """The cost typed, None for none or a wrong one."""
        value = self.cleaned_data.get("cout")
        return float(value) if value else None

    @property
    def quantities(self) -> dict[str, float]:
        """What was counted, by unit."""
        return {
            name: float(value)
            for name, value in self.cleaned_data.items()
            if name in QUANTITIES and value is not None
        }


def counted_units(terms: Terms) -> list[str]:
    """The units of its ceilings whose number a group knows, each once."""
    holder = terms.holder("ceilings")
    ceilings = holder.ceilings if holder is not None else ()
    return list(dict.fromkeys(one.per for one in ceilings if one.per in QUANTITIES and one.amount_mad))


def asks_cost(terms: Terms) -> bool:
    """Whether the cost of the project decides anything."""
    paths = ("cost_share.max_pct", "cost_share.by_cost", "own_contribution.min_pct")
    return any(terms.holder(path) is not None for path in paths)


def ceiling_steps(terms: Terms, quantities: Mapping[str, float]) -> list[Step]:
    """Each ceiling that was counted: amount × number (× years) = result."""
    holder = terms.holder("ceilings")
    return [] if holder is None else list(_counted(holder.ceilings, quantities))


def _counted(ceilings: tuple[Ceiling, ...], quantities: Mapping[str, float]) -> Iterator[Step]:
    for one in ceilings:
        if one.amount_mad is None or one.per not in quantities:
            continue
        number = min(quantities[one.per], one.units or quantities[one.per])
        years = (one.years or 1) if one.per in _YEARLY else 1
        figures = f"{written_amount(one.amount_mad)} × {_plain(number)}"
        if years != 1:
            figures = _("%(sum)s × %(years)s ans") % {"sum": figures, "years": _plain(years)}
        yield Step(str(UNITS[one.per]), figures, written_amount(ceiling_total(one, quantities[one.per])))


def ceiling_total(ceiling: Ceiling, number: float) -> float:
    """The most a unit ceiling gives for so many units, MAD.

    >>> ceiling_total(Ceiling(per="hectare", amount_mad=38000, units=5), 8)
    190000.0
    >>> ceiling_total(Ceiling(per="unit_year", amount_mad=10000, years=3), 1)
    30000.0
    """
    counted = min(number, ceiling.units or number)
    years = (ceiling.years or 1) if ceiling.per in _YEARLY else 1
    return float((ceiling.amount_mad or 0) * counted * years)


def own_share_at(points: tuple[SharePoint, ...], cost: float) -> float:
    """The own contribution at a cost, percent: straight lines between the points, level outside them.

    >>> line = (SharePoint(cost_mad=100000, own_pct=5), SharePoint(cost_mad=625000, own_pct=20))
    >>> own_share_at(line, 50000), own_share_at(line, 362500), own_share_at(line, 900000)
    (5.0, 12.5, 20.0)
    """
    if cost <= points[0].cost_mad:
        return float(points[0].own_pct)
    for before, after in pairwise(points):
        if cost <= after.cost_mad:
            along = (cost - before.cost_mad) / (after.cost_mad - before.cost_mad)
            return float(before.own_pct + along * (after.own_pct - before.own_pct))
    return float(points[-1].own_pct)


def shares_of(terms: Terms, cost: float) -> Shares:
    """How a cost is cut: the source pays its share up to its stated ceiling, the group at least its own part."""
    paid, own = cost, None
    if holder := terms.holder("cost_share.by_cost"):
        own = cost * own_share_at(holder.cost_share.by_cost, cost) / 100
        paid = cost - own
    elif holder := terms.holder("own_contribution.min_pct"):
        own = cost * (holder.own_contribution.min_pct or 0) / 100
        paid = cost - own
    if holder := terms.holder("cost_share.max_pct"):
        paid = min(paid, cost * (holder.cost_share.max_pct or 0) / 100)
    cap = terms.holder("amounts.max_mad")
    if cap is not None and cap.ceiling_mad is not None:
        paid = min(paid, cap.ceiling_mad)
    in_kind = None
    kind = terms.holder("own_contribution.in_kind_max_pct")
    if kind is not None and own is not None:
        in_kind = own * (kind.own_contribution.in_kind_max_pct or 0) / 100
    left = None if own is None else max(0.0, cost - paid - own)
    return Shares(cost, paid, own, left, in_kind)


def share_lines(shares: Shares) -> list[tuple[str, str]]:
    """The same in words, pairs (what, how much)."""

    def written(value: float) -> str:
        return f"{written_amount(value)} ({written_percent(100 * value / shares.cost)})"

    lines = [(_("La source paie au plus"), written(shares.paid))]
    if shares.own is not None:
        lines.append((_("Vous apportez au moins"), written(shares.own)))
    if shares.in_kind is not None:
        lines.append((_("dont en nature, au plus"), written_amount(shares.in_kind)))
        lines.append((_("donc en argent, au moins"), written_amount((shares.own or 0) - shares.in_kind)))
    if shares.left:
        lines.append((_("Reste à trouver ailleurs"), written(shares.left)))
    if shares.own is None and shares.paid < shares.cost:
        lines.append((_("Reste à payer autrement"), written(shares.cost - shares.paid)))
    return lines


def _plain(value: float) -> str:
    return written_number(value, 0 if value == int(value) else 2)
