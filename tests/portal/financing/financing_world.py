"""Studies of financing small enough to be read: a press of 60 000 MAD, a grant, a loan, a bridge."""

from datetime import datetime
from typing import Any

from bpc.portal.financing.models import FinancingPlan
from bpc.portal.financing.studies import Need, Options, Part, Proposal, Reason, Step, Study
from bpc.portal.financing.studying import Question, Scenario, keep_study
from bpc.portal.plans.models import Plan
from tests.portal.projects.project_world import NOW

MONTHS = 60


def small_need(**changes: Any) -> Need:
    """60 000 MAD to pay in the first month, then 1 000 MAD more each month."""
    values: dict[str, Any] = {
        "first": "2027-01",
        "base_cash": tuple(-60_000.0 + 1_000 * month for month in range(MONTHS)),
        "outlays": (60_000.0, *(0.0 for _ in range(MONTHS - 1))),
        "floor": 2_000.0,
        "eligible_cost": 60_000.0,
        "own_cash_max": 12_000.0,
        "own_in_kind_max": 3_000.0,
    }
    return Need(**{**values, **changes})


def small_proposal(goal: str = "cost", **changes: Any) -> Proposal:
    """A grant paid after the works, the bridge that waits for it, a loan, the members' own cash."""
    parts = (
        Part(offer="fda", source="fda", kind="grant", amount=30_000, month=6, wait=9,
             payment="reimbursement", prior_approval=True, needed=True),
        Part(offer="tamwil", source="tamwil", kind="loan", amount=20_000, month=0, wait=3, cost=2_400,
             rate=0.05, months=48, grace=6, without=1_500, to_confirm=True),
        Part(offer="bridge", kind="bridge", amount=30_000, month=0, cost=900),
    )  # fmt: skip
    values: dict[str, Any] = {
        "goal": goal,
        "parts": parts,
        "own_cash": 12_000.0,
        "own_in_kind": 0.0,
        "cash": tuple(2_000.0 + 500 * month for month in range(MONTHS)),
        "cost": 3_300.0,
        "months_to_money": 9,
        "left_out": (Reason(code="no_gain", source="banque", params={"worse": 4_000.0}),),
        "binding": (Reason(code="own_cash", params={"value": 0.12}),),
        "value_of_own_cash": 0.12,
        "steps": (
            Step(month=-3, code="ask", source="fda"),
            Step(month=0, code="money", source="tamwil", amount=20_000),
        ),
        "warnings": (Reason(code="prior_approval", source="fda"),),
        "gap": 0.0,
        "funding": {
            "grants": [{"id": "fda", "name": "FDA", "amount": 30_000, "claim_month": 6, "cash_month": 6}],
            "loans": [
                {"id": "tamwil", "name": "Tamwil", "draws": [{"month": 0, "amount": 20_000}], "annual_rate": 0.05,
                 "months": 48, "grace_months": 6}
            ],
        },
    }  # fmt: skip
    return Proposal(**{**values, **changes})


def small_study(*proposals: Proposal, **changes: Any) -> Study:
    """One proposal unless others are given."""
    return Study(
        need=changes.pop("need", small_need()), proposals=proposals or (small_proposal(),), **changes
    )


def impossible_study() -> Study:
    """Nothing fits: own cash and the loan's ceiling are both too low."""
    return Study(
        need=small_need(),
        reasons=(
            Reason(code="own_cash"),
            Reason(code="ceiling", source="tamwil"),
            Reason(code="cash", params={"year": 1}),
        ),
        opens=(
            Reason(code="own_cash", params={"amount": 8_000.0}),
            Reason(code="grant", params={"amount": 8_000.0}),
        ),
    )  # fmt: skip


def question_of(plan: Plan, **options: Any) -> Question:
    """Of a scenario as it stands."""
    scenario = Scenario(plan.pk, plan.name, plan.language, plan.revision, plan.input_hash)
    return Question(scenario, Options(**options), {"members_total": 10}, "stamp")


def kept(
    plan: Plan, actor: Any, study: Study | None = None, at: datetime = NOW, **options: Any
) -> FinancingPlan:
    """A study kept by somebody."""
    return keep_study(
        project=plan.project,
        question=question_of(plan, **options),
        study=study or small_study(),
        actor=actor,
        at=at,
    )
