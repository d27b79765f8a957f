"""Sources a group may have, as its project may use them: amounts at this cost, months, cash per dirham, cost.

What a source does not say and the calculation needs is set prudently, and named in `assumed`: the pages say it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import numpy as np

from bpc.core.financing.need import Floats, Kind, Need, Offer, own_share_at, unit_ceiling
from bpc.core.matching.truth import Truth, hold
from bpc.core.plan.loans import schedule
from bpc.core.plan.schema.funding import Draw, Loan
from bpc.core.plan.solvers.borrowing import UNIT, cash_per_dirham, loan_of
from bpc.datasets.funding_source_parts import Ceiling
from bpc.datasets.funding_sources import FundingSource
from bpc.portal.funding.calendar import next_window
from bpc.portal.journeys.financing_need import WRITTEN, PlanNeed

Verdict = Literal["eligible", "to_confirm", "to_complete", "excluded"]
#: Months from a file handed in to the money, where no source says it: our estimates, told as such.
GRANT_DELAY, LOAN_DELAY, REFUND_DELAY = 6, 2, 6
#: When a recurring source has not said its next window: within a year.
NEXT_EDITION = 12
#: A loan whose terms are not said: yearly rate, months; a bank's bridge and campaign credit the same rate.
RATE, LOAN_MONTHS, INTEREST_VAT = 0.06, 60, 0.10
BRIDGE_MOST = 24  # months a bank waits for a grant
BANK_SHARE = 0.70  # of the need that a bank lends at most
BANK, LINE, BRIDGE = "bank-loan", "campaign-line", "bridge-"
GRANTS = frozenset({"grant", "in-kind"})
#: Help nobody can count on in a plan: won, raised from a crowd, bought into, or no money.
UNPLANNED = frozenset({"prize", "crowdfunding", "equity", "guarantee", "tax", "training-voucher"})
#: Paid to the bank, the insurer, the seller of a home: not for what a project buys.
NOT_FOR_PROJECTS = frozenset({"direct", "guarantee", "tax-relief", "market"})
#: A figure that is not the source's own for this help: to be confirmed before it is counted on.
FIRM = frozenset({"stated", "computed"})
UNITS: Mapping[str, str] = {
    "member": "members", "client": "members", "employee": "employees", "hectare": "land_area_ha",
    "hectare_year": "land_area_ha",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceOffer:
    """An offer, and how it is written into a plan. `slug` empty: no source of the directory. `loan`: its terms for any
    amount; `line_rate`: of a campaign credit, a year; `assumed`: what we set because the source does not say it."""

    offer: Offer
    slug: str = ""
    names: tuple[str, str] = ("", "")  # French, Arabic
    loan: Loan | None = None
    line_rate: float = 0.0
    payment: str = "unknown"
    prior_approval: bool = False
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offers:
    """What may be combined. `alike`: sources with the very terms of one in `offers` (slug → that one), calculated once;
    `unpriced`: sources without a figure to plan with; `unplanned`: help that is not money to count on; both are shown,
    never calculated."""

    offers: tuple[SourceOffer, ...]
    alike: Mapping[str, str]
    unpriced: tuple[str, ...]
    unplanned: tuple[str, ...]


def offers_for(
    need: PlanNeed, sources: Mapping[str, FundingSource], verdicts: Mapping[str, Verdict],
    answers: Mapping[str, Any], *, today: date, lead: int,
) -> Offers:  # fmt: skip
    """The offers of sources the group may have (`sources`: terms as they hold, frame filled in). Excluded ones and
    those whose answers lack are left aside. `lead`: months from today to the plan's first month."""
    found: list[SourceOffer] = []
    unpriced: list[str] = []
    unplanned: list[str] = []
    for slug, source in sources.items():
        if verdicts.get(slug) not in {"eligible", "to_confirm"}:
            continue
        if source.kind in UNPLANNED or (source.payment in NOT_FOR_PROJECTS and source.kind in GRANTS):
            unplanned.append(slug)
            continue
        reading = Reading(source, need, answers, today, lead)
        made = reading.offer(uncertain=verdicts[slug] == "to_confirm")
        (unpriced.append(slug) if made is None else found.append(made))
    held = frozenset(answers.get("held") or ())
    made_all = tuple(_alone(_without_held(one, held), sources) for one in found)
    single, alike = _once(made_all)
    offers = (*single, *_bridges(single, need.need), *_bank(need, lead))
    return Offers(offers, alike, tuple(unpriced), tuple(unplanned))


