"""What the search for money found, as it is kept for the group: parts, reasons, warnings and steps in order."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bpc.core.financing.need import GIVEN, LENT, Binding, Infeasible, LeftOut, Need, Proposal
from bpc.datasets.funding_sources import FundingSource
from bpc.portal.financing import studies as kept
from bpc.portal.funding.calendar import NextWindow, next_window
from bpc.portal.journeys.financing_offers import SourceOffer
from bpc.portal.journeys.propose_financing import Financed, Study

#: Codes the page has words for, beside those of the solver.
_WINDOWS = {"dated": "closes", "forecast": "forecast", "unknown": "window_unknown"}
_ASKED = {"dated", "forecast"}  # windows that say when to ask
_TINY = 0.005  # MAD: less was not used


@dataclass(frozen=True, slots=True)
class Told:
    """What every part of a study needs: offers by id, sources by slug, the plan's first month, the day."""

    offers: Mapping[str, SourceOffer]
    sources: Mapping[str, FundingSource]
    first: str  # « 2027-01 », empty in a plan of no particular year
    today: date

    def slug(self, offer: str) -> str:
        """The source an offer comes from, empty for what is in no directory."""
        one = self.offers.get(offer)
        slug = offer if one is None else one.slug
        return slug if slug in self.sources else ""

    def month_of(self, day: date) -> int:
        """The month of the plan a day falls in; today's is 0 in a plan of no particular year."""
        first = self.first or f"{self.today:%Y-%m}"
        return (day.year - int(first[:4])) * 12 + day.month - int(first[5:])


def kept_study(
    found: Study, sources: Mapping[str, FundingSource], first: str, struck: Iterable[str] = ()
) -> kept.Study:
    """Everything of it that pages say. The proposals to count on come first, then those to be confirmed."""
    told = Told({one.offer.id: one for one in found.offers}, sources, first, found.today)
    proposals = [_proposal(one, told, optimistic=False) for one in found.proposals]
    proposals += [_proposal(one, told, optimistic=True) for one in found.optimistic]
    reasons, opens = _obstacles(found, told, tuple(struck))
    return kept.Study(
        need=kept_need(found.need, first),
        proposals=tuple(proposals[:6]),
        reasons=reasons,
        opens=opens,
        to_complete=_named(found.to_complete, sources),
        alike=_named(found.alike, sources),
        unpriced=_named(found.unpriced, sources),
        unplanned=_named(found.unplanned, sources),
    )


def _named(slugs: Iterable[str], sources: Mapping[str, FundingSource]) -> tuple[str, ...]:
    return tuple(slug for slug in slugs if slug in sources)[: kept.MOST_SOURCES]


def kept_need(need: Need, first: str) -> kept.Need:
    """What a plan lacks, as pages tell it."""
    return kept.Need(
        first=first,
        base_cash=tuple(round(float(value), 2) for value in need.base_cash),
        outlays=tuple(round(float(value), 2) for value in need.outlays),
        floor=need.floor,
        eligible_cost=need.eligible_cost,
        own_cash_max=need.own_cash_max,
        own_in_kind_max=need.own_in_kind_max,
    )


def _proposal(financed: Financed, told: Told, *, optimistic: bool) -> kept.Proposal:
    one = financed.proposal
    first = financed.start if told.first else ""
    told = Told(financed.offers, told.sources, first, told.today)
    parts = tuple(_parts(one, told))
    return kept.Proposal(
        goal=one.goal,
        also=one.also,
        optimistic=optimistic,
        first=first,
        postponed=financed.postponed,
        parts=parts,
        own_cash=max(0.0, one.own_cash),
        own_in_kind=max(0.0, one.own_in_kind),
        cash=tuple(round(float(value), 2) for value in one.cash),
        line=tuple(round(float(value), 2) for value in one.line),
        cost=one.cost,
        months_to_money=one.months_to_money,
        left_out=tuple(_left_out(row, told) for row in one.left_out if told.slug(row.id)),
        binding=tuple(_limit(row, told) for row in one.binding)[: kept.MOST_REASONS],
        value_of_own_cash=_value(one),
        steps=tuple(sorted(_steps(parts, one, told, financed.need), key=lambda step: step.month)),
        warnings=tuple(_warnings(parts, told)),
        funding=dict(financed.funding),
        gap=financed.gap,
    )


