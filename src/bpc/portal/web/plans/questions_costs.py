"""Questions 5 to 8: what members bring, what else is bought, who works, what must be bought to start."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from bpc.core.plan.wages import legal_minimum
from bpc.portal.foundation.writing import isolated, written_amount
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
    estimate_box,
    evidence_of,
    in_model_words,
    mode_of,
    name_of,
    restated,
)
from bpc.portal.web.plans.typed_numbers import shown_number

#: How long what is bought to start lasts, unless the group says otherwise.
USUAL_LIFE = 10.0


def what_members_bring(sheet: Sheet) -> Question:
    """What members deliver, and how their price is set."""
    return Question(
        "membres-livrent", "agriculture", _("Que vous livrent les membres, et à quel prix ?"),
        _("Récolte, lait, laine… Ce prix est le premier revenu des membres : il doit être juste et tenable."),
        cards=[_delivery(sheet, item) for item in sheet.items("inputs") if item["from_members"]],
        additions=_new_inputs(sheet, from_members=True),
        empty=_("Dans ce plan, les membres ne livrent rien. Si c’est bien le cas, passez à la suite."),
    )  # fmt: skip


def _per_unit(label: str, item: Mapping[str, Any], sheet: Sheet) -> str:
    unit = unit_name(item["unit"])
    return _("%(price)s, pour 1 %(unit)s") % {"price": label, "unit": unit} if unit else label


def _delivery(sheet: Sheet, item: Mapping[str, Any]) -> Card:
    base = f"inputs.{item['id']}"
    policy = item["member_price"]
    price = estimate_box(
        f"{base}.unit_cost",
        _per_unit(_("Prix payé au membre"), item, sheet),
        item["unit_cost"],
        sheet,
        market=True,
    )
    kind = Box(
        f"{base}.member_price.kind", _("Comment ce prix est-il fixé ?"), "choice", policy["kind"],
        paths=(f"{base}.member_price",), choices=_policies(policy["kind"]),
    )  # fmt: skip
    shares = [_share(sheet, item, product) for product in _made_with(sheet, item)]
    bonus = Box(
        f"{base}.member_price.bonus_share", _("Avec un complément : part du résultat rendue en fin d’année"),
        "percent", shown_number(100 * policy["bonus_share"]), paths=(f"{base}.member_price.bonus_share",), unit="%",
    )  # fmt: skip

    def together(values: Values, changed: frozenset[str]) -> Changes:
        changes: Changes = {}
        if price.name in changed:
            changes[price.name] = restated(item["unit_cost"], values[price.name], market=True)
        if changed - {price.name}:
            changes[f"{base}.member_price"] = _policy(values, item, kind, shares, bonus)
        return changes

    out = {f"inputs.{item['id']}": None}
    return Card(name_of(item), [price, kind, *shares, bonus], together, out=out, key=base)


def _made_with(sheet: Sheet, item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [product for product in sheet.items("products") if item["qty_per_unit"].get(product["id"])]


def _policies(now: str) -> list[tuple[str, str]]:
    kinds = [
        ("fixed", _("un prix fixe, connu d’avance")),
        ("share", _("une part du prix de vente")),
        ("floor_plus_bonus", _("un prix de base, puis un complément si l’année est bonne")),
    ]
    if now == "residual":
        kinds.append(("residual", _("le prix le plus haut que la coopérative peut payer")))
    return kinds


def _share(sheet: Sheet, item: Mapping[str, Any], product: Mapping[str, Any]) -> Box:
    """The part of a product's price that goes to members; at first, what the price paid today amounts to."""
    written = item["member_price"]["share"].get(product["id"])
    received = mode_of(product["price"]) * (1 - product["loss_rate"])
    today = item["qty_per_unit"][product["id"]] * mode_of(item["unit_cost"]) / received if received else 0.0
    path = f"inputs.{item['id']}.member_price.share.{product['id']}"
    label = _("Avec une part : ce qui revient aux membres du prix de : %(product)s")
    return Box(
        path, label % {"product": isolated(name_of(product))}, "percent",
        shown_number(100 * (min(1.0, today) if written is None else written)), paths=(path,), unit="%",
    )  # fmt: skip


