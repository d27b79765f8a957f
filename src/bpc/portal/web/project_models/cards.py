"""A model as a card of the list: its sentence and the figures that decide."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from bpc.portal.blueprints.catalogue import Published
from bpc.portal.reference.models import Sector
from bpc.portal.reference.places import reference


@dataclass(frozen=True)
class Card:
    """What is shown of a model in a list; unknown figures are None."""

    slug: str
    name: str
    summary: str
    sector: Sector
    women: bool
    income: float | None
    shares_cost: bool
    investment: float | None
    members: int


def cards(entries: Iterable[Published]) -> list[Card]:
    """The cards of published models, in the language of the page."""
    sectors, language = reference().sectors, get_language() or "fr"
    return [_card(entry, sectors[entry.model.sector], language) for entry in entries]


def _card(entry: Published, sector: Sector, language: str) -> Card:
    model = entry.model
    return Card(
        slug=entry.slug,
        name=model.name.in_language(language),
        summary=model.summary.in_language(language),
        sector=sector,
        women=model.women_led_typical,
        income=entry.headline.get("income_per_member") if model.kind != "cost_recovery" else None,
        shares_cost=model.kind == "cost_recovery",
        investment=entry.headline.get("investment"),
        members=model.members_typical,
    )
