"""A project's plan, the sources it may have, the combinations that hold: solved, written in, checked by the engine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from bpc.core.financing.explanations import Forced, explain, goal_row
from bpc.core.financing.need import Floats, Goal, Infeasible, Need, Proposal
from bpc.core.financing.obstacles import find_obstacles
from bpc.core.financing.program import Program, Solution
from bpc.core.financing.proposals import (
    GOALS,
    Found,
    alike,
    best_of,
    cash_of,
    reach,
    settle,
    without_one,
)
from bpc.core.kernel.months import Month
from bpc.core.matching.verdict import match_all
from bpc.core.plan.document import write_plan
from bpc.datasets.funding_sources import FundingSource
from bpc.portal.funding.queries import all_sources, schemes
from bpc.portal.funding.terms import effective
from bpc.portal.journeys.financing_need import PlanNeed, need_of_document
from bpc.portal.journeys.financing_offers import (
    Offers,
    SourceOffer,
    Verdict,
    months_between,
    offers_for,
)
from bpc.portal.journeys.financing_writing import (
    Written,
    correction_of,
    gap_of,
    with_correction,
    write_proposal,
)
from bpc.portal.plans.models import Plan

Document = dict[str, Any]
#: Rounds in which solver and engine come to agree; from CAREFUL on, the lowest cash of all rounds is kept.
ROUNDS, CAREFUL = 8, 4
#: Cash may miss the floor by the rounding of a centime, MAD.
CENTIME = 0.01
#: A group may wait this long for money before it begins, months; starts tried beside the plan's own.
WAIT_MOST, STARTS = 24, 2
MOST = 3


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the group asks of a study. None: as its answers, then its plan, say. `struck`: sources it does not want;
    `forced`: that it must have; `to_confirm`: sources to be confirmed may be used, in proposals apart; `may_wait`: the
    plan may begin later, when money is there."""

    own_cash: float | None = None
    own_in_kind: float | None = None
    floor: float | None = None
    struck: frozenset[str] = frozenset()
    forced: frozenset[str] = frozenset()
    to_confirm: bool = True
    may_wait: bool = True


@dataclass(frozen=True, slots=True)
class Financed:
    """A proposal written into a copy of the plan. `document`: the whole plan with it; `funding`: only the parts it
    replaces (`shares`, `grants`, `loans`, `overdraft`, and `start` when it waits for money); `min_cash`: the engine's;
    `gap`: the largest difference between the solver's cash and the engine's over all months, MAD; `rounds` until both
    agreed; `settled`: the last round changed nothing. `offers`: each source used or left out, by its id."""

    proposal: Proposal
    document: Document
    funding: Document
    min_cash: float
    gap: float
    rounds: int
    settled: bool
    start: str
    postponed: int  # months after the plan's own start
    offers: Mapping[str, SourceOffer]
    uncertain: tuple[str, ...]  # sources used that must be confirmed
    need: Need


@dataclass(frozen=True, slots=True)
class Study:
    """What was found for a plan as it stood at `revision`. `proposals` are what the group may count on; `optimistic`
    also uses sources that must be confirmed by their provider. `excluded`: slugs the group cannot have, and those whose
    answers lack (`to_complete`): never used. `unpriced`, `unplanned`, `alike`: see `Offers`."""

    revision: int
    input_hash: str
    today: date
    need: Need
    offers: tuple[SourceOffer, ...]
    proposals: tuple[Financed, ...]
    infeasible: Infeasible | None
    optimistic: tuple[Financed, ...]
    excluded: tuple[str, ...]
    to_complete: tuple[str, ...]
    unpriced: tuple[str, ...]
    unplanned: tuple[str, ...]
    alike: Mapping[str, str]
    own_cash_said: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """The question at one start of the plan: what it lacks, the offers as they fall then."""

    need: PlanNeed
    offers: Mapping[str, SourceOffer]
    program: Program
    known: Forced
    start: str
    postponed: int

    @property
    def plain(self) -> Mapping[str, Any]:
        """The offers as the solver knows them."""
        return {name: one.offer for name, one in self.offers.items()}


def propose_financing(
    plan: Plan, answers: Mapping[str, Any], *, today: date, wishes: Wishes = Wishes(), language: str = "fr"
) -> Study:
    """Up to three distinct ways to finance the plan with what the group may have; nothing is written.

    Raises InvalidPlan when the plan as it stands cannot be calculated.
    """
    known = all_sources()
    sources = {slug: effective(one, known.get(one.parent or "")).source for slug, one in known.items()}
    judged = match_all(tuple(schemes().values()), answers, today, with_changes=False)
    verdicts: dict[str, Verdict] = {verdict.id: verdict.verdict for verdict in judged}
    study = study_document(
        plan.document, answers, sources, verdicts, today=today, wishes=wishes, language=language
    )
    return replace(study, revision=plan.revision)


