"""A condition that asks for a certificate: met, not met, not known; what would lift the refusal is the certificate."""

from datetime import date

import pytest

from bpc.core.matching.scheme import Condition, Scheme
from bpc.core.matching.verdict import match
from bpc.core.matching.vocabulary import Operator, operators_of

TODAY = date(2026, 11, 23)
PRICE, CASH = "course:price-and-margin", "course:cash-and-seasons"
ASKS = Scheme("loan", "open", conditions=(Condition("badges", Operator.CONTAINS, PRICE),))


@pytest.mark.parametrize(
    ("held", "verdict"),
    [((PRICE,), "eligible"), ((CASH, PRICE), "eligible"), ((CASH,), "excluded"), ((), "excluded")],
)
def test_it_is_met_by_whoever_holds_it_among_others(held: tuple[str, ...], verdict: str) -> None:
    assert match(ASKS, {"badges": held}, TODAY).verdict == verdict


def test_without_a_group_it_is_not_known_and_never_taken_for_none() -> None:
    found = match(ASKS, {}, TODAY)
    assert (found.verdict, found.missing) == ("to_complete", ("badges",))


def test_the_certificate_beside_those_held_would_lift_the_refusal() -> None:
    (change,) = match(ASKS, {"badges": (CASH,)}, TODAY).changes
    assert (change.field, change.to, change.within_reach) == ("badges", (CASH, PRICE), True)
    assert match(ASKS, {"badges": change.to}, TODAY).verdict == "eligible"


def test_certificates_are_only_held_not_compared() -> None:
    assert operators_of("badges") == {Operator.CONTAINS}
    assert all(Operator.CONTAINS not in operators_of(name) for name in ("held", "members", "sector", "rural"))
