"""Investments bought, worn, sold and renewed, and the grants released as they wear, month by month."""

from django.utils.translation import gettext as _

from bpc.core.plan.schema.funding import Asset, Grant
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.formulas import (
    Formula,
    If,
    add_up,
    both,
    either,
    floor,
    formula,
    modulo,
    total,
)
from bpc.portal.plans.workbook.funding_assumptions import vat_on_top
from bpc.portal.plans.workbook.grid import Assumption, Pick

#: The part of a grant that paid for land is released over so many months.
LAND_MONTHS = 120


def start_of(book: Book, asset: Asset) -> Assumption:
    """The month an investment is made, its phase over."""
    return book[f"mois.{asset.id}" if asset.phase is None else f"debut.{asset.id}"]


def lay_investments(book: Book) -> None:
    """Each investment, then all of them, then the grants."""
    sheet = book.investments
    for asset in book.plan.assets:
        sheet.heading(book.label(asset), level=2)
        _lay_asset(book, asset)
    sheet.heading(_("Ensemble des investissements"))
    _lay_old(book)
    assets = book.plan.assets
    labels = {
        "bought": _("Investissements"),
        "in_kind": _("dont apports en nature"),
        "depreciation": _("Amortissements"),
        "sold": _("Cessions à la valeur restante"),
    }
    for code, label in labels.items():
        concerned = [asset for asset in assets if code != "in_kind" or asset.in_kind]
        parts: list[Formula] = [book.lines[f"{code}.asset.{asset.id}"] for asset in concerned]
        if code == "depreciation" and "old_wear" in book.lines:
            parts.append(book.lines["old_wear"])
        book.lines[code] = sheet.row(label, add_up(parts), bold=True)
    old = book.plan.opening.assets if book.plan.opening else ()
    value = sheet.row(
        _("Valeur nette comptable"),
        sums=False,
        bold=True,
        opening=add_up([book[f"ancien.{owned.id}"] for owned in old]),
    )
    value.formula = value.back() + book.lines["bought"] - book.lines["depreciation"] - book.lines["sold"]
    book.lines["net_book_value"] = value
    _lay_grants(book)


def _lay_asset(book: Book, asset: Asset) -> None:
    sheet, key, t = book.investments, asset.id, book.rhythms["t"]
    start, cost, index = start_of(book, asset), book[f"cout_invest.{asset.id}"], book.rhythms["index.capex"]
    first = t.equals(start)
    if asset.life_years is None:
        rows = {"bought": If(first, cost * index, 0), "depreciation": formula(0), "sold": formula(0)}
    else:
        rows = _wearing(book, asset)
    labels = {"bought": _("Achat"), "depreciation": _("Amortissement"), "sold": _("Cession")}
    for code, label in labels.items():
        book.lines[f"{code}.asset.{key}"] = sheet.row(label, rows[code])
    if asset.in_kind:
        book.lines[f"in_kind.asset.{key}"] = sheet.row(
            _("Apport en nature"), If(first, book.lines[f"bought.asset.{key}"], 0)
        )


def _wearing(book: Book, asset: Asset) -> dict[str, Formula]:
    key, t, index = asset.id, book.rhythms["t"], book.rhythms["index.capex"]
    start, cost = start_of(book, asset), book[f"cout_invest.{key}"]
    life, residual = book[f"duree_mois.{key}"], book[f"residuel.{key}"]
    renewed = book[f"renouvele.{key}"].equals(1)
    age = t - start
    again = modulo(age, life).equals(0)
    bought = If(t >= start, If(either(age.equals(0), both(renewed, again)), cost * index, 0), 0)
    in_service = both(t >= start, either(renewed, age < life))
    last_bought = start + life * floor(age / life)
    wear = cost * Pick(index.whole, last_bought) * (1 - residual) / life
    ended = both(age > 0, again, either(renewed, age.equals(life)))
    sold = cost * Pick(index.whole, t - life) * residual
    return {
        "bought": bought,
        "depreciation": If(in_service, wear, 0),
        "sold": If(ended, sold, 0),
    }


def _lay_old(book: Book) -> None:
    """What was owned before the plan goes on wearing."""
    opening, t = book.plan.opening, book.rhythms["t"]
    if opening is None:
        return
    wear: list[Formula] = [
        If(
            t <= book[f"ancien_mois.{owned.id}"],
            book[f"ancien.{owned.id}"] / book[f"ancien_mois.{owned.id}"],
            0,
        )
        for owned in opening.assets
        if owned.years_left is not None
    ]
    book.lines["old_wear"] = book.investments.row(_("Amortissement de l’existant"), add_up(wear))


