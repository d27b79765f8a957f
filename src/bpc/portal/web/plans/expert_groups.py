"""The pages of the expert side: which assumptions stand together, and which of them are columns of a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bpc.core.plan.schema import Plan
from bpc.portal.web.plans.expert_fields import Field, fields_of, model_of


@dataclass(frozen=True, slots=True)
class Family:
    """A list of items, one a row: its columns; its other fields unfold under the row."""

    path: str
    columns: tuple[str, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field of an item."""
        return fields_of(model_of(self.path), f"{self.path}.*")

    @property
    def label(self) -> str:
        """The field an item is called by."""
        return self.columns[0]


@dataclass(frozen=True, slots=True)
class Group:
    """A page: parts of the plan (each a form), then families (each a table)."""

    slug: str
    title: "str | Promise"
    icon: str
    parts: tuple[str, ...] = ()  # "" is the plan itself, of which `roots` are shown here
    roots: tuple[str, ...] = ()
    families: tuple[Family, ...] = ()
    parts_first: bool = False


_FRAME = ("name", "kind", "law_class", "start", "dated", "years", "fiscal_year_end", "prices", "discount_rate",
          "rate_is_nominal", "cash_floor", "ramp_up")  # fmt: skip

GROUPS: Mapping[str, Group] = {
    group.slug: group
    for group in (
        Group("produits", _("Produits"), "souk", families=(
            Family("products", ("name", "unit", "capacity", "price", "loss_rate")),)),
        Group("achats", _("Achats"), "agriculture", families=(
            Family("inputs", ("name", "unit", "unit_cost", "from_members")),)),
        Group("travail", _("Travail à la pièce"), "crafts", families=(
            Family("piece_work", ("name", "by_members")),)),
        Group("personnel", _("Personnel"), "people", ("",), ("staff_phasing",), (
            Family("staff", ("role", "fte", "gross", "minimum")),)),
        Group("charges", _("Charges fixes"), "bolt", ("",), ("fixed_phasing",), (
            Family("fixed_costs", ("name", "annual", "family")),)),
        Group("equipement", _("Équipement"), "house", ("",), ("contingency",), (
            Family("assets", ("name", "amount", "month", "life_years")),)),
        Group("subventions", _("Subventions"), "funding", families=(
            Family("grants", ("name", "kind", "amount", "cash_month")),)),
        Group("prets", _("Prêts"), "funding", ("overdraft",), (), (
            Family("loans", ("name", "annual_rate", "months", "grace_months", "kind")),)),
        Group("parts", _("Parts sociales"), "care", ("shares",)),
        Group("roulement", _("Fonds de roulement"), "clock", ("working_capital",)),
        Group("impots", _("TVA et impôt"), "document", ("vat", "tax")),
        Group("repartition", _("Répartition"), "care", ("allocation",)),
        Group("ouverture", _("Ouverture"), "key", ("opening",), (), (
            Family("opening.assets", ("name", "book_value", "years_left")),)),
        Group("cadre", _("Cadre et membres"), "calendar",
              ("", "members", "inflation", "without_project", "beneficiaries"), _FRAME, (
                  Family("phases", ("name", "months", "after")),), parts_first=True),
    )
}  # fmt: skip
FIRST = "produits"


@cache
def part_fields(group: Group, part: str) -> tuple[Field, ...]:
    """The fields of a part of the plan that stand on this page."""
    if part:
        return fields_of(model_of(part), part)
    return tuple(field for field in fields_of(Plan, "") if field.name in group.roots)


def family_of(path: str) -> Family | None:
    """The family of this path, None when there is none."""
    return next((one for group in GROUPS.values() for one in group.families if one.path == path), None)


def page_of(path: str) -> str:
    """The page on which an assumption stands; the first one for what stands on none.

    >>> page_of("products.oil.price"), page_of("ramp_up"), page_of("opening.assets.van.book_value"), page_of("")
    ('produits', 'cadre', 'ouverture', 'produits')
    """
    first = path.split(".", maxsplit=1)[0]
    for group in GROUPS.values():
        starts = {one.path.split(".", maxsplit=1)[0] for one in group.families} | {*group.parts, *group.roots}
        if first and first in starts:
            return group.slug
    return FIRST
