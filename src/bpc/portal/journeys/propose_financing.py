"""A project's plan, the sources it may have, the combinations that hold: solved, written in, checked by the engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bpc.core.financing.need import Infeasible, Need, Offer, Proposal
from bpc.portal.plans.models import Plan

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Financed:
    """A proposal written into a copy of the plan. `document`: the whole plan with it; `funding`: only the parts it
    replaces (`shares`, `grants`, `loans`, `overdraft`); `min_cash`: the engine's; `gap`: the largest difference between
    the solver's cash and the engine's over all months, MAD; `rounds` until both agreed."""

    proposal: Proposal
    document: Document
    funding: Document
    min_cash: float
    gap: float
    rounds: int


@dataclass(frozen=True, slots=True)
class Study:
    """What was found for a plan as it stood at `revision`. `proposals` are what the group may count on; `optimistic`
    also uses sources that must be confirmed by their provider. `excluded`: slugs the group cannot have, never used."""

    revision: int
    input_hash: str
    today: date
    need: Need
    offers: tuple[Offer, ...]
    proposals: tuple[Financed, ...]
    infeasible: Infeasible | None
    optimistic: tuple[Financed, ...]
    excluded: tuple[str, ...]


def propose_financing(plan: Plan, answers: Mapping[str, Any], *, today: date) -> Study:
    """Up to three distinct ways to finance the plan with what the group may have; nothing is written."""
    raise NotImplementedError
