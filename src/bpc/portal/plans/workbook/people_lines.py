"""Break-even, members' income, jobs and dealings with third parties, by fiscal year."""

from django.utils.translation import gettext as _

from bpc.core.plan.schema.operations import Position
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.formulas import (
    Call,
    Formula,
    If,
    Words,
    add_up,
    formula,
    least,
    most,
    product_sum,
    total,
)
from bpc.portal.plans.workbook.grid import Pick, Row, Span
from bpc.portal.plans.workbook.indicator_lines import last_year, put
from bpc.portal.plans.workbook.years import YearSum


def lay_margins(book: Book) -> None:
    """Margin, fixed costs and the month in which the year's margin pays for them."""
    lines, sheet = book.lines, book.monthly
    sheet.heading(_("Seuil de rentabilité et revenu des membres"))
    variable = [lines[f"income.{code}"] for code in _VARIABLE]
    lines["variable"] = sheet.row(_("Charges variables"), add_up(list(variable)))
    paid = [lines[f"income.{code}"] for code in ("external", "wages", "employer_charges", "interest")]
    lines["cash_fixed"] = sheet.row(
        _("Charges fixes à payer"), add_up(list(paid)) - lines["income.operating_grants"]
    )
    wear = lines["income.depreciation"] - lines["income.grant_release"]
    lines["fixed"] = sheet.row(_("Charges fixes, amortissements nets compris"), lines["cash_fixed"] + wear)
    margin = lines["income.sales"] - lines["variable"]
    running = sheet.row(_("Marge cumulée de l’exercice"), sums=False, opening=formula(0))
    running.formula = If(book.rhythms["pos"].equals(1), 0, running.back()) + margin
    lines["running_margin"] = running


_VARIABLE = (
    "purchases_members",
    "price_complement",
    "purchases_suppliers",
    "piece_members",
    "piece_others",
    "bad_debts",
)


def lay_break_even(book: Book) -> None:
    """The sales that pay for everything, and the month in which they are reached."""
    lines, sheet, years = book.lines, book.indicators_by_year, book.frame.timeline.fiscal_years
    sheet.heading(_("Seuil de rentabilité"))
    turnover = sheet.row(_("Chiffre d’affaires"), YearSum(lines["income.sales"], years))
    variable = sheet.row(_("Charges variables"), YearSum(lines["variable"], years))
    fixed = sheet.row(_("Charges fixes"), YearSum(lines["fixed"], years))
    cash_fixed = sheet.row(_("Charges fixes à payer"), YearSum(lines["cash_fixed"], years))
    lines["by_year.fixed"] = fixed
    earns = variable < turnover
    words = Words(_("jamais : chaque vente coûte plus qu’elle ne rapporte"))
    for code, label, cost in (
        ("break_even_sales", _("Seuil de rentabilité"), fixed),
        ("cash_break_even_sales", _("Seuil de trésorerie"), cash_fixed),
    ):
        sales = If(earns, cost / (1 - variable / If(earns, turnover, 1)), words)
        lines[f"by_year.{code}"] = sheet.row(label, sales, bold=True)
    _lay_reached(book)


def _lay_reached(book: Book) -> None:
    lines, fy, pos = book.lines, book.rhythms["fy"], book.rhythms["pos"]
    enough = If(lines["running_margin"] >= Pick(lines["by_year.fixed"].whole, fy), 1, 0)
    reached = book.monthly.row(
        _("Seuil atteint dans l’exercice (1)"), style="count", sums=False, opening=formula(0)
    )
    reached.formula = most(If(pos.equals(1), 0, reached.back()), enough)
    label = _("Mois où le seuil est atteint pour la première fois de l’exercice")
    first = If(pos.equals(1), reached, reached - reached.back()) * book.rhythms["t"]
    month = book.monthly.row(label, first, style="count", sums=False)
    years = book.frame.timeline.fiscal_years
    lines["by_year.reached"] = book.indicators_by_year.row(
        _("Mois où le seuil est atteint (0 : pas dans l’exercice)"),
        YearSum(month, years),
        style="count",
    )


def lay_break_even_summary(book: Book) -> None:
    """The last full year's break-even, and the first month in which a year breaks even."""
    years = book.frame.timeline.fiscal_years
    full = [number for number, year in enumerate(years, start=1) if year.closes]
    if not full:
        return
    book.indicators.heading(_("Seuil de rentabilité"))
    for code in ("break_even_sales", "cash_break_even_sales"):
        put(book, code, "", Pick(book.lines[f"by_year.{code}"].whole, full[-1]))
    reached = Span(book.lines["by_year.reached"], 1, full[-1])
    far = 1000
    soonest = Call("SUMPRODUCT", float, least(reached + (reached.equals(0)) * far))
    value = If(soonest >= far, Words(_("pas pendant le plan")), soonest)
    put(book, "break_even_month", "", value, "count", _("mois"))


def lay_member_income(book: Book) -> None:
    """What all members receive, and each on average."""
    lines, sheet, years = book.lines, book.indicators_by_year, book.frame.timeline.fiscal_years
    earned = [lines["bought_members"], lines["bonus"], lines["piece_members"], lines["wages_members"]]
    shared = [lines["patronage"], lines["share_interest"]]
    received = add_up([*earned, *shared]) + _price_advantage(book) - _own_cost(book)
    row = book.monthly.row(_("Reçu par les membres"), received, bold=True)
    sheet.heading(_("Revenu des membres"))
    whole = sheet.row(_("Reçu par l’ensemble des membres"), YearSum(row, years))
    lines["by_year.received"] = whole
    each = sheet.row(_("Revenu moyen par membre"), whole / book["membres"], bold=True)
    lines["by_year.income_per_member"] = each


