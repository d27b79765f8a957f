"""Schedules of the loans, instalments rounded to the centime, month by month."""

from django.utils.translation import gettext as _

from bpc.core.plan.schema.funding import Loan
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.formulas import Formula, If, add_up, both, formula, least, most, rounded
from bpc.portal.plans.workbook.grid import Row


def lay_loans(book: Book) -> None:
    """Each loan, then all of them."""
    sheet = book.loans
    for loan in book.plan.loans:
        sheet.heading(book.label(loan), level=2)
        _lay_loan(book, loan)
    sheet.heading(_("Ensemble des emprunts"))
    labels = {
        "drawn": _("Déblocages"),
        "interest": _("Intérêts payés, TVA comprise"),
        "principal": _("Capital remboursé"),
        "capitalised": _("Intérêts ajoutés au capital"),
        "fees_paid": _("Frais payés"),
        "fees_expensed": _("Frais passés en charges"),
    }
    for code, label in labels.items():
        parts: list[Formula] = [book.lines[f"{code}.{loan.id}"] for loan in book.plan.loans]
        book.lines[f"debt.{code}"] = sheet.row(label, add_up(parts), bold=True)
    for lender, label in (
        ("bank", _("Reste dû aux banques")),
        ("members", _("Reste dû aux membres prêteurs")),
    ):
        owed = [book.lines[f"remaining.{loan.id}"] for loan in book.plan.loans if loan.lender == lender]
        row = sheet.row(
            label, add_up(list(owed)), bold=True, sums=False, opening=add_up([part.back(0) for part in owed])
        )
        book.lines[f"debt.{lender}"] = row


def _lay_loan(book: Book, loan: Loan) -> None:
    sheet, key = book.loans, loan.id
    months = book[f"mois_emprunt.{key}"]
    step = sheet.row(
        _("Échéance numéro"),
        book.rhythms["t"] - book[f"premier_mois.{key}"],
        style="count",
        sums=False,
    )
    drawn = sheet.row(_("Déblocage"), _drawn(book, loan))
    opening = book[f"deblocage.{key}.1"] if loan.existing else None
    owed = Row(sheet, 0, _("Capital restant dû"), sums=False, opening=opening, bold=True)
    counted = If(
        both(step >= 1, step <= months), rounded(owed.back() * book[f"taux_mois.{key}"], 2), formula(0)
    )
    interest = sheet.row(_("Intérêts du mois"), counted)
    added = If(step <= book[f"differe.{key}"], interest, 0) if loan.grace == "capitalised" else formula(0)
    capitalised = sheet.row(_("dont ajoutés au capital"), added)
    principal = _lay_principal(book, loan, step, interest, owed)
    after = owed.back() + drawn + capitalised - principal
    owed.formula = If(step >= 1, rounded(after, 2), after)
    owed.line = sheet.next_line
    sheet.entries.append(owed)
    sheet.next_line += 1
    paid = sheet.row(_("Intérêts payés hors TVA"), interest - capitalised)
    vat = sheet.row(_("TVA sur les intérêts"), paid * book[f"tva_interets.{key}"])
    sheet.row(_("Total payé au prêteur"), paid + vat + principal, bold=True)
    _lay_fees(book, loan)
    book.lines[f"drawn.{key}"] = drawn
    book.lines[f"interest.{key}"] = sheet.row(_("Intérêts payés, TVA comprise"), paid + vat)
    book.lines[f"principal.{key}"], book.lines[f"capitalised.{key}"] = principal, capitalised
    book.lines[f"remaining.{key}"] = owed


def _drawn(book: Book, loan: Loan) -> Formula:
    if loan.existing:
        return formula(0)
    t, key = book.rhythms["t"], loan.id
    numbers = range(1, len(loan.draws) + 1)
    return add_up(
        [If(t.equals(book[f"mois_deblocage.{key}.{n}"]), book[f"deblocage.{key}.{n}"], 0) for n in numbers]
    )


def _lay_principal(book: Book, loan: Loan, step: Row, interest: Row, owed: Row) -> Row:
    """The instalment is set once, at the end of the grace; the last one takes the whole balance."""
    sheet, key, months = book.loans, loan.id, book[f"mois_emprunt.{loan.id}"]
    before = owed.back()
    last = If(step.equals(months), before, 0)
    if loan.kind == "in_fine":
        return sheet.row(_("Capital remboursé"), last)
    grace, rate = book[f"differe.{key}"], book[f"taux_mois.{key}"]
    count = months - grace
    even = rounded(before / count, 2)
    if loan.kind == "annuity":
        annuity = rounded(before * rate / (1 - (1 + rate) ** (grace - months)), 2)
        even = If(rate.equals(0), even, annuity)
    label = (
        _("Échéance constante hors TVA") if loan.kind == "annuity" else _("Remboursement constant du capital")
    )
    each = sheet.row(label, sums=False, opening=formula(0))
    each.formula = If(step.equals(grace + 1), even, If(both(step > grace, step <= months), each.back(), 0))
    part = each - interest if loan.kind == "annuity" else each
    running = If(both(step > grace, step < months), least(most(part, 0), before), 0)
    return sheet.row(_("Capital remboursé"), If(step.equals(months), before, running))


def _lay_fees(book: Book, loan: Loan) -> None:
    sheet, key, t = book.loans, loan.id, book.rhythms["t"]
    start: Formula = formula(1) if loan.existing else book[f"premier_mois.{key}"]
    fees, months = book[f"frais.{key}"], book[f"mois_emprunt.{key}"]
    paid = sheet.row(_("Frais payés"), If(t.equals(start), fees, 0))
    book.lines[f"fees_paid.{key}"] = paid
    spread: Formula = paid
    if loan.spread_fees:
        spread = If(both(t >= start, t < start + months), fees / months, 0)
    book.lines[f"fees_expensed.{key}"] = sheet.row(_("Frais passés en charges"), spread)
