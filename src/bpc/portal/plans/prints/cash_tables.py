"""Cash by month in the first year, by quarter in the second, by year after; and what pays for the beginning."""

from collections.abc import Sequence

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bpc.core.plan.arrays import Floats
from bpc.core.plan.simulation import Simulation
from bpc.core.plan.statements import cash_flow
from bpc.portal.foundation.writing import written_amount
from bpc.portal.plans.line_words import CASH
from bpc.portal.plans.prints.amounts import Amounts
from bpc.portal.plans.prints.blocks import Block, paragraph, row, table, year_table
from bpc.portal.plans.problem_words import month_written

_SUBTOTALS = ("operations", "change")
_BALANCES = ("opening_cash", "closing_cash")


def first_year_table(run: Simulation, amounts: Amounts) -> Block:
    """Every month of the first year, and their total."""
    spans = [(month, month + 1) for month in range(12)] + [(0, 12)]
    labels = [month_label(run, month) for month in range(12)] + [_("Total")]
    return _cash_table(run, amounts, _("Trésorerie de la première année, par mois"), labels, spans)


def second_year_table(run: Simulation, amounts: Amounts) -> Block | None:
    """The quarters of the second year."""
    if run.plan.years < 2:
        return None
    spans = [(month, month + 3) for month in range(12, 24, 3)] + [(12, 24)]
    labels = [
        _("%(first)s à %(last)s") % {"first": month_label(run, a), "last": month_label(run, b - 1)}
        for a, b in spans[:-1]
    ]
    caption = _("Trésorerie de la deuxième année, par trimestre")
    return _cash_table(run, amounts, caption, [*labels, _("Total")], spans)


def later_years_table(run: Simulation, amounts: Amounts) -> Block | None:
    """Years of twelve months from the third on."""
    if run.plan.years < 3:
        return None
    spans = [(12 * year, 12 * year + 12) for year in range(2, run.plan.years)]
    labels = [_("Année %(number)s") % {"number": year + 1} for year in range(2, run.plan.years)]
    return _cash_table(run, amounts, _("Trésorerie des années suivantes"), labels, spans)


def month_label(run: Simulation, month: int) -> str:
    """A month in a narrow column: « 03/2027 », or its number in a plan of no particular year."""
    if not run.plan.dated:
        return _("M%(number)s") % {"number": month + 1}
    here = run.plan.first_month.plus(month)
    return f"{here.month:02d}/{here.year}"


def _cash_table(
    run: Simulation, amounts: Amounts, caption: str, labels: Sequence[str], spans: Sequence[tuple[int, int]]
) -> Block:
    rows = []
    for code, monthly in cash_flow(run).items():
        cells = _cells(code, monthly[:, 0], spans)
        if code in (*_SUBTOTALS, *_BALANCES) or np.abs(cells).max() >= 0.5:
            kind = "sub" if code in _SUBTOTALS else "total" if code == "closing_cash" else "line"
            rows.append(row(kind, _signed(code), *amounts.each(cells)))  # type: ignore[arg-type]  # a kind of row
    return year_table(amounts.beside(caption), ["", *labels], rows)


def _cells(code: str, monthly: Floats, spans: Sequence[tuple[int, int]]) -> list[float]:
    if code == "opening_cash":
        return [float(monthly[first]) for first, _end in spans]
    if code == "closing_cash":
        return [float(monthly[end - 1]) for _first, end in spans]
    return [float(monthly[first:end].sum()) for first, end in spans]


_MONEY_IN = frozenset(
    {"receipts", "operating_grants", "disposals", "shares", "investment_grants", "loans_drawn"}
)
_PLAIN = frozenset({"operations", "change", "opening_cash", "closing_cash", "overdraft_change"})


def _signed(code: str) -> str:
    """The line with the sign it counts with."""
    words = str(CASH[code])
    if code in _PLAIN:
        return words
    return f"+ {words}" if code in _MONEY_IN else f"− {words}"


