"""Questions 1 to 4: what is sold, at what price, to whom, when."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from bpc.portal.foundation.wording import listed
from bpc.portal.foundation.writing import month_names, written_percent
from bpc.portal.plans.paths import NAMED_QUANTITIES
from bpc.portal.plans.unit_words import unit_name
from bpc.portal.web.plans.question_parts import (
    Adding,
    Box,
    Card,
    Changes,
    Question,
    Sheet,
    Values,
    amount_box,
    evidence_of,
    in_model_words,
    mode_of,
    name_of,
    restated,
)
from bpc.portal.web.plans.typed_numbers import shown_number

EVEN = [1 / 12] * 12
#: How busy a month is, beside the fullest of the year.
LEVELS = {"none": 0.0, "low": 0.35, "middle": 0.7, "full": 1.0}
#: Days before clients pay, as one speaks of them.
DELAYS = (0, 15, 30, 45, 60, 90, 120, 180)


def what_is_sold(sheet: Sheet) -> Question:
    """Each product, and how much of it in a full month."""
    ramp = sheet.document["ramp_up"][0]
    text = _("Dites ce que le groupe peut vraiment produire et vendre dans un bon mois, une fois bien lancé.")
    if sheet.items("products") and ramp < 1:
        first = written_percent(100 * ramp)
        text = " ".join((text, _("Le plan compte %(share)s de cela la première année.") % {"share": first}))
    return Question(
        "vendre", "souk", _("Que vendrez-vous, et combien dans un mois plein ?"), text,
        cards=[_quantity(sheet, item) for item in sheet.items("products")],
        additions=[_new_product()],
        empty=_nothing_sold(sheet, _("Le plan ne vend encore rien : ajoutez un premier produit ou service.")),
    )  # fmt: skip


def _nothing_sold(sheet: Sheet, otherwise: str) -> str:
    """What to say of a plan without products: some projects serve their members and sell nothing."""
    if sheet.document["kind"] == "income_generating":
        return otherwise
    return _("Ce projet rend un service sans rien vendre. Si c’est bien le cas, passez à la suite.")


def _peak(item: Mapping[str, Any]) -> float:
    """The share of the year that the fullest month sells."""
    return float(max(item["seasonality"]))


def _quantity(sheet: Sheet, item: Mapping[str, Any]) -> Card:
    path, peak = f"products.{item['id']}.capacity", _peak(item)
    unit = unit_name(item["unit"])
    proposed = sheet.in_model(f"products.{item['id']}")
    usual = "" if proposed is None else in_model_words(proposed["capacity"], unit, _peak(proposed))
    box = Box(
        path, _("Quantité dans un mois plein"), "number", shown_number(mode_of(item["capacity"]) * peak),
        paths=(path,), unit=unit, hint=usual, evidence=evidence_of(item["capacity"]),
        apply=lambda number: {path: restated(item["capacity"], number / peak)},
    )  # fmt: skip
    return Card(
        name_of(item), [box], out=without_product(sheet.document, item["id"]), key=f"products.{item['id']}"
    )


def without_product(document: Mapping[str, Any], product: str) -> Changes:
    """The product taken out, and what only served to make it."""
    changes: Changes = {f"products.{product}": None}
    for family in ("inputs", "piece_work"):
        for item in document.get(family) or ():
            holders = [name for name in NAMED_QUANTITIES if product in (item.get(name) or {})]
            main = item.get("qty_per_unit" if family == "inputs" else "rate_per_unit") or {}
            if set(main) == {product}:
                changes[f"{family}.{item['id']}"] = None
                continue
            changes |= {f"{family}.{item['id']}.{name}.{product}": None for name in holders}
            if product in ((item.get("member_price") or {}).get("share") or {}):
                changes[f"{family}.{item['id']}.member_price.share.{product}"] = None
    return changes


def _new_product() -> Adding:
    boxes = [
        Box("products.+.name", _("Nom du produit ou du service"), "text"),
        Box("products.+.unit", _("Vendu par (kg, litre, pièce, journée…)"), "text", optional=True),
        Box("products.+.capacity", _("Quantité dans un mois plein"), "number"),
        Box("products.+.price", _("Prix de vente de l’unité"), "amount", unit=_("MAD")),
    ]
    return Adding("products.+", _("Ajouter un produit ou un service"), boxes, _product)


def _product(values: Values) -> Changes:
    made = {
        "name": values["products.+.name"],
        "unit": values["products.+.unit"],
        "capacity": restated(None, 12 * values["products.+.capacity"]),
        "price": restated(None, values["products.+.price"]),
        "seasonality": EVEN,
    }
    return {"products.+": made}


def at_what_price(sheet: Sheet) -> Question:
    """The price of each product, with the range of the model and how sure it is."""
    return Question(
        "prix", "funding", _("À quel prix vendrez-vous ?"),
        _("Mettez le prix que l’acheteur vous paie vraiment, pas le prix affiché au marché."),
        cards=[_price(sheet, item) for item in sheet.items("products")],
        empty=_nothing_sold(sheet, _("Le plan ne vend encore rien : revenez à la première question.")),
    )  # fmt: skip


def _price(sheet: Sheet, item: Mapping[str, Any]) -> Card:
    path = f"products.{item['id']}.price"
    unit = unit_name(item["unit"])
    label = _("Prix de vente, pour 1 %(unit)s") % {"unit": unit} if unit else _("Prix de vente de l’unité")
    hint, chip = in_model_words(sheet.in_model(path), _("MAD")), evidence_of(item["price"])
    price = amount_box(path, label, mode_of(item["price"]), hint=hint, evidence=chip)
    sure = item["price"].get("conf") == "K" if isinstance(item["price"], Mapping) else False
    checked = Box(
        f"{path}.checked",
        _("Nous avons vérifié ce prix sur place"),
        "check",
        "1" if sure else "",
        paths=(path,),
    )

    def together(values: Values, _changed: frozenset[str]) -> Changes:
        return {path: restated(item["price"], values[path], verified=values[checked.name], market=True)}

    return Card(name_of(item), [price, checked], together)


def who_buys(sheet: Sheet) -> Question:
    """When clients pay, and what part members buy."""
    return Question(
        "acheteurs", "people", _("Qui achète, et quand paie-t-on ?"),
        _("Un client qui paie tard, c’est de l’argent qu’il faut avancer : soyez prudents."),
        cards=[_buyers(sheet, item) for item in sheet.items("products")],
        empty=_nothing_sold(sheet, _("Le plan ne vend encore rien : revenez à la première question.")),
    )  # fmt: skip


def _buyers(sheet: Sheet, item: Mapping[str, Any]) -> Card:
    base = f"products.{item['id']}"
    own = item.get("receivable_days")
    days = sheet.document["working_capital"]["receivable_days"] if own is None else own
    when = Box(
        f"{base}.receivable_days", _("Quand êtes-vous payés ?"), "choice", shown_days(days),
        paths=(f"{base}.receivable_days", "working_capital.receivable_days"), choices=delays(days),
        hint=_model_delay(sheet),
        apply=lambda key: {f"{base}.receivable_days": float(key)},
    )  # fmt: skip
    share = Box(
        f"{base}.member_share", _("Part vendue aux membres eux-mêmes"), "percent",
        shown_number(100 * item["member_share"]), paths=(f"{base}.member_share",), unit="%",
        apply=lambda part: {f"{base}.member_share": part},
    )  # fmt: skip
    return Card(name_of(item), [when, share])


def shown_days(days: float) -> str:
    """The key of a delay in its list."""
    return f"{days:g}"


def delays(now: float) -> list[tuple[str, str]]:
    """The delays to choose from, the present one among them."""
    return [(shown_days(days), delay_words(days)) for days in sorted({*map(float, DELAYS), float(now)})]


def delay_words(days: float) -> str:
    """« au comptant », « après 30 jours »; money that comes before is said so."""
    if days == 0:
        return _("tout de suite, au comptant")
    if days < 0:
        return _("d’avance, %(days)s jours avant") % {"days": shown_number(-days)}
    return _("après %(days)s jours") % {"days": shown_number(days)}


def _model_delay(sheet: Sheet) -> str:
    days = sheet.in_model("working_capital.receivable_days")
    return "" if days is None else _("Dans le modèle : %(value)s") % {"value": delay_words(days)}


def when_is_the_season(sheet: Sheet) -> Question:
    """How busy each month is, products of one same season together."""
    seasons: dict[tuple[float, ...], list[Mapping[str, Any]]] = {}
    for item in sheet.items("products"):
        seasons.setdefault(tuple(item["seasonality"]), []).append(item)
    return Question(
        "saison", "calendar", _("Quand est la saison ?"),
        _("Pour chaque mois, dites si l’on vend beaucoup, un peu ou rien. Un mois plein garde la quantité déjà dite."),
        cards=[_season(sheet, list(weights), items) for weights, items in seasons.items()],
        empty=_nothing_sold(sheet, _("Le plan ne vend encore rien : revenez à la première question.")),
    )  # fmt: skip


def _season(sheet: Sheet, weights: list[float], items: list[Mapping[str, Any]]) -> Card:
    first = items[0]["id"]
    names = listed(name_of(item) for item in items)
    choices = [
        ("none", _("rien")), ("low", _("un peu")), ("middle", _("moyen")), ("full", _("beaucoup")),
    ]  # fmt: skip
    paths = tuple(f"products.{item['id']}.{part}" for item in items for part in ("seasonality", "capacity"))
    boxes = [
        Box(f"products.{first}.seasonality.{month}", name, "choice", level_of(weight, max(weights)),
            paths=paths if month == 0 else (), choices=choices, narrow=True)
        for month, (name, weight) in enumerate(zip(month_names(), weights, strict=True))
    ]  # fmt: skip

    def together(values: Values, changed: frozenset[str]) -> Changes:
        asked = {number: LEVELS[values[box.name]] for number, box in enumerate(boxes) if box.name in changed}
        return _reseasoned(items, weights, asked)

    moving = any(item.get("hijri_event") for item in items)
    note = (
        _("Une fête religieuse déplace cette saison chaque année : le plan en tient compte.")
        if moving
        else ""
    )
    return Card(names, boxes, together, text=note)


def level_of(weight: float, peak: float) -> str:
    """The level nearest to a month's share of the year.

    >>> level_of(0.02, 0.16), level_of(0.16, 0.16), level_of(0.0, 0.16)
    ('low', 'full', 'none')
    """
    part = weight / peak if peak else 0.0
    if part <= 0.02:
        return "none"
    return min((key for key in LEVELS if key != "none"), key=lambda key: abs(LEVELS[key] - part))


def _reseasoned(items: list[Mapping[str, Any]], weights: list[float], asked: Mapping[int, float]) -> Changes:
    """The year with some months at another level; a full month sells what it sold, so the year sells more or less."""
    peak = max(weights)
    new = [asked[month] * peak if month in asked else weight for month, weight in enumerate(weights)]
    whole = sum(new)
    if not whole:  # no month at all: the engine says that the year must sum to one
        return {f"products.{item['id']}.seasonality": new for item in items}
    shares = [weight / whole for weight in new]
    changes: Changes = {}
    for item in items:
        year = mode_of(item["capacity"]) * peak / max(shares)
        changes[f"products.{item['id']}.seasonality"] = shares
        changes[f"products.{item['id']}.capacity"] = _scaled(item["capacity"], year)
    return changes


def _scaled(capacity: Any, year: float) -> Any:
    """The same estimate over another number of months: nobody said otherwise of a month."""
    if not isinstance(capacity, Mapping):
        return year
    factor = year / capacity["mode"] if capacity["mode"] else 1.0
    return {**capacity, **{part: capacity[part] * factor for part in ("mode", "low", "high")}}