def study_document(
    document: Mapping[str, Any], answers: Mapping[str, Any], sources: Mapping[str, FundingSource],
    verdicts: Mapping[str, Verdict], *, today: date, wishes: Wishes = Wishes(), language: str = "fr",
) -> Study:  # fmt: skip
    """The study of a document, of sources (terms as they hold) and verdicts given. Raises InvalidPlan."""
    answers = _said(answers, wishes)
    document = dict(document) if wishes.floor is None else {**document, "cash_floor": wishes.floor}
    usable = {slug: one for slug, one in sources.items() if slug not in wishes.struck}
    ask = _Ask(document, answers, usable, verdicts, today, wishes, language)
    settings = whole = ask.settings(sure=True)
    proposals, infeasible = ask.study(settings)
    optimistic: tuple[Financed, ...] = ()
    if wishes.to_confirm:
        whole = ask.settings(sure=False)
        more = len(whole[0].offers) > len(settings[0].offers)
        optimistic = ask.study(whole, uncertain=True)[0] if more else ()
    first, listed = settings[0], ask.listed
    return Study(
        revision=0,
        input_hash=first.need.input_hash,
        today=today,
        need=first.need.need,
        offers=tuple(whole[0].offers.values()),
        proposals=proposals,
        infeasible=infeasible,
        optimistic=optimistic,
        excluded=tuple(slug for slug, verdict in verdicts.items() if verdict == "excluded"),
        to_complete=tuple(slug for slug, verdict in verdicts.items() if verdict == "to_complete"),
        unpriced=listed.unpriced,
        unplanned=listed.unplanned,
        alike=listed.alike,
        own_cash_said=first.need.own_cash_said,
    )


def _said(answers: Mapping[str, Any], wishes: Wishes) -> dict[str, Any]:
    said = {"own_cash_mad": wishes.own_cash, "own_in_kind_mad": wishes.own_in_kind}
    return {**answers, **{name: value for name, value in said.items() if value is not None}}