def start_months(run: Simulation) -> int:
    """How long the beginning lasts: a year, or until the last investment or money to come within two years."""
    plan = run.plan
    events = [asset.month for asset in plan.assets] + [grant.cash_month for grant in plan.grants]
    events += [draw.month for loan in plan.loans for draw in loan.draws]
    events += [
        entry.month + call.after_months for entry in plan.shares.subscriptions for call in plan.shares.calls
    ]
    latest = max((event + 1 for event in events if event < 24), default=12)
    return min(max(12, latest), plan.months)


def financing_lines(run: Simulation) -> tuple[dict[str, float], dict[str, float]]:
    """Uses and resources of the beginning, MAD: both sums are equal, as cash is what came less what went."""
    end = start_months(run)
    rows = {code: float(amounts[:end, 0].sum()) for code, amounts in cash_flow(run).items()}
    in_kind = float(run.investments.in_kind[:end, 0].sum())
    closing = float(run.closing.cash[end - 1, 0])
    opening = run.plan.opening.cash if run.plan.opening else 0.0
    drawn = {"bank": 0.0, "members": 0.0}
    for loan in run.plan.loans:
        if not loan.existing:
            drawn[loan.lender] += sum(draw.amount for draw in loan.draws if draw.month < end)
    service = rows["loan_principal"] + rows["loan_interest"] + rows["overdraft_interest"]
    uses = {
        _("Investissements"): rows["investments"] + in_kind,
        _("Frais de dossier des emprunts"): rows["loan_fees"],
        _("Démarrage : stocks, crédits aux clients, premières dépenses"): max(0.0, -rows["operations"]),
        _("Emprunts : capital et intérêts payés sur la période"): service,
        _("Parts remboursées, intérêts aux parts et ristournes"): (
            rows["share_refunds"] + rows["share_interest"] + rows["patronage"]
        ),
        _("Trésorerie à la fin de la période"): max(0.0, closing) + max(0.0, -opening),
    }
    resources = {
        _("Parts sociales versées par les membres"): rows["shares"],
        _("Apports en nature des membres"): in_kind,
        _("Subventions d’investissement reçues"): rows["investment_grants"],
        _("Emprunts auprès des banques"): drawn["bank"],
        _("Emprunts auprès des membres"): drawn["members"],
        _("Découvert bancaire utilisé"): rows["overdraft_change"],
        _("Argent dégagé par l’activité"): max(0.0, rows["operations"]),
        _("Vente de matériel usagé"): rows["disposals"],
        _("Trésorerie de départ"): max(0.0, opening),
        _("Argent qui manque encore"): max(0.0, -closing),
    }
    return uses, resources


def financing_blocks(run: Simulation, amounts: Amounts) -> list[Block]:
    """The financing plan: what the beginning costs and who pays, and how low cash goes meanwhile."""
    uses, resources = financing_lines(run)
    end = start_months(run)
    whole = sum(uses.values())

    def rows(parts: dict[str, float], total: str) -> list[Block]:
        kept = [(name, amount) for name, amount in parts.items() if abs(amount) >= 0.5]
        lines = [row("line", name, amounts.written(amount), _share(amount, whole)) for name, amount in kept]
        return [
            *lines,
            row("total", total, amounts.written(sum(parts.values())), _share(sum(parts.values()), whole)),
        ]

    head = [_("Poste"), amounts.unit, _("part")]
    period = ngettext("Emplois du premier mois", "Emplois des %(count)s premiers mois", end) % {"count": end}
    period_in = ngettext("Ressources du premier mois", "Ressources des %(count)s premiers mois", end) % {
        "count": end
    }
    widths = ("label", "number", "number")
    cash = run.closing.cash[:end, 0]
    lowest = int(cash.argmin())
    note = _("Sur cette période, la trésorerie la plus basse est de %(amount)s (%(month)s).") % {
        "month": month_written(run.plan, lowest),
        "amount": written_amount(float(cash[lowest])),
    }
    return [
        table(head, rows(uses, _("Total des emplois")), widths=widths, caption=period),
        table(head, rows(resources, _("Total des ressources")), widths=widths, caption=period_in),
        paragraph(note),
    ]


def _share(amount: float, whole: float) -> str:
    return f"{round(100 * amount / whole)}\u202f%" if whole else "–"
