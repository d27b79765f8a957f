"""The closing of each fiscal year: result, price complement, tax with its losses, sharing of the surplus."""

from django.utils.translation import gettext as _

from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.formulas import Formula, If, add_up, both, formula, least, most
from bpc.portal.plans.workbook.grid import Pick, Row
from bpc.portal.plans.workbook.years import YearSum


def lay_years(book: Book) -> None:
    """The rows of the closings, result first; their formulas follow in `fill_years` once the months are laid."""
    lines, sheet, years = book.lines, book.closing, book.frame.timeline.fiscal_years
    sheet.heading(_("Exercices"))
    given = {
        "number": (_("Exercice (numéro)"), [float(n + 1) for n in range(len(years))]),
        "first": (_("Premier mois du plan"), [float(year.first + 1) for year in years]),
        "last": (_("Dernier mois du plan"), [float(year.end) for year in years]),
        "closes": (_("Clos pendant le plan (1) ou non (0)"), [float(year.closes) for year in years]),
    }
    for code, (label, numbers) in given.items():
        lines[f"year.{code}"] = sheet.row(label, given=tuple(numbers), style="count", sums=False)
    for code in ("bonus", "tax", "result", "patronage", "share_interest"):
        lines[f"year.{code}"] = Row(sheet, 0, "", opening=formula(0))
    for number in range(1, 5):
        lines[f"year.tax_payment.{number}"] = Row(sheet, 0, "", opening=formula(0))


def _fill(book: Book, code: str, label: str, given: Formula, **options: bool) -> Row:
    """Give a row its place, its label and its formula; a row promised before is the same object."""
    sheet = book.closing
    row = book.lines.setdefault(f"year.{code}", Row(sheet, 0, ""))
    row.line, row.label, row.formula = sheet.next_line, label, given
    row.bold = options.get("bold", False)
    sheet.entries.append(row)
    sheet.next_line += 1
    return row


def fill_years(book: Book) -> None:
    """All closings."""
    lines, years = book.lines, book.frame.timeline.fiscal_years
    closes = lines["year.closes"].equals(1)
    book.closing.heading(_("Résultat et complément de prix"))
    before = YearSum(lines["result_before"], years) - YearSum(lines["overdraft_interest"], years)
    before_row = _fill(book, "before", _("Résultat avant compléments et impôt"), If(closes, before, 0))
    shares: list[Formula] = [
        book[f"complement.{item.id}"]
        for item in book.plan.inputs
        if item.from_members and item.member_price.kind == "floor_plus_bonus"
    ]
    bonus = _fill(book, "bonus", _("Complément de prix aux membres"), most(before_row, 0) * (add_up(shares)))
    _fill_tax(book, before_row, bonus)
    result = before_row - bonus - lines["year.tax"]
    _fill(book, "result", _("Résultat net de l’exercice clos"), result, bold=True)
    _fill_sharing(book)


def _exempt(book: Book, turnover: Row) -> Formula:
    tax = book.plan.tax
    if not tax.enabled or tax.activity == "collection":
        return formula(1)
    if tax.activity == "services":
        return formula(int(tax.services_choice == "exempt"))
    return If(turnover < book.law("exemption_turnover", book.lines["year.last"]), 1, 0)


def _fill_tax(book: Book, before: Row, bonus: Row) -> None:
    lines, years = book.lines, book.frame.timeline.fiscal_years
    last, closes = lines["year.last"], lines["year.closes"].equals(1)
    sales = YearSum(lines["sales_members"], years) + YearSum(lines["sales_third"], years)
    book.closing.heading(_("Impôt sur les sociétés"))
    turnover = _fill(book, "turnover", _("Chiffre d’affaires hors taxe"), sales)
    refunds = If(book["ristournes_deductibles"].equals(1), YearSum(lines["patronage"], years), 0)
    refunds_row = _fill(book, "deducted", _("Ristournes déduites"), refunds)
    result = _fill(book, "taxable", _("Résultat fiscal"), If(closes, before - bonus - refunds_row, 0))
    exempt = _fill(book, "exempt", _("Exonéré (1) ou imposable (0)"), If(closes, _exempt(book, turnover), 1))
    exempt.style = "count"
    base = _fill_losses(book, result, exempt)
    proportional = book.law("tax_rate", last) * base
    least_due = most(book.law("minimum_tax_rate", last) * turnover, book.law("minimum_tax_floor", last))
    old_enough = book["mois_immatriculation"] + last > book.law("minimum_tax_free_months", last)
    minimum = _fill(
        book,
        "minimum",
        _("Cotisation minimale"),
        If(both(exempt.equals(0), old_enough), least_due, 0),
    )
    due = _fill(book, "tax", _("Impôt dû"), If(exempt.equals(0), most(proportional, minimum), 0), bold=True)
    _fill_payments(book, due)