def _policy(
    values: Values, item: Mapping[str, Any], kind: Box, shares: list[Box], bonus: Box
) -> dict[str, Any]:
    """The policy chosen, without what belongs to the others."""
    chosen = values[kind.name]
    made: dict[str, Any] = {"kind": chosen}
    if chosen == "share":
        made["share"] = {box.name.rpartition(".")[2]: values[box.name] for box in shares}
    elif chosen == "floor_plus_bonus":
        made["bonus_share"] = values[bonus.name]
    elif chosen == "residual":
        made["target"] = item["member_price"]["target"]
    return made


def _new_inputs(sheet: Sheet, *, from_members: bool) -> list[Adding]:
    products = sheet.items("products")
    if not products:
        return []
    key = "inputs.+1" if from_members else "inputs.+2"
    title = _("Ajouter ce que les membres livrent") if from_members else _("Ajouter un achat pour produire")
    boxes = [
        Box(f"{key}.name", _("Nom"), "text"),
        Box(f"{key}.unit", _("Acheté par (kg, litre, pièce…)"), "text", optional=True),
        Box(f"{key}.unit_cost", _("Prix de l’unité"), "amount", unit=_("MAD")),
        Box(f"{key}.product", _("Pour produire"), "choice", products[0]["id"],
            choices=[(product["id"], name_of(product)) for product in products]),
        Box(f"{key}.quantity", _("Quantité pour en produire une unité"), "number"),
    ]  # fmt: skip

    def make(values: Values) -> Changes:
        return {
            key: {
                "name": values[f"{key}.name"],
                "unit": values[f"{key}.unit"],
                "unit_cost": restated(None, values[f"{key}.unit_cost"]),
                "qty_per_unit": {values[f"{key}.product"]: values[f"{key}.quantity"]},
                "from_members": from_members,
            }
        }

    return [Adding(key, title, boxes, make)]


def what_else_is_bought(sheet: Sheet) -> Question:
    """Other purchases, and the costs of every month."""
    bought = [_purchase(sheet, item) for item in sheet.items("inputs") if not item["from_members"]]
    return Question(
        "achats", "trade", _("Qu’achetez-vous d’autre ?"),
        _("Emballages, énergie, transport, loyer, assurance, comptable : ce qu’il faut payer, vente ou pas."),
        cards=[*bought, *[_monthly(sheet, item) for item in sheet.items("fixed_costs")]],
        additions=[*_new_inputs(sheet, from_members=False), _new_cost()],
        empty=_("Aucun achat n’est compté : ce serait étonnant, ajoutez au moins un frais."),
    )  # fmt: skip


def _purchase(sheet: Sheet, item: Mapping[str, Any]) -> Card:
    label = _per_unit(_("Prix d’achat"), item, sheet)
    box = estimate_box(f"inputs.{item['id']}.unit_cost", label, item["unit_cost"], sheet, market=True)
    return Card(name_of(item), [box], out={f"inputs.{item['id']}": None}, key=f"inputs.{item['id']}")


def _monthly(sheet: Sheet, item: Mapping[str, Any]) -> Card:
    path = f"fixed_costs.{item['id']}.annual"
    box = amount_box(
        path, _("Par mois, en moyenne"), mode_of(item["annual"]) / 12, evidence=evidence_of(item["annual"]),
        hint=in_model_words(sheet.in_model(path), _("MAD"), 1 / 12),
        apply=lambda number: {path: restated(item["annual"], 12 * number)},
    )  # fmt: skip
    return Card(
        name_of(item), [box], out={f"fixed_costs.{item['id']}": None}, key=f"fixed_costs.{item['id']}"
    )


def _new_cost() -> Adding:
    boxes = [
        Box("fixed_costs.+.name", _("Nom du frais"), "text"),
        Box("fixed_costs.+.annual", _("Par mois, en moyenne"), "amount", unit=_("MAD")),
    ]

    def make(values: Values) -> Changes:
        cost = {
            "name": values["fixed_costs.+.name"],
            "annual": restated(None, 12 * values["fixed_costs.+.annual"]),
        }
        return {"fixed_costs.+": cost}

    return Adding("fixed_costs.+", _("Ajouter un frais de tous les mois"), boxes, make)