class _Ask:
    """One study under way: what does not change from one start or one set of sources to another."""

    def __init__(
        self, document: Document, answers: Mapping[str, Any], sources: Mapping[str, FundingSource],
        verdicts: Mapping[str, Verdict], today: date, wishes: Wishes, language: str,
    ) -> None:  # fmt: skip
        self.document, self.answers, self.sources, self.verdicts = document, answers, sources, verdicts
        self.today, self.wishes, self.language = today, wishes, language
        self.listed = Offers((), {}, (), ())
        self.needs: dict[int, PlanNeed] = {}
        self.found: dict[tuple[int, Goal, tuple[str, ...]], tuple[Setting, Found]] = {}

    def settings(self, *, sure: bool) -> list[Setting]:
        """The question at the plan's own start, then at later ones at which more money is there. `sure`: without the
        sources to be confirmed."""
        first = self._setting(0, sure)
        lead = first.need.need.start
        waits = {
            one.offer.wait
            for one in first.offers.values()
            if one.offer.kind in {"grant", "in_kind"} and one.payment != "reimbursement"
        }
        later = sorted(wait for wait in waits if lead < wait <= lead + WAIT_MOST)
        tried = sorted({later[0], later[-1]})[:STARTS] if later and self.wishes.may_wait else []
        return [first, *(self._setting(wait - lead, sure) for wait in tried)]

    def _setting(self, postponed: int, sure: bool) -> Setting:
        need = self._need(postponed)
        offers = offers_for(
            need, self.sources, self.verdicts, self.answers, today=self.today, lead=need.need.start
        )
        if not postponed:
            self.listed = offers
        by_id = {one.offer.id: one for one in offers.offers if not (sure and one.offer.uncertain)}
        program = Program(need.need, tuple(one.offer for one in by_id.values()))
        return Setting(need, by_id, program, Forced(program), need.base.start, postponed)

    def _need(self, postponed: int) -> PlanNeed:
        if postponed not in self.needs:
            start = Month.parse(self.document["start"]).plus(postponed)
            made = need_of_document({**self.document, "start": str(start)}, self.answers)
            lead = max(0, months_between(self.today, date(start.year, start.month, 1)))
            self.needs[postponed] = replace(made, need=replace(made.need, start=lead))
        return self.needs[postponed]

    def study(
        self, settings: list[Setting], *, uncertain: bool = False
    ) -> tuple[tuple[Financed, ...], Infeasible | None]:
        """The proposals that the engine confirms, or why there is none. `uncertain`: only those that use a source to
        be confirmed, and no reasons."""
        kept: list[Financed] = []
        first = settings[0]
        for goal in GOALS:
            at_best = self._best_start(settings, goal)
            if at_best is None:
                return (), None if uncertain else find_obstacles(settings[-1].program, self.wishes.forced)
            setting, best = at_best
            first = setting if goal == "cost" else first
            self._keep(kept, setting, reach(setting.program, goal, self.wishes.forced, best))
        for setting in (first, *(one for one in settings if one is not first)):
            while len(kept) < MOST:
                found = without_one(setting.program, [one.proposal for one in kept], self.wishes.forced)
                if not self._keep(kept, setting, found):
                    break
        if kept:
            shown = [one for one in _with_goals(kept) if one.uncertain or not uncertain]
            return tuple(self._explained(one) for one in shown), None
        return (), None if uncertain else find_obstacles(settings[-1].program, self.wishes.forced)

    def _best_start(self, settings: list[Setting], goal: Goal) -> tuple[Setting, Solution] | None:
        """The start of the plan at which the goal is at its best, the earliest of those; None when nothing holds."""
        best: tuple[Setting, Solution] | None = None
        for setting in settings:
            under = None if best is None else float(goal_row(best[0].program, goal) @ best[1].values)
            found = best_of(setting.program, goal, self.wishes.forced, under)
            best = best if found is None else (setting, found)
        return best

    def _keep(self, kept: list[Financed], setting: Setting, found: Found | None) -> bool:
        """Keep what the engine confirms and differs from what is there."""
        if found is None or any(_same(setting, one, found.proposal) for one in kept):
            return False
        financed = self._finance(setting, found)
        if financed is None or any(_same(setting, one, financed.proposal) for one in kept):
            return False
        kept.append(financed)
        return True

    def _finance(self, setting: Setting, found: Found) -> Financed | None:
        """Written in, run, corrected and solved again until solver and engine agree; None when they cannot."""
        one, corrections = found, list[Floats]()
        for rounds in range(1, ROUNDS + 1):
            _, correction = self._written(setting, one.proposal)
            corrections.append(correction)
            careful = correction if rounds < CAREFUL else np.min(corrections, axis=0)
            program = self._corrected(setting, careful)
            again = settle(program, one.proposal) or self._another(program, one.proposal.goal)
            if again is None:
                return None
            settled, one = _stands(one.proposal, again.proposal), again
            if settled:
                break
        return self._told(setting, one, rounds, settled=settled)

    def _another(self, program: Program, goal: Goal) -> Found | None:
        """Other sources for the same goal, where the first ones do not bear the engine's correction."""
        found = reach(program, goal, self.wishes.forced)
        return None if found is None else settle(program, found.proposal)

    def _corrected(self, setting: Setting, correction: Floats) -> Program:
        need = with_correction(setting.need, correction).need
        return Program(need, setting.program.offers, setting.program.caps)

    def _written(self, setting: Setting, proposal: Proposal) -> tuple[Written, Floats]:
        written = write_proposal(setting.need, setting.offers, proposal, self.language)
        return written, correction_of(setting.need.need, setting.plain, proposal, written)

    def _told(self, setting: Setting, one: Found, rounds: int, *, settled: bool) -> Financed | None:
        """The last word is the engine's: its cash, its lowest month."""
        written, correction = self._written(setting, one.proposal)
        if written.min_cash < written.plan.cash_floor - CENTIME:
            return None
        program = self._corrected(setting, correction)
        used = [offer for offer in program.offers if offer.id in one.proposal.amounts]
        cash, line, _ = cash_of(program.need, used, one.proposal.amounts, one.proposal.own_cash)
        proposal = replace(one.proposal, cash=cash, line=line)
        self.found[setting.postponed, proposal.goal, tuple(proposal.amounts)] = setting, one
        return _financed(setting, proposal, written, program.need, rounds, settled=settled)

    def _explained(self, one: Financed) -> Financed:
        """With its reasons: asked last, and only of what is shown."""
        made = one.proposal
        setting, found = self.found[one.postponed, made.goal, tuple(made.amounts)]
        return replace(one, proposal=explain(found.program, made, found.solution, setting.known))


def _financed(
    setting: Setting, told: Proposal, written: Written, need: Need, rounds: int, *, settled: bool
) -> Financed:
    funding = written.funding
    if not setting.postponed:
        del funding["start"]
    return Financed(
        proposal=told,
        document=write_plan(written.plan),
        funding=funding,
        min_cash=written.min_cash,
        gap=gap_of(told, written),
        rounds=rounds,
        settled=settled,
        start=setting.start,
        postponed=setting.postponed,
        offers=setting.offers,
        uncertain=tuple(name for name in told.amounts if setting.offers[name].offer.uncertain),
        need=need,
    )


def _stands(one: Proposal, two: Proposal) -> bool:
    return one.amounts == two.amounts and one.own_cash == two.own_cash


def _measure(goal: Goal, proposal: Proposal) -> float:
    if goal == "time":
        return float(proposal.months_to_money)
    return proposal.own_cash if goal == "own_cash" else proposal.cost


def _same(setting: Setting, kept: Financed, new: Proposal) -> bool:
    """Whether a plan is there already: the same sources, much the same own cash."""
    names = {name for one in (kept.proposal, new) for name in one.amounts}
    if names - set(setting.offers):
        return False
    return alike(setting.program, kept.proposal, new)


def _with_goals(kept: list[Financed]) -> Iterator[Financed]:
    """Each with the other goals it reaches best: two goals may agree on one plan."""
    best = {goal: min(kept, key=lambda one, goal=goal: _measure(goal, one.proposal)) for goal in GOALS}  # type: ignore[misc]
    for one in kept:
        also = tuple(goal for goal in GOALS if best[goal] is one and goal != one.proposal.goal)
        yield replace(one, proposal=replace(one.proposal, also=also))