def _fill_losses(book: Book, result: Row, exempt: Row) -> Row:
    """Losses are used oldest first and forgotten after some years; what depreciation made never is."""
    lines, number = book.lines, book.lines["year.number"]
    years = len(book.frame.timeline.fiscal_years)
    kept = book.law("loss_years", lines["year.last"])
    lost = If(exempt.equals(0), most(0 - result, 0), 0)
    new = _fill(book, "lost", _("Perte fiscale de l’exercice"), lost)
    wear = YearSum(lines["depreciation"], book.frame.timeline.fiscal_years)
    from_wear = _fill(book, "lost_wear", _("dont amortissements, reportables sans limite"), least(new, wear))
    used: list[Formula] = []
    for vintage in range(0 if book.plan.opening is not None else 1, years):
        words = {"number": vintage}
        left = Row(book.closing, 0, "", sums=False)
        left.opening = book["ouverture.pertes"] if vintage == 0 else formula(0)
        usable = both(exempt.equals(0), number > vintage)
        profit = most(result, 0) - add_up(used) if used else most(result, 0)
        taken = _fill(
            book,
            f"used.{vintage}",
            _("Perte de l’exercice %(number)s : utilisée") % words,
            If(usable, least(profit, left.back()), 0),
        )
        lines[f"year.left.{vintage}"] = left
        after = If(number.equals(vintage), new - from_wear, left.back() - taken)
        after = If(number - vintage >= kept, 0, after)
        _fill(book, f"left.{vintage}", _("Perte de l’exercice %(number)s : reste") % words, after)
        used.append(taken)
    stock = lines["year.wear_left"] = Row(book.closing, 0, "", sums=False, opening=formula(0))
    profit = most(result, 0) - add_up(used) if used else most(result, 0)
    taken = _fill(
        book,
        "wear_used",
        _("Amortissements reportés : utilisés"),
        If(exempt.equals(0), least(profit, stock.back()), 0),
    )
    _fill(book, "wear_left", _("Amortissements reportés : reste"), stock.back() - taken + from_wear)
    base = profit - taken
    return _fill(book, "tax_base", _("Base imposable"), If(exempt.equals(0), base, 0))


def _fill_payments(book: Book, due: Row) -> None:
    """Four quarters of the tax due, the year's balance with the first; what was overpaid goes to the next."""
    credit = book.lines["year.tax_credit"] = Row(book.closing, 0, "", sums=False, opening=formula(0))
    due.opening = formula(0)
    carried: Formula = credit.back()
    labels = {
        1: _("Impôt : à payer le 3e mois suivant (solde et acompte)"),
        2: _("Impôt : à payer le 6e mois suivant"),
        3: _("Impôt : à payer le 9e mois suivant"),
        4: _("Impôt : à payer le 12e mois suivant"),
    }
    for number, label in labels.items():
        owed = due / 4 + (due - due.back()) - carried if number == 1 else due / 4 - carried
        row = _fill(book, f"tax_owed.{number}", _("Échéance d’impôt %(number)s") % {"number": number}, owed)
        _fill(book, f"tax_payment.{number}", label, most(row, 0))
        carried = most(0 - row, 0)
    _fill(book, "tax_credit", _("Crédit d’impôt à reporter"), carried)


