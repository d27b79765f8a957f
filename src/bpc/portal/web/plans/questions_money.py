"""Questions 9 and 10: how many members and what each brings; grants and loans, and when the money comes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from bpc.portal.foundation.writing import isolated, written_amount
from bpc.portal.web.plans.question_parts import (
    Adding,
    Box,
    Card,
    Changes,
    Question,
    Sheet,
    Values,
    amount_box,
    in_model_words,
    name_of,
)
from bpc.portal.web.plans.typed_numbers import shown_number

#: Of a first loan, until the bank says otherwise: estimates.
USUAL_RATE, USUAL_MONTHS = 0.06, 60


def how_many_members(sheet: Sheet) -> Question:
    """The members and their shares."""
    return Question(
        "membres", "people", _("Combien êtes-vous, et combien chacun apporte-t-il ?"),
        _("Les parts restent au nom de chacun : on les retrouve en quittant la coopérative."),
        cards=[_members(sheet)],
    )  # fmt: skip


def _members(sheet: Sheet) -> Card:
    document = sheet.document
    shares, count = document["shares"], document["members"]["count"]
    joined = shares["subscriptions"]
    number = Box(
        "members.count", _("Nombre de membres"), "whole", shown_number(count), paths=("members",),
        hint=in_model_words(sheet.in_model("members.count")),
    )  # fmt: skip
    boxes = [number]
    if len(joined) <= 1:
        boxes.append(
            Box(
                "shares.each",
                _("Ce que chacun apporte en parts"),
                "amount",
                shown_number(joined[0]["shares_each"] * shares["nominal"] if joined else 0.0),
                paths=("shares",),
                unit=_("MAD"),
                hint=_model_share(sheet),
                note=_("Une part vaut %(amount)s.") % {"amount": written_amount(shares["nominal"])},
            )
        )

    def together(values: Values, changed: frozenset[str]) -> Changes:
        changes: Changes = {"members.count": values[number.name]} if number.name in changed else {}
        if len(joined) <= 1:
            changes["shares.subscriptions"] = _subscriptions(joined, values, shares["nominal"])
        return changes

    text = ""
    if len(joined) > 1:
        text = _("Les membres entrent à plusieurs dates dans ce plan : leurs parts ne changent pas ici.")
    return Card("", boxes, together, text=text)


def _model_share(sheet: Sheet) -> str:
    shares = sheet.in_model("shares")
    if not shares or not shares.get("subscriptions"):
        return ""
    return in_model_words(shares["subscriptions"][0]["shares_each"] * shares["nominal"], _("MAD"))


def _subscriptions(joined: list[Mapping[str, Any]], values: Values, nominal: float) -> list[dict[str, Any]]:
    """All the members, at the month when they joined; none when they bring nothing."""
    each = values["shares.each"] / nominal
    if not each:
        return []
    month = joined[0]["month"] if joined else 0
    return [{"month": month, "members": values["members.count"], "shares_each": each}]


def where_money_comes_from(sheet: Sheet) -> Question:
    """Grants and loans."""
    grants = [_grant(sheet, item) for item in sheet.items("grants")]
    loans = [_loan(sheet, item) for item in sheet.items("loans") if not item["existing"]]
    return Question(
        "argent", "funding", _("D’où vient l’argent, et quand ?"),
        _("Ne comptez une subvention qu’avec prudence : elle arrive souvent plus tard que prévu."),
        cards=[*grants, *loans],
        additions=[_new_grant(), _new_loan()],
        empty=_("Ni subvention ni prêt : les membres paient tout."),
    )  # fmt: skip


def _month_box(path: str, month: int) -> Box:
    """Months after the beginning."""
    return Box(
        path, _("Mois où l’argent arrive (0 : tout de suite)"), "whole", shown_number(month),
        paths=(path,), unit=_("mois"), apply=lambda number: {path: number},
    )  # fmt: skip


def _grant(sheet: Sheet, item: Mapping[str, Any]) -> Card:
    base = f"grants.{item['id']}"
    hint = in_model_words(sheet.in_model(f"{base}.amount"), _("MAD"))
    boxes = [
        amount_box(f"{base}.amount", _("Montant"), item["amount"], hint=hint),
        _month_box(f"{base}.cash_month", item["cash_month"]),
    ]
    title = _("Subvention : %(name)s") % {"name": isolated(name_of(item))}
    return Card(title, boxes, out={base: None}, key=base)


def _loan(sheet: Sheet, item: Mapping[str, Any]) -> Card:
    base = f"loans.{item['id']}"
    boxes = []
    if len(item["draws"]) == 1:
        proposed = sheet.in_model(f"{base}.draws.0.amount")
        hint = in_model_words(proposed, _("MAD"))
        boxes = [
            amount_box(f"{base}.draws.0.amount", _("Montant"), item["draws"][0]["amount"], hint=hint),
            _month_box(f"{base}.draws.0.month", item["draws"][0]["month"]),
        ]
    boxes += [
        Box(
            f"{base}.annual_rate", _("Taux d’intérêt par an"), "percent", shown_number(100 * item["annual_rate"]),
            paths=(f"{base}.annual_rate",), unit="%", apply=lambda rate: {f"{base}.annual_rate": rate},
            hint=_model_rate(sheet, base),
        ),
        Box(
            f"{base}.months", _("À rendre en"), "whole", shown_number(item["months"]), paths=(f"{base}.months",),
            unit=_("mois"), apply=lambda number: {f"{base}.months": number},
            hint=in_model_words(sheet.in_model(f"{base}.months"), _("mois")),
        ),
        Box(
            f"{base}.grace_months", _("Au début, seulement les intérêts pendant"), "whole",
            shown_number(item["grace_months"]), paths=(f"{base}.grace_months",), unit=_("mois"),
            apply=lambda number: {f"{base}.grace_months": number},
        ),
    ]  # fmt: skip
    name = _("Prêt : %(name)s") % {"name": isolated(item["name"])} if item["name"] else _("Prêt")
    return Card(name, boxes, out={base: None}, key=base)


def _model_rate(sheet: Sheet, base: str) -> str:
    rate = sheet.in_model(f"{base}.annual_rate")
    return "" if rate is None else in_model_words(100 * rate, "%")


def _new_grant() -> Adding:
    boxes = [
        Box("grants.+.name", _("Qui la donne ?"), "text"),
        Box("grants.+.amount", _("Montant"), "amount", unit=_("MAD")),
        Box(
            "grants.+.cash_month",
            _("Mois où l’argent arrive (0 : tout de suite)"),
            "whole",
            "6",
            unit=_("mois"),
        ),
    ]

    def make(values: Values) -> Changes:
        month = values["grants.+.cash_month"]
        grant = {"name": values["grants.+.name"], "amount": values["grants.+.amount"], "cash_month": month}
        return {"grants.+": grant}

    return Adding("grants.+", _("Ajouter une subvention"), boxes, make)


def _new_loan() -> Adding:
    boxes = [
        Box("loans.+.name", _("Qui prête ?"), "text"),
        Box("loans.+.amount", _("Montant"), "amount", unit=_("MAD")),
        Box("loans.+.month", _("Mois où l’argent arrive (0 : tout de suite)"), "whole", "0", unit=_("mois")),
        Box(
            "loans.+.annual_rate",
            _("Taux d’intérêt par an"),
            "percent",
            shown_number(100 * USUAL_RATE),
            unit="%",
        ),
        Box("loans.+.months", _("À rendre en"), "whole", shown_number(USUAL_MONTHS), unit=_("mois")),
    ]

    def make(values: Values) -> Changes:
        loan = {
            "name": values["loans.+.name"],
            "draws": [{"month": values["loans.+.month"], "amount": values["loans.+.amount"]}],
            "annual_rate": values["loans.+.annual_rate"],
            "months": values["loans.+.months"],
        }
        return {"loans.+": loan}

    return Adding("loans.+", _("Ajouter un prêt"), boxes, make)