def _once(made: Iterable[SourceOffer]) -> tuple[tuple[SourceOffer, ...], dict[str, str]]:
    """Loans of the very same terms stand for one another: the first is calculated."""
    single: dict[Any, SourceOffer] = {}
    alike: dict[str, str] = {}
    for one in made:
        offer = one.offer
        key: Any = offer.id
        if one.loan is not None and not offer.requires_any:
            terms = one.loan.model_copy(update={"id": "same"})
            family = frozenset((offer.id, *offer.excludes))
            amounts = offer.max_mad, offer.min_mad, offer.own_min, offer.uncertain, offer.wait
            key = offer.kind, terms, amounts, family if offer.excludes else None
        if key in single:
            alike[offer.id] = single[key].offer.id
        single.setdefault(key, one)
    return tuple(single.values()), alike


def _without_held(one: SourceOffer, held: frozenset[str]) -> SourceOffer:
    """Nothing more is required once one of what is required is held."""
    offer = one.offer
    return replace(one, offer=replace(offer, requires_any=())) if held & set(offer.requires_any) else one


def _alone(one: SourceOffer, sources: Mapping[str, FundingSource]) -> SourceOffer:
    """Loans that another source names as "one of these" stand for one another: a group takes one. Our reading."""
    if one.offer.kind != "loan":
        return one
    groups = (source.requires_any for source in sources.values() if one.slug in source.requires_any)
    others = {other for group in groups for other in group} - {one.slug}
    excludes = tuple(dict.fromkeys((*one.offer.excludes, *sorted(others))))
    return replace(one, offer=replace(one.offer, excludes=excludes))