def _value(proposal: Proposal) -> float | None:
    value = proposal.value_of_own_cash
    return value.checked if value.checked is not None else value.marginal


def _parts(proposal: Proposal, told: Told) -> Iterator[kept.Part]:
    """Every source used, what is given before what is lent, what only bridges a wait last."""
    order = ("grant", "in_kind", "loan", "member_loan", "bridge", "line")
    used = [told.offers[name] for name, amount in proposal.amounts.items() if amount >= _TINY]
    for one in sorted(used, key=lambda one: (order.index(one.offer.kind), one.offer.month, one.offer.id)):
        yield _part(one, proposal, told)


def _part(one: SourceOffer, proposal: Proposal, told: Told) -> kept.Part:
    offer = one.offer
    use = next((use for use in proposal.uses if use.id == offer.id), None)
    return kept.Part(
        offer=offer.id,
        source=told.slug(offer.id),
        kind=offer.kind,
        amount=proposal.amounts[offer.id],
        month=None if offer.kind in ("in_kind", "line") else offer.month,
        wait=offer.wait,
        cost=use.cost if use else 0.0,
        payment=one.payment,
        share=offer.share_max,
        rate=one.loan.annual_rate if one.loan is not None else one.line_rate or None,
        months=one.loan.months if one.loan is not None else None,
        grace=one.loan.grace_months if one.loan is not None else None,
        to_confirm=offer.uncertain,
        prior_approval=one.prior_approval,
        without=use.without if use else None,
        needed=use is not None and use.without is None,
        assumed=one.assumed,
    )


def _left_out(row: LeftOut, told: Told) -> kept.Reason:
    other = told.slug(row.other) if row.other else None
    params = {"worse": row.worse, "other": other}
    return kept.Reason(
        code=row.reason,
        source=told.slug(row.id),
        params={name: value for name, value in params.items() if value is not None},
    )


def _limit(row: Binding, told: Told) -> kept.Reason:
    params: dict[str, float | str | bool | None] = {"value": row.value, **_kind(row.offer, told)}
    if row.month is not None:
        params["month"] = row.month
    return kept.Reason(code=row.name, source=told.slug(row.offer or ""), params=params)


def _kind(offer: str | None, told: Told) -> dict[str, str]:
    """What an offer of no directory is, for its name: a bank's loan, a bridge."""
    one = told.offers.get(offer or "")
    return {} if one is None or told.slug(one.offer.id) else {"kind": one.offer.kind}


def _obstacles(
    found: Study, told: Told, struck: tuple[str, ...]
) -> tuple[tuple[kept.Reason, ...], tuple[kept.Reason, ...]]:
    """Why nothing holds, and what would help, the surest first."""
    if found.infeasible is None:
        return (), ()
    obstacle: Infeasible = found.infeasible
    reasons = [
        kept.Reason(
            code=row.name,
            source=told.slug(row.offer or ""),
            params={**_kind(row.offer, told), **({} if row.year is None else {"year": row.year})},
        )
        for row in obstacle.reasons
    ]
    if not any(one.slug and one.offer.kind in GIVEN | LENT for one in found.offers):
        reasons.insert(0, kept.Reason(code="no_source"))
    opens = []
    if found.to_complete:
        opens.append(kept.Reason(code="answers", params={"count": len(found.to_complete)}))
    if obstacle.own_cash is not None:
        opens.append(kept.Reason(code="own_cash", params={"amount": obstacle.own_cash}))
    if obstacle.grant is not None:
        opens.append(kept.Reason(code="grant", params={"amount": obstacle.grant}))
    if found.optimistic:
        opens.append(kept.Reason(code="to_confirm"))
    opens += [kept.Reason(code="unstrike", source=slug) for slug in struck if slug in told.sources]
    opens.append(kept.Reason(code="spend_less"))
    return tuple(reasons or [kept.Reason(code="no_source")]), tuple(opens)


