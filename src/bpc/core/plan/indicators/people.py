"""What it brings to people: a member's income, jobs, what a job costs."""

from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Floats
from bpc.core.plan.simulation import Simulation
from bpc.core.plan.wages import full_time_posts


def member_income(run: Simulation) -> Floats:
    """What all members receive, by fiscal year (Y, S), MAD.

    Purchases from members + price complements + their piece-work and wages + patronage + interest on shares + what they
    save on prices, less their own cost of what they bring when it is known.
    """
    operations, closing = run.operations, run.closing
    earned = operations.bought_members + closing.bonus + operations.piece_members + operations.wages.members
    shared = closing.patronage + closing.share_interest
    return run.frame.timeline.by_year(earned + shared + operations.price_advantage - own_cost(run))


def own_cost(run: Simulation) -> Floats:
    """What it costs members to bring what they bring, (T, 1), MAD, in the plan as written; zero when not entered."""
    frame, costs = run.frame, run.plan.members.own_cost_per_unit
    cost = np.zeros(frame.months)
    for item in run.plan.inputs:
        if item.from_members and item.id in costs:
            used = sum(
                (frame.made[name] * quantity for name, quantity in item.qty_per_unit.items()),
                np.zeros(frame.months),
            )
            cost += used * costs[item.id] * frame.index["inputs"]
    return cost[:, None]


def gini(values: tuple[float, ...]) -> float | None:
    """Gini index of what members deliver or work, 0 all alike … 1; None without values.

    G = Σ (2k - n - 1) x_k / (n Σ x), x ascending.

    >>> gini((1.0, 1.0, 1.0, 1.0)), gini((0.0, 0.0, 0.0, 1.0))
    (0.0, 0.75)
    """
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    if not len(ordered) or not ordered.sum():
        return None
    ranks = np.arange(1, len(ordered) + 1)
    return float(((2 * ranks - len(ordered) - 1) * ordered).sum() / (len(ordered) * ordered.sum()))


@dataclass(frozen=True, slots=True)
class Jobs:
    """Full-time equivalents in the last year of the plan; women and youth are None while a share is unknown."""

    salaried: float
    seasonal: float
    piece_work: float | None
    women: float | None
    youth: float | None

    @property
    def total(self) -> float:
        """All known jobs."""
        return self.salaried + (self.piece_work or 0.0)


def jobs(run: Simulation) -> Jobs:
    """Jobs in full-time equivalents: posts held on average over the last twelve months, and hours of piece-work.

    Hours / (legal hours of a month × 12). Piece-work without hours is unknown, not zero.
    """
    posts = {post.id: float(full_time_posts(run.frame, post)[-12:].mean()) for post in run.plan.staff}
    return Jobs(
        salaried=sum(posts.values()),
        seasonal=sum(
            posts[post.id] for post in run.plan.staff if post.months is not None and len(post.months) < 12
        ),
        piece_work=_piece_work_jobs(run),
        women=_share_of_posts(run, posts, "women"),
        youth=_share_of_posts(run, posts, "youth"),
    )


def _piece_work_jobs(run: Simulation) -> float | None:
    frame, works = run.frame, run.plan.piece_work
    if any(not work.hours_per_unit for work in works):
        return None
    hours = sum(
        float(frame.made[name][-12:].sum()) * each
        for work in works
        for name, each in work.hours_per_unit.items()
    )
    return hours / (12.0 * frame.rules.hours_a_month.on(frame.timeline.start.plus(frame.months - 1)))


def _share_of_posts(run: Simulation, posts: dict[str, float], who: str) -> float | None:
    shares = {post.id: getattr(post, who) for post in run.plan.staff}
    if not shares or any(share is None for share in shares.values()):
        return None
    return float(sum(posts[name] * share for name, share in shares.items()))
