"""Salaried work: gross wages, the legal minimum of each month, employer's charges."""

from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Factors, Floats, Term, total
from bpc.core.plan.frame import Frame
from bpc.core.plan.schema.operations import Position


@dataclass(frozen=True, slots=True)
class Wages:
    """Monthly amounts (T, S): gross wages of members and of others, and what the employer pays on top."""

    members: Floats
    others: Floats
    charges: Floats

    @property
    def total(self) -> Floats:
        """The whole cost of salaried work."""
        return self.members + self.others + self.charges


def wages_of(frame: Frame, factors: Factors) -> Wages:
    """The wages of every month. A factor on wages moves charges in proportion, also across their ceiling."""
    members: list[Term] = []
    others: list[Term] = []
    charges: list[Term] = []
    for position in frame.plan.staff:
        gross = gross_wage(frame, position)
        paid = full_time_posts(frame, position) * gross
        factor = factors.of("wages", position.id)
        members.append(Term(paid * position.members, factor))
        others.append(Term(paid * (1.0 - position.members), factor))
        charges.append(Term(full_time_posts(frame, position) * employer_charge(frame, gross), factor))
    months = frame.months
    return Wages(total(members, months), total(others, months), total(charges, months))


def full_time_posts(frame: Frame, position: Position) -> Floats:
    """Full-time posts held in each month, shape (T,)."""
    posts = position.fte * frame.timeline.phased(position.phasing or frame.plan.staff_phasing)
    if position.months is not None:
        posts = posts * np.isin(frame.timeline.calendar_month + 1, position.months)
    return np.asarray(posts * frame.active_from(position.phase)) if position.phase else posts


def legal_minimum(frame: Frame, kind: str) -> Floats:
    """The lowest legal monthly wage of each month, MAD, shape (T,): hourly SMIG × hours, or daily SMAG × days."""
    rules, start, months = frame.rules, frame.timeline.start, frame.months
    if kind == "smag":
        return rules.smag_day.over(start, months) * rules.days_a_month.over(start, months)
    return rules.smig_hour.over(start, months) * rules.hours_a_month.over(start, months)


def gross_wage(frame: Frame, position: Position) -> Floats:
    """The monthly gross wage of a full-time post, shape (T,)."""
    written = legal_minimum(frame, position.minimum) if position.minimum else None
    if position.gross is not None:
        written = (
            np.full(frame.months, position.gross.mode)
            if written is None
            else np.maximum(written, position.gross.mode)
        )
    assert written is not None, "consistency.py refuses a post without a wage"
    return written * frame.index["wages"]


def employer_charge(frame: Frame, gross: Floats) -> Floats:
    """e(g) = capped rate × min(g, ceiling) + uncapped rate × g, for one post, shape (T,)."""
    rules, start, months = frame.rules, frame.timeline.start, frame.months
    capped = rules.employer_capped.over(start, months) * np.minimum(
        gross, rules.social_ceiling.over(start, months)
    )
    return np.asarray(capped + rules.employer_uncapped.over(start, months) * gross)