def _warnings(parts: Iterable[kept.Part], told: Told) -> Iterator[kept.Reason]:
    """What to know before asking, source by source."""
    for part in parts:
        source = told.sources.get(part.source)
        if source is None or part.kind in kept.PASSING:
            continue
        codes = [
            ("prior_approval", part.prior_approval),
            ("paid_after", part.payment == "reimbursement"),
            ("milestone", part.payment == "milestone"),
            ("to_confirm", part.to_confirm),
            ("low_confidence", not part.to_confirm and source.confidence in ("low", "to_verify")),
        ]
        for code, holds in codes:
            if holds:
                yield kept.Reason(code=code, source=part.source)
        window = next_window(source, told.today)
        if code := _WINDOWS.get(window.kind, ""):
            day = window.closes or window.opens
            if code == "window_unknown" or day is not None:
                yield kept.Reason(
                    code=code, source=part.source, params={"day": day.isoformat()} if day else {}
                )


def _asked_in(part: kept.Part, window: NextWindow | None, told: Told) -> int:
    """The month in which to ask: that of the window where one is known, else now."""
    now = told.month_of(told.today)
    day = (window.opens or window.closes) if window is not None and window.kind in _ASKED else None
    return max(now, told.month_of(day)) if day is not None else now


def _steps(parts: tuple[kept.Part, ...], proposal: Proposal, told: Told, need: Need) -> Iterator[kept.Step]:
    """From the first file to the last repayment, a source that opens another before it."""
    now = told.month_of(told.today)
    asked: dict[str, int] = {}
    for part in sorted(parts, key=lambda one: bool(told.offers[one.offer].offer.requires_any)):
        if not part.source or part.kind in kept.PASSING:
            continue
        month = _asked_in(part, next_window(told.sources[part.source], told.today), told)
        first = told.offers[part.offer].offer.requires_any
        month = max([month, *(asked[name] for name in first if name in asked)])
        asked[part.offer] = month
        yield kept.Step(month=month, code="ask", source=part.source)
    if proposal.own_cash >= _TINY:
        yield kept.Step(month=max(0, now), code="own_cash", amount=proposal.own_cash)
    if proposal.own_in_kind >= _TINY:
        yield kept.Step(month=max(0, now), code="own_in_kind", amount=proposal.own_in_kind)
    spent = next((month for month, amount in enumerate(need.outlays) if amount >= _TINY), None)
    if spent is not None and any(part.prior_approval for part in parts):
        yield kept.Step(month=spent, code="start")
    for part in parts:
        yield from _money_steps(part, parts)


def _money_steps(part: kept.Part, parts: tuple[kept.Part, ...]) -> Iterator[kept.Step]:
    """When the money of a part comes, and goes back."""
    if part.kind == "line":
        return
    month = part.month or 0
    if part.kind == "bridge":
        yield kept.Step(month=month, code="bridge", amount=part.amount)
        waited = [one.month for one in parts if one.kind == "grant" and one.month is not None]
        yield kept.Step(month=max([month, *waited]), code="bridge_back", amount=part.amount)
        return
    code = "bought" if part.kind == "in_kind" else "money"
    yield kept.Step(month=month, code=code, source=part.source, amount=part.amount)
    if part.months is not None:
        yield kept.Step(month=month + (part.grace or 0) + 1, code="repay", source=part.source)
        yield kept.Step(month=month + part.months, code="repaid", source=part.source)
