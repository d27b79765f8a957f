"""The workbook while it is being laid out: its sheets, its assumptions by key, its lines by code."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from bpc.core.plan.frame import Frame
from bpc.core.plan.rules import Dated
from bpc.core.plan.schema import Estimate, Plan
from bpc.core.plan.simulation import Simulation
from bpc.portal.plans.workbook.formulas import Formula, If, Number, floor
from bpc.portal.plans.workbook.grid import Assumption, Pick, Row, Sheet

DAYS_A_MONTH = 30


@dataclass(slots=True)
class Section:
    """A part of the assumptions sheet."""

    title: str
    cells: list[Assumption] = field(default_factory=list)


class Book:
    """Everything the workbook says, before it is written: nothing here knows of colours or files."""

    def __init__(self, run: Simulation) -> None:
        self.run = run
        self.plan: Plan = run.plan
        self.frame: Frame = run.frame
        months, years = run.frame.months, len(run.frame.timeline.fiscal_years)
        self.sections: list[Section] = []
        self.cells: dict[str, Assumption] = {}
        self.names: set[str] = set()
        self.rhythms: dict[str, Row] = {}
        self.lines: dict[str, Row] = {}
        #: Legal figures that change during the plan: label, unit, style, months of change.
        self.changing: dict[str, tuple[str, str, str, list[int]]] = {}
        #: Share of the VAT on purchases that is deducted.
        self.deductible: Formula = Number(1)
        self.yearly_shapes = Sheet(_("Rythmes"), columns=self.plan.years, first=2)
        self.calendar_shapes = Sheet(_("Rythmes"), columns=12, first=2)
        self.moved_seasons = Sheet(_("Rythmes"), columns=12, first=2)
        self.monthly = Sheet(_("Mensuel"), columns=months)
        self.investments = Sheet(_("Investissements"), columns=months)
        self.loans = Sheet(_("Emprunts"), columns=months)
        self.closing = Sheet(_("Clôtures"), columns=years, first=3, uniform=False)
        self.annual = Sheet(_("Annuel"), columns=years, first=3, uniform=False)
        self.indicators_by_year = Sheet(_("Indicateurs"), columns=years, first=3, uniform=False)
        self.flow_by_year = Sheet(_("Indicateurs"), columns=self.plan.years, first=3)
        self.indicators = Sheet(_("Indicateurs"), columns=1, first=1)
        self.checks = Sheet(_("Contrôles"), columns=1, first=1)
        self.controls = Sheet(_("Contrôles"), columns=months)

    def __getitem__(self, key: str) -> Assumption:
        return self.cells[key]

    def section(self, title: str) -> None:
        """Begin a part of the assumptions."""
        self.sections.append(Section(title))

    def assume(self, key: str, label: str, number: Any, unit: str = "", **options: Any) -> Assumption:
        """A cell of the assumptions; an estimate brings its range, its confidence and its sources."""
        if isinstance(number, Estimate):
            sources = ", ".join(number.src)
            options = {
                "low": number.low,
                "high": number.high,
                "confidence": number.conf or "",
                "sources": sources,
                **options,
            }
            number = number.mode
        name = key.replace(".", "_").replace(":", "_")
        while name.lower() in self.names:
            name += "_"
        self.names.add(name.lower())
        cell = Assumption(name, label, number, unit, **options)
        self.cells[key] = cell
        self.sections[-1].cells.append(cell)
        return cell

    def derive(self, key: str, label: str, given: Formula, unit: str = "", **options: Any) -> Assumption:
        """A cell of the assumptions sheet that is calculated from the others."""
        return self.assume(key, label, None, unit, derived=given, **options)

    def derive_after(self, key: str, before: str, label: str, given: Formula) -> Assumption:
        """A calculated cell that could only be written once the rows it reads were laid, put under its kin."""
        section = next(part for part in self.sections if self[before] in part.cells)
        self.sections.append(section)
        cell = self.derive(key, label, given, style="share")
        self.sections.pop()
        section.cells.remove(cell)
        section.cells.insert(section.cells.index(self[before]) + 1, cell)
        return cell

    def days(self, key: str, label: str, number: float) -> None:
        """A payment term: the days entered, and the whole months and the part of a month they make."""
        cell = self.assume(key, label, number, _("jours"), style="count", limits=(-180, 720))
        whole = self.derive(
            f"{key}:mois", _("soit, en mois entiers"), floor(cell / DAYS_A_MONTH), _("mois"), style="count"
        )
        self.derive(
            f"{key}:part", _("et en part du mois suivant"), cell / DAYS_A_MONTH - whole, "", style="share"
        )

    def cover_days(self, key: str, label: str, number: float) -> None:
        """A stock cover, as `days` but never negative."""
        self.days(key, label, number)
        self[key].limits = (0, 360)

    def rule(self, name: str, label: str, unit: str, style: str = "rate") -> None:
        """A legal figure: one cell for each value it takes during the plan."""
        dated: Dated = getattr(self.frame.rules, name)
        start, months = self.frame.timeline.start, self.frame.months
        values = dated.over(start, months)
        changes = [t for t in range(months) if t == 0 or values[t] != values[t - 1]]
        for number, t in enumerate(changes):
            key = f"loi.{name}" if number == 0 else f"loi.{name}.{t + 1}"
            words = {"label": label, "month": t + 1}
            title = label if number == 0 else _("%(label)s, à partir du mois %(month)s") % words
            self.assume(key, title, float(values[t]), unit, style=style)
        if len(changes) > 1:
            self.changing[name] = (label, unit, style, changes[1:])

    def lay_changing_rules(self) -> None:
        """A row by month for each legal figure that changes during the plan."""
        for name, (label, unit, style, changes) in self.changing.items():
            value: Formula = self[f"loi.{name}"]
            for t in changes:
                value = If(self.rhythms["t"] >= t + 1, self[f"loi.{name}.{t + 1}"], value)
            row = self.monthly.row(label, value, unit=unit, style=style, sums=False)
            self.rhythms[f"loi.{name}"] = row

    def law(self, name: str, month: Formula | None = None) -> Formula:
        """A legal figure in the month of the formula, or in the month given."""
        row = self.rhythms.get(f"loi.{name}")
        if row is None:
            return self[f"loi.{name}"]
        return row if month is None else Pick(row.whole, month)

    def label(self, item: Any) -> str:
        """How an item is called: its name, or its code when it has none."""
        return str(getattr(item, "name", "") or getattr(item, "role", "") or item.id)