def vat_on_investments(book: Book) -> Formula:
    """The VAT that is deducted on investments, in the month they are bought."""
    parts: list[Formula] = []
    for asset in book.plan.assets:
        bought: Formula = book.lines[f"bought.asset.{asset.id}"]
        if asset.in_kind:
            bought = bought - book.lines[f"in_kind.asset.{asset.id}"]
        parts.append((bought) * vat_on_top(book, f"tva_invest.{asset.id}"))
    return add_up(parts)


def _lay_grants(book: Book) -> None:
    sheet, plan = book.investments, book.plan
    sheet.heading(_("Subventions"))
    if any(grant.kind == "investment" for grant in plan.grants):
        _lay_first_lives(book)
    codes = {
        "claimed": _("Subventions d’investissement acquises"),
        "released": _("Subventions d’investissement reprises au résultat"),
        "operating": _("Subventions d’exploitation acquises"),
        "cash_investment": _("Subventions d’investissement versées"),
        "cash_operating": _("Subventions d’exploitation versées"),
    }
    parts: dict[str, list[Formula]] = {code: [] for code in codes}
    t = book.rhythms["t"]
    for grant in plan.grants:
        amount = book[f"subvention.{grant.id}"]
        earned = If(t.equals(book[f"mois_acquis.{grant.id}"]), amount, 0)
        cashed = If(t.equals(book[f"mois_verse.{grant.id}"]), amount, 0)
        if grant.kind == "operating":
            parts["operating"].append(earned)
            parts["cash_operating"].append(cashed)
        else:
            parts["claimed"].append(earned)
            parts["cash_investment"].append(cashed)
            parts["released"].append(_lay_release(book, grant))
    for code, label in codes.items():
        book.lines[code] = sheet.row(label, add_up(parts[code]), bold=True)


def _lay_first_lives(book: Book) -> None:
    """The depreciation of each first purchase, at the written amount: what grants are released by."""
    sheet, t, index = book.investments, book.rhythms["t"], book.rhythms["index.capex"]
    for asset in book.plan.assets:
        if asset.life_years is None:
            continue
        key, start, words = asset.id, start_of(book, asset), {"name": book.label(asset)}
        life = book[f"duree_mois.{key}"]
        whole = book[f"montant.{key}"] * (1 - book[f"residuel.{key}"]) * index
        label = _("%(name)s : amortissable à l’origine") % words
        base = book.lines[f"wear_base.asset.{key}"] = sheet.row(label, If(t.equals(start), whole, 0))
        label = _("%(name)s : amortissement d’origine") % words
        wear = If(both(t >= start, t < start + life), total(base.whole) / life, 0)
        book.lines[f"first_life.asset.{key}"] = sheet.row(label, wear)


def _lay_release(book: Book, grant: Grant) -> Formula:
    """g × (share of the wear of what it paid for, land over ten years); what came before the claim goes with it."""
    sheet, t, words = book.investments, book.rhythms["t"], {"name": book.label(grant)}
    items = [asset for asset in book.plan.assets if not grant.items or asset.id in grant.items]
    worn = [asset for asset in items if asset.life_years is not None]
    land = add_up([book[f"montant.{asset.id}"] for asset in items if asset.life_years is None])
    base = add_up([total(book.lines[f"wear_base.asset.{asset.id}"].whole) for asset in worn])
    cost = add_up(
        [
            If(total(book.lines[f"wear_base.asset.{asset.id}"].whole) > 0, book[f"montant.{asset.id}"], 0)
            for asset in worn
        ]
    )
    claim = book[f"mois_acquis.{grant.id}"]
    wearing = book.derive_after(
        f"part_amortie.{grant.id}",
        f"terrain_dix_ans.{grant.id}",
        _("Part de ce qui s’amortit"),
        If(land + cost > 0, cost / If(land + cost > 0, land + cost, 1), 0),
    )
    over = book.derive_after(
        f"base_reprise.{grant.id}", f"part_amortie.{grant.id}", _("Total amortissable financé"), base
    )
    wear = add_up([book.lines[f"first_life.asset.{asset.id}"] for asset in worn])
    share: Formula = If(over > 0, wearing * (wear) / If(over > 0, over, 1), 0)
    if any(asset.life_years is None for asset in items):
        years = both(
            land > 0, book[f"terrain_dix_ans.{grant.id}"].equals(1), t >= claim, t < claim + LAND_MONTHS
        )
        share = share + If(years, (1 - wearing) / LAND_MONTHS, 0)
    profile = sheet.row(_("%(name)s : rythme de reprise") % words, share, style="index", sums=False)
    released = If(t.equals(claim), total(profile.so_far), If(t > claim, profile, 0))
    return sheet.row(_("%(name)s : repris au résultat") % words, book[f"subvention.{grant.id}"] * released)