@dataclass(frozen=True, slots=True)
class Reading:
    """One source read for one project."""

    source: FundingSource
    need: PlanNeed
    answers: Mapping[str, Any]
    today: date
    lead: int

    def offer(self, *, uncertain: bool) -> SourceOffer | None:
        """The offer, or None when the source names no amount, no share and no ceiling."""
        source, most = self.source, self.ceiling()
        share = self.share()
        if most is None and share is None:
            return None
        if source.kind == "loan" and most is None:
            return None
        cost = self.need.need.eligible_cost
        limit = min(x for x in (most, None if share is None else share * cost) if x is not None)
        base = Offer(
            id=source.id,
            kind="grant",
            max_mad=limit,
            cash_per_dirham=np.zeros(self.need.need.months),
            min_mad=source.amounts.min_mad or 0.0,
            share_max=share,
            own_min=self.own_min(),
            in_kind_of_own_max=(source.own_contribution.in_kind_max_pct or 0.0) / 100.0,
            loans_count=self.loans_count(),
            excludes=source.cumulation.excludes,
            requires_any=source.requires_any,
            requires_max_mad=self.required_at_most(),
            exclusive=source.cumulation.same_item,
            public_share_max=self.public_share(),
            uncertain=uncertain or source.amounts.basis not in {None, *FIRM},
        )
        made = self._lent(base) if source.kind == "loan" else self._given(base)
        assumed = (*made.assumed, *self.window()[1])
        return replace(
            made, slug=source.id, names=(source.name_fr, source.name_ar), payment=source.payment,
            prior_approval=source.prior_approval, assumed=assumed,
        )  # fmt: skip

    def ceiling(self) -> float | None:
        """The most this project may have: of a file, and of its units. None: not known."""
        amounts = self.source.amounts
        stated = amounts.max_mad if amounts.basis == "stated" else None
        observed = amounts.typical_mad or (amounts.max_mad if amounts.basis != "older_scheme" else None)
        whole = stated if stated is not None else observed
        units = self._unit_ceilings()
        if not units:
            return whole
        # a ceiling for each unit says more than one for a file that is the same figure
        several = [limit for limit, each in units if each]
        alone = [limit for limit, each in units if not each]
        if several:
            return (
                min(several)
                if whole is None or whole in {c.amount_mad for c in self.source.ceilings}
                else min(whole, *several)
            )
        return min(alone) if whole is None else min(whole, *alone)

    def _unit_ceilings(self) -> list[tuple[float, bool]]:
        """Ceilings that hold for this group, and whether each is for several units."""
        found: list[tuple[float, bool]] = []
        for ceiling in self.source.ceilings:
            if ceiling.amount_mad is None or not self._holds(ceiling):
                continue
            field = UNITS.get(ceiling.per)
            quantity = self.quantity(field) if field else 1.0
            if quantity is not None:
                found.append((unit_ceiling(ceiling.amount_mad, quantity, ceiling.units), field is not None))
        return found

    def _holds(self, ceiling: Ceiling) -> bool:
        """A ceiling for others is none of ours; one of which we do not know is kept, prudently."""
        return all(hold(test.condition(), self.answers) is not Truth.UNMET for test in ceiling.when)

    def quantity(self, field: str) -> float | None:
        """How many units the group has; members as the plan counts them when nobody said."""
        said = self.answers.get(field)
        if said is None and field == "members":
            said = self.need.base.members.count
        return None if said is None else float(said)

    def share(self) -> float | None:
        """The part of the cost paid, at this cost of the project."""
        share = self.source.cost_share
        if share.by_cost:
            own = own_share_at(self.cost, [(p.cost_mad, p.own_pct / 100.0) for p in share.by_cost])
            return 1.0 - own
        return None if share.max_pct is None else share.max_pct / 100.0

    @property
    def cost(self) -> float:
        """What the project costs, MAD."""
        return self.need.need.eligible_cost

    def own_min(self) -> float:
        """The own contribution asked, at this cost."""
        share, own = self.source.cost_share, self.source.own_contribution
        if share.by_cost:
            return own_share_at(self.cost, [(p.cost_mad, p.own_pct / 100.0) for p in share.by_cost])
        return (own.min_pct or 0.0) / 100.0

    def loans_count(self) -> bool:
        """Whether "own contribution" is merely what the source does not pay: refunded after works, or most of the cost.

        Our reading: no village pays 70 % of a unit in cash, and a refund asks for invoices, not for whose money it was.
        """
        own, share = self.source.own_contribution, self.source.cost_share.max_pct
        if own.min_pct is None or share is None or own.in_kind_max_pct is not None:
            return False
        rest = own.min_pct + share >= 100.0
        return rest and (self.source.payment == "reimbursement" or own.min_pct > 50.0)

    def public_share(self) -> float | None:
        """All public money of the same cost, when this source is used."""
        most = self.source.cumulation.public_share_max_pct
        return None if most is None else most / 100.0

    def required_at_most(self) -> float | None:
        """The largest loan of what is required that the source accepts."""
        for test in self.source.conditions:
            if test.field == "intelaka_loan_mad" and test.op in {"lt", "lte"}:
                return float(test.value)
        return None

    def window(self) -> tuple[int, tuple[str, ...]]:
        """Months from today until a file can be handed in, and what was assumed."""
        window = next_window(self.source, self.today)
        if window.kind == "permanent" or (window.kind == "dated" and window.is_open(self.today)):
            return 0, ()
        day = window.closes or window.opens
        if day is not None:
            return max(0, months_between(self.today, day)), (("window",) if window.kind == "forecast" else ())
        return (0, ("window",)) if self.source.status == "open" else (NEXT_EDITION, ("window",))

    def _given(self, base: Offer) -> SourceOffer:
        need, source = self.need.need, self.source
        refunded = source.payment == "reimbursement"
        wait = self.window()[0] + GRANT_DELAY
        month = max(0, wait - self.lead)
        bought = [item for item in need.items if not item.owned]
        kind: Kind = "in_kind" if source.payment == "in-kind" or source.kind == "in-kind" else "grant"
        pays = tuple(item.id for item in need.items)
        if refunded:
            # approved first, works done, then refunded
            works = max((item.month for item in bought), default=0)
            month = max(month, works) + REFUND_DELAY
            wait = month + self.lead
        elif kind == "in_kind":
            first = min((item.month for item in bought if item.month >= month), default=None)
            pays = tuple(i.id for i in need.items if first is not None and (i.month == first or i.owned))
            month = month if first is None else first
            if first is None:
                return SourceOffer(replace(base, kind=kind, max_mad=0.0, wait=wait, month=month))
        elif source.prior_approval:
            # works begun before approval are not paid
            pays = tuple(item.id for item in need.items if item.owned or item.month >= month)
        profile = _step(need.months, month)
        limit = 0.0 if not any(profile) or not pays else base.max_mad
        offer = replace(
            base, kind=kind, max_mad=limit, cash_per_dirham=profile, month=month, wait=wait, items=pays
        )
        return SourceOffer(offer, assumed=("delay",))

    def _lent(self, base: Offer) -> SourceOffer:
        credit = self.source.credit
        assumed = ["delay"]
        rate = credit.rate_pct if credit else None
        months = credit.months_max if credit else None
        grace = (credit.grace_months if credit else None) or 0
        if rate is None:
            rate = 100.0 * RATE
            assumed.append("rate")
        if months is None:
            months = max(LOAN_MONTHS, grace + 12)
            assumed.append("months")
        wait = self.window()[0] + LOAN_DELAY
        month = max(0, wait - self.lead)
        members = bool(credit and credit.to_members)
        terms = Loan(
            id=line_id(self.source.id), draws=(Draw(month=min(month, 119), amount=1.0),), annual_rate=rate / 100.0,
            months=months, grace_months=min(grace, months - 1), lender="members" if members else "bank",
            interest_vat=INTEREST_VAT,
        )  # fmt: skip
        offer = replace(base, kind="member_loan" if members else "loan", month=month, wait=wait, public=False)
        return lent(offer, terms, self.need.need.months, tuple(assumed))


