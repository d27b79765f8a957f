"""A source as a card of the list: eligibility, place, deadline and money first, then the effort and the chances."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext

from bpc.datasets.funding_sources import FundingSource
from bpc.portal.funding.calendar import next_window
from bpc.portal.funding.queries import SourceCard
from bpc.portal.reference.places import Reference, reference
from bpc.portal.web.funding.audience import short_audience, short_places
from bpc.portal.web.funding.chances import short_rate
from bpc.portal.web.funding.money import short_amount, short_contribution
from bpc.portal.web.funding.when import Deadline, deadline_of
from bpc.portal.web.funding.words import KINDS, PAYMENTS, KindWords


@dataclass(frozen=True)
class Card:
    """What is shown of a source in a list. `amount_kind`: stated, observed, unpublished or relief (no amount)."""

    slug: str
    name: str
    provider: str
    kind: KindWords
    audience: str
    places: str
    deadline: Deadline
    amount: str
    amount_kind: str
    brings: str
    payment: str
    rate: str
    counter: bool
    local_calls: str
    to_verify: bool


def told_cards(cards: Iterable[SourceCard], sources: Mapping[str, FundingSource], today: date) -> list[Card]:
    """The cards of a page in its language; a source taken off in this very moment is left out."""
    known = reference()
    return [
        _card(sources[one.slug], one.local_calls, sources, known, today)
        for one in cards
        if one.slug in sources
    ]


def card_of(source: FundingSource, sources: Mapping[str, FundingSource], today: date) -> Card:
    """The card of one source, for pages other than the list."""
    return _card(source, 0, sources, reference(), today)


def _card(
    source: FundingSource, calls: int, sources: Mapping[str, FundingSource], known: Reference, today: date
) -> Card:
    frame = sources.get(source.parent) if source.parent else None
    language = get_language() or "fr"
    amount, amount_kind = short_amount(source, frame)
    counted = ngettext("%(count)s appel local", "%(count)s appels locaux", calls) % {"count": calls}
    return Card(
        slug=source.id,
        name=source.name.in_language(language),
        provider=source.provider.in_language(language),
        kind=KINDS[source.kind],
        audience=short_audience(source),
        places=short_places(source, known),
        deadline=deadline_of(next_window(source, today), today),
        amount=amount,
        amount_kind=amount_kind,
        brings=short_contribution(source, frame),
        payment=str(PAYMENTS[source.payment]) if source.payment != "unknown" else "",
        rate=short_rate(source),
        counter=source.apply.counter,
        local_calls=counted if calls else "",
        to_verify=source.confidence in {"low", "to_verify"},
    )
