"""Each loan: its terms, and what is drawn, paid and still owed year after year."""

from django.utils.translation import gettext as _

from bpc.core.plan.loans import effective_rate, schedule
from bpc.core.plan.schema.funding import Loan
from bpc.core.plan.simulation import Simulation
from bpc.portal.foundation.typesetting.characters import drawable
from bpc.portal.foundation.wording import enumerated
from bpc.portal.foundation.writing import written_amount, written_duration, written_percent
from bpc.portal.plans.prints.amounts import Amounts, Years
from bpc.portal.plans.prints.blocks import Block, heading, paragraph, row, table
from bpc.portal.plans.problem_words import month_written


def loan_blocks(run: Simulation, amounts: Amounts) -> list[Block]:
    """A title, the terms in a sentence and a table for each loan; a sentence when there is none."""
    if not run.plan.loans:
        return [paragraph(_("Le plan ne prévoit aucun emprunt."))]
    return [block for loan in run.plan.loans for block in _loan(run, loan, amounts)]


def _loan(run: Simulation, loan: Loan, amounts: Amounts) -> list[Block]:
    plan = schedule(loan, run.frame.months)
    years = Years(run)
    drawn, principal = (years.flow(amount[:, None]) for amount in (plan.drawn, plan.principal))
    interest = years.flow((plan.interest + plan.interest_vat)[:, None])
    added = years.flow(plan.capitalised[:, None])
    left = years.end(plan.remaining[:, None])
    rows = [
        row("line", label, *amounts.each(cells))
        for label, *cells in zip(years.labels, drawn, interest, added, principal, left, strict=True)
        if any(abs(cell) >= 0.005 for cell in cells)
    ]
    totals = [float(column.sum()) for column in (drawn, interest, added, principal)]
    rows.append(row("total", _("Total sur le plan"), *amounts.each(totals), ""))
    head = [
        amounts.beside(_("Exercice")),
        _("Somme reçue"),
        _("Intérêts payés, TVA comprise"),
        _("Intérêts ajoutés"),
        _("Capital remboursé"),
        _("Reste dû à la fin"),
    ]
    widths = ("label", *["number"] * 5)
    name = drawable(loan.name, 120) or loan.id
    return [
        heading(name),
        paragraph(_terms(run, loan), kept=True),
        table(head, rows, widths=widths, small=True),
    ]


def _terms(run: Simulation, loan: Loan) -> str:
    kind = {
        "annuity": _("mensualités égales"),
        "constant_principal": _("capital constant"),
        "in_fine": _("capital remboursé à la fin"),
    }[loan.kind]
    lender = (
        _("Prêt des membres : %(amount)s") if loan.lender == "members" else _("Prêt bancaire : %(amount)s")
    )
    first = min(draw.month for draw in loan.draws)
    since = (
        _("déjà en cours")
        if loan.existing
        else _("reçu : %(month)s") % {"month": month_written(run.plan, first)}
    )
    parts = [
        lender % {"amount": written_amount(sum(draw.amount for draw in loan.draws))},
        since,
        _("taux de %(rate)s par an") % {"rate": written_percent(100 * loan.annual_rate, 2)},
        written_duration(loan.months),
        kind,
    ]
    if loan.grace_months:
        grace = _("intérêts ajoutés au prêt") if loan.grace == "capitalised" else _("intérêts payés")
        parts.append(
            _("différé de %(time)s, %(grace)s")
            % {"time": written_duration(loan.grace_months), "grace": grace}
        )
    if loan.fees:
        parts.append(_("frais de %(amount)s") % {"amount": written_amount(loan.fees)})
    effective = effective_rate(loan)
    if effective is not None:
        rate = written_percent(100 * effective, 2)
        parts.append(_("taux effectif, frais et TVA compris : %(rate)s") % {"rate": rate})
    return f"{enumerated(parts)}."