def lent(offer: Offer, terms: Loan, months: int, assumed: tuple[str, ...] = ()) -> SourceOffer:
    """The offer of a loan of those terms: cash per dirham over the plan, cost over the whole life of the loan."""
    whole = schedule(loan_of(terms, UNIT), max(months, offer.month + terms.months + 1))
    cost = float((whole.interest + whole.interest_vat).sum()) / UNIT
    profile: Floats = cash_per_dirham(terms, months)
    return SourceOffer(
        replace(offer, cash_per_dirham=profile, cost_per_dirham=cost), loan=terms, assumed=assumed
    )


def months_between(today: date, day: date) -> int:
    """Months begun from one day to a later one."""
    return (day.year - today.year) * 12 + day.month - today.month


def line_id(slug: str) -> str:
    """The id of a source's line in a plan."""
    return f"{WRITTEN}{slug.replace('-', '_')}"[:40]


def _step(months: int, month: int) -> Floats:
    return np.asarray((np.arange(months) >= month).astype(np.float64))


def _bridges(made: Iterable[SourceOffer], need: Need) -> list[SourceOffer]:
    """A bank's bridge for each grant whose money comes after the first thing is bought, at most two years."""
    first = min((item.month for item in need.items if not item.owned), default=0)
    found: list[SourceOffer] = []
    for one in made:
        grant, length = one.offer, one.offer.month - first
        if grant.kind != "grant" or not 1 <= length <= BRIDGE_MOST or grant.max_mad <= 0:
            continue
        terms = Loan(
            id=line_id(f"{BRIDGE}{one.slug}"), draws=(Draw(month=first, amount=1.0),), annual_rate=RATE, months=length,
            kind="in_fine", interest_vat=INTEREST_VAT,
        )  # fmt: skip
        offer = Offer(
            f"{BRIDGE}{one.slug}", "bridge", grant.max_mad, np.zeros(need.months), month=first, wait=0, public=False,
            bridges=(grant.id,), uncertain=grant.uncertain,
        )  # fmt: skip
        found.append(replace(lent(offer, terms, need.months, ("rate",)), names=one.names))
    return found


def _bank(need: PlanNeed, lead: int) -> Iterable[SourceOffer]:
    """What any bank may be asked: a loan on the terms of the plan (else usual ones), and a campaign credit."""
    month = max(0, LOAN_DELAY - lead)
    terms = Loan(
        id=line_id(BANK), draws=(Draw(month=month, amount=1.0),), annual_rate=RATE, months=LOAN_MONTHS,
        grace_months=6, interest_vat=INTEREST_VAT,
    )  # fmt: skip
    most = BANK_SHARE * need.need.peak
    if most > 0:
        offer = Offer(
            BANK, "loan", most, np.zeros(need.need.months), month=month, wait=LOAN_DELAY, public=False
        )
        yield lent(offer, terms, need.need.months, ("rate", "months", "ceiling"))
    limit, rate = need.line or (0.0, RATE)
    if limit > 0:
        line = Offer(
            LINE, "line", limit, np.zeros(need.need.months), month=month, wait=LOAN_DELAY, public=False,
            monthly_rate=rate / 12.0,
        )  # fmt: skip
        yield SourceOffer(line, line_rate=rate, assumed=("rate",))