def who_works(sheet: Sheet) -> Question:
    """Posts with their wages, and work paid by the piece."""
    minimum = written_amount(float(legal_minimum(sheet.run.frame, "smig")[0]))
    text = _(
        "Le minimum légal est de %(minimum)s brut par mois pour un temps plein ; les cotisations de l’employeur "
        "s’ajoutent toutes seules."
    )
    return Question(
        "travail", "care", _("Qui travaille, et payé comment ?"), text % {"minimum": minimum},
        cards=[
            *[_post(sheet, item) for item in sheet.items("staff")],
            *[card for item in sheet.items("piece_work") if (card := _piece_work(sheet, item))],
        ],
        additions=[_new_post()],
        empty=_("Aucun salarié : les membres font tout eux-mêmes. Est-ce bien le cas ?"),
    )  # fmt: skip


def _post(sheet: Sheet, item: Mapping[str, Any]) -> Card:
    base = f"staff.{item['id']}"
    kind = item["minimum"] or ("smag" if item["farm_work"] else "smig")
    least = float(legal_minimum(sheet.run.frame, kind)[0])
    people = Box(
        f"{base}.fte", _("Nombre de temps pleins"), "number", shown_number(item["fte"]), paths=(f"{base}.fte",),
        hint=in_model_words(sheet.in_model(f"{base}.fte")), apply=lambda number: {f"{base}.fte": number},
    )  # fmt: skip
    boxes = [people]
    if item["gross"] is not None:
        wage = estimate_box(f"{base}.gross", _("Salaire brut par mois, à temps plein"), item["gross"], sheet)
        wage.note = _("Minimum légal : %(minimum)s par mois") % {"minimum": written_amount(least)}
        boxes.append(wage)
    return Card(name_of(item), boxes, out={base: None}, key=base)


def _piece_work(sheet: Sheet, item: Mapping[str, Any]) -> Card | None:
    names = {product["id"]: name_of(product) for product in sheet.items("products")}
    boxes = [
        estimate_box(
            f"piece_work.{item['id']}.rate_per_unit.{product}",
            _("Payé pour chaque unité de : %(product)s") % {"product": isolated(names.get(product, product))},
            rate,
            sheet,
        )
        for product, rate in item["rate_per_unit"].items()
    ]
    key = f"piece_work.{item['id']}"
    return Card(name_of(item), boxes, out={key: None}, key=key) if boxes else None


def _new_post() -> Adding:
    boxes = [
        Box("staff.+.role", _("Fonction"), "text"),
        Box("staff.+.fte", _("Nombre de temps pleins"), "number"),
        Box("staff.+.gross", _("Salaire brut par mois, à temps plein"), "amount", unit=_("MAD")),
    ]

    def make(values: Values) -> Changes:
        post = {
            "role": values["staff.+.role"],
            "fte": values["staff.+.fte"],
            "gross": restated(None, values["staff.+.gross"]),
        }
        return {"staff.+": post}

    return Adding("staff.+", _("Ajouter un poste"), boxes, make)


def what_to_start(sheet: Sheet) -> Question:
    """Investments."""
    return Question(
        "materiel", "house", _("Que faut-il acheter pour commencer ?"),
        _("Local, machines, véhicule, premiers travaux. Demandez un devis avant de vous engager."),
        cards=[_asset(sheet, item) for item in sheet.items("assets")],
        additions=[_new_asset()],
        empty=_("Rien à acheter pour l’instant."),
    )  # fmt: skip


def _asset(sheet: Sheet, item: Mapping[str, Any]) -> Card:
    base = f"assets.{item['id']}"
    box = estimate_box(f"{base}.amount", _("Montant"), item["amount"], sheet)
    out: Changes = {base: None}
    for grant in sheet.items("grants"):
        if item["id"] in grant["items"]:
            out[f"grants.{grant['id']}.items"] = [name for name in grant["items"] if name != item["id"]]
    return Card(name_of(item), [box], out=out, key=base)


def _new_asset() -> Adding:
    boxes = [
        Box("assets.+.name", _("Nom"), "text"),
        Box("assets.+.amount", _("Montant"), "amount", unit=_("MAD")),
        Box(
            "assets.+.life_years", _("Combien d’années cela dure-t-il ?"), "number", shown_number(USUAL_LIFE)
        ),
    ]

    def make(values: Values) -> Changes:
        asset = {
            "name": values["assets.+.name"],
            "amount": restated(None, values["assets.+.amount"]),
            "life_years": values["assets.+.life_years"],
        }
        return {"assets.+": asset}

    return Adding("assets.+", _("Ajouter un achat de départ"), boxes, make)
