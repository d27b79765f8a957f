"""Projects that do not live on sales: what upkeep costs, who pays for it, what each beneficiary costs."""

from dataclasses import dataclass

from bpc.core.plan.simulation import Simulation
from bpc.core.plan.statements import income_statement


@dataclass(frozen=True, slots=True)
class Upkeep:
    """A full year (the last of the plan), MAD; per beneficiary where their number is known."""

    yearly_cost: float
    paid_by_users: float
    paid_by_grants: float
    gap: float
    investment_per_beneficiary: float | None
    cost_per_beneficiary: float | None


def upkeep(run: Simulation) -> Upkeep:
    """Running costs of the last twelve months and what pays for them: users, operating grants, or nobody yet."""
    lines = {code: float(amounts[-12:, 0].sum()) for code, amounts in income_statement(run).items()}
    cost = lines["income"] - lines["ebitda"]
    gap = max(0.0, cost - lines["sales"] - lines["operating_grants"])
    people = run.plan.beneficiaries.count if run.plan.beneficiaries else None
    invested = float(run.investments.bought[:, 0].sum())
    return Upkeep(
        yearly_cost=cost,
        paid_by_users=lines["sales"],
        paid_by_grants=lines["operating_grants"],
        gap=gap,
        investment_per_beneficiary=invested / people if people else None,
        cost_per_beneficiary=cost / people if people else None,
    )