def _price_advantage(book: Book) -> Formula:
    parts: list[Formula] = []
    for product in book.plan.products:
        if product.member_price is not None:
            sold = book.lines[f"sold.{product.id}"] * book.rhythms["index.sales"]
            gap = book[f"prix.{product.id}"] - book[f"prix_membres.{product.id}"]
            parts.append(sold * book[f"part_membres.{product.id}"] * (gap))
    return add_up(parts)


def _own_cost(book: Book) -> Formula:
    parts: list[Formula] = []
    for item in book.plan.inputs:
        if item.from_members and item.id in book.plan.members.own_cost_per_unit:
            used = add_up([_quantity_used(book, item.id, name) for name in item.qty_per_unit])
            parts.append((used) * book[f"cout_membre.{item.id}"] * book.rhythms["index.inputs"])
    return add_up(parts)


def _quantity_used(book: Book, item: str, product: str) -> Formula:
    key = f"quantite.{item}.{product}"
    if key in book.cells:
        return book.lines[f"made.{product}"] * book[key]
    known = next(entry for entry in book.plan.inputs if entry.id == item)
    return book.lines[f"made.{product}"] * known.qty_per_unit[product]


def lay_people(book: Book) -> None:
    """Income per member of the last full year, jobs, what a job costs."""
    lines, months = book.lines, book.frame.months
    full = [number for number, year in enumerate(book.frame.timeline.fiscal_years, start=1) if year.closes]
    book.indicators.heading(_("Membres et emplois"))
    if full:
        put(book, "income_per_member", "", Pick(lines["by_year.income_per_member"].whole, full[-1]))
    posts = {post.id: total(last_year(lines[f"posts.{post.id}"])) / 12 for post in book.plan.staff}
    salaried = put(
        book, "jobs_salaried", _("Emplois salariés (temps pleins)"), add_up([*posts.values()]), "ratio", ""
    )
    seasonal = [
        posts[post.id] for post in book.plan.staff if post.months is not None and len(post.months) < 12
    ]
    put(book, "jobs_seasonal", _("dont saisonniers"), add_up(list(seasonal)), "ratio", "")
    jobs: Formula = salaried
    if book.plan.piece_work and all(work.hours_per_unit for work in book.plan.piece_work):
        hours = add_up(
            [
                total(last_year(lines[f"made.{name}"])) * book[f"heures.{work.id}.{name}"]
                for work in book.plan.piece_work
                for name in work.hours_per_unit
            ]
        )
        legal = book.law("hours_a_month", formula(months))
        pieces = put(book, "jobs_piece_work", "", hours / (12 * legal), "ratio", "")
        jobs = salaried + pieces
    every = put(book, "jobs", "", jobs, "ratio", "")
    _lay_shares_of_posts(book, posts)
    _lay_cost_of_jobs(book, every)


def _lay_shares_of_posts(book: Book, posts: dict[str, Formula]) -> None:
    labels = {
        "femmes": ("women", _("Emplois salariés tenus par des femmes")),
        "jeunes": ("youth", _("Emplois salariés tenus par des jeunes")),
    }
    for key, (who, label) in labels.items():
        if posts and all(_share(post, who) is not None for post in book.plan.staff):
            held = [posts[post.id] * book[f"{key}.{post.id}"] for post in book.plan.staff]
            put(book, f"jobs_{who}", label, add_up(list(held)), "ratio", "")


def _share(post: Position, who: str) -> float | None:
    return post.women if who == "women" else post.youth


def _lay_cost_of_jobs(book: Book, jobs: Row) -> None:
    lines = book.lines
    first_year = product_sum(book.rhythms["year"].whole.equals(1) * lines["bought"].whole)
    invested = put(book, "investment", "", first_year)
    public = put(
        book,
        "public_money",
        _("Subventions"),
        add_up([book[f"subvention.{grant.id}"] for grant in book.plan.grants]),
    )
    none = Words(_("aucun emploi"))
    for code, amount in (("cost_per_job", invested), ("public_money_per_job", public)):
        put(book, code, "", If(jobs > 0, amount / If(jobs > 0, jobs, 1), none))
    put(book, "public_money_per_member", "", public / book["membres"])


def lay_third_parties(book: Book) -> None:
    """Dealings with people who are not members over dealings with members (law 112-12, article 6)."""
    lines, sheet, years = book.lines, book.indicators_by_year, book.frame.timeline.fiscal_years
    replacing = [
        lines[f"bought.{item.id}"]
        for item in book.plan.inputs
        if item.replaces_members and not item.from_members
    ]
    all_work = lines["wages_members"] + lines["wages_others"] + lines["piece_members"] + lines["piece_others"]
    with_members, with_others = {
        1: (lines["bought_members"] + 0, add_up(list(replacing))),
        2: (lines["sales_members"] + 0, lines["sales_third"] + 0),
        3: (all_work, lines["wages_others"] + lines["piece_others"]),
    }[book.plan.law_class]
    members = book.monthly.row(_("Opérations avec les membres (article 6)"), with_members)
    others = book.monthly.row(_("Opérations avec des tiers (article 6)"), with_others)
    sheet.heading(_("Opérations avec des tiers (loi 112-12, article 6)"))
    base = sheet.row(_("Avec les membres"), YearSum(members, years))
    outside = sheet.row(_("Avec des tiers"), YearSum(others, years))
    ratio = If(base > 0, outside / If(base > 0, base, 1), Words(_("sans objet")))
    lines["by_year.third_party"] = sheet.row(
        _("Tiers sur membres (plafond 30 %)"), ratio, style="rate", bold=True
    )