def _fill_sharing(book: Book) -> None:
    """Law 112-12, articles 69 and 70: losses, legal reserve, education, interest, refunds, special reserve, rest."""
    lines, last, months = book.lines, book.lines["year.last"], book.frame.months
    book.closing.heading(_("Partage du résultat par l’assemblée générale"))
    agm = last + book["mois_assemblee"]
    held = _fill(
        book,
        "held",
        _("Assemblée tenue pendant le plan (1) ou non (0)"),
        If(both(lines["year.closes"].equals(1), agm <= months), 1, 0),
    )
    held.style = "count"
    capital = _fill(book, "capital", _("Capital à la clôture"), Pick(lines["capital"].whole, last))
    result = _fill(book, "to_share", _("Résultat à partager"), If(held.equals(1), lines["year.result"], 0))
    stocks = _reserves(book)
    deficit = _fill(book, "deficit", _("Déficit"), most(0 - result, 0))
    from_special = _fill(
        book, "from_special", _("pris sur la réserve spéciale"), least(deficit, stocks["special"].back())
    )
    from_legal = _fill(
        book,
        "from_legal",
        _("pris sur la réserve légale"),
        least(deficit - from_special, stocks["legal"].back()),
    )
    rest = deficit - from_special - from_legal
    from_carried = _fill(
        book, "from_carried", _("pris sur le report à nouveau"), least(rest, stocks["carried"].back())
    )
    new_losses = _fill(book, "new_losses", _("Pertes reportées"), rest - from_carried)
    absorbed = _fill(
        book,
        "absorbed",
        _("Pertes antérieures comblées"),
        least(most(result, 0), stocks["losses"].back()),
    )
    left = _fill(book, "surplus", _("Excédent à répartir"), most(result, 0) - absorbed)
    rate = book.law("legal_reserve_rate", least(agm, months))
    _fill_parts(book, stocks, capital, left, rate, from_legal)
    _fill_reserves(book, stocks, from_special, from_legal, from_carried, new_losses, absorbed)


def _reserves(book: Book) -> dict[str, Row]:
    names = ("legal", "special", "education", "carried", "losses")
    stocks = {name: Row(book.closing, 0, "", sums=False, opening=formula(0)) for name in names}
    if book.plan.opening is not None:
        stocks["legal"].opening = book["ouverture.reserve_legale"]
        stocks["special"].opening = book["ouverture.autres_reserves"]
        stocks["carried"].opening = most(book["ouverture.report"], 0)
        stocks["losses"].opening = most(0 - book["ouverture.report"], 0)
    for name, row in stocks.items():
        book.lines[f"year.stock.{name}"] = row
    return stocks


def _fill_parts(
    book: Book, stocks: dict[str, Row], capital: Row, left: Row, rate: Formula, from_legal: Row
) -> None:
    room = most(capital - (stocks["legal"].back() - from_legal), 0)
    legal = _fill(book, "legal", _("Réserve légale"), least(rate * left, room))
    education = _fill(
        book, "education", _("Fonds d’éducation"), least(book["partage.education"] * left, left - legal)
    )
    wanted = If(left > 0, book["partage.interet_parts"] * capital, 0)
    interest = _fill(book, "share_interest", _("Intérêts aux parts"), least(wanted, left - legal - education))
    rest = _fill(book, "rest", _("Reste à répartir"), left - legal - education - interest)
    refunds = _fill(book, "patronage", _("Ristournes aux membres"), book["partage.ristourne"] * rest)
    special = _fill(
        book,
        "special",
        _("Réserve spéciale"),
        least(book["partage.reserve_speciale"] * rest, rest - refunds),
    )
    _fill(book, "carried", _("Report à nouveau"), rest - refunds - special)


def _fill_reserves(
    book: Book,
    stocks: dict[str, Row],
    from_special: Row,
    from_legal: Row,
    from_carried: Row,
    new_losses: Row,
    absorbed: Row,
) -> None:
    lines = book.lines
    moves = {
        "legal": (_("Réserve légale après l’assemblée"), lines["year.legal"] - from_legal),
        "special": (_("Réserve spéciale après l’assemblée"), lines["year.special"] - from_special),
        "education": (_("Fonds d’éducation après l’assemblée"), lines["year.education"]),
        "carried": (_("Report à nouveau après l’assemblée"), lines["year.carried"] - from_carried),
        "losses": (_("Pertes reportées après l’assemblée"), new_losses - absorbed),
    }
    for name, (label, change) in moves.items():
        _fill(book, f"stock.{name}", label, stocks[name].back() + change, bold=True)
