"""A result that says what it is: value, unit, basis, and the reason when there is no value."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One named result.

    `value` is None when undefined, and `reason` is then a code to be put into words elsewhere. `basis` says how it was
    counted (for instance "monthly, with terminal value"). `detail` holds what else belongs to it, such as all the
    roots of a rate of return.

    >>> Figure(None, "ratio", "yearly", reason="no_debt").as_dict()
    {'value': None, 'unit': 'ratio', 'basis': 'yearly', 'reason': 'no_debt'}
    """

    value: float | None
    unit: str
    basis: str
    reason: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The figure as plain values for JSON; reason and detail only where there are any."""
        plain: dict[str, Any] = {"value": self.value, "unit": self.unit, "basis": self.basis}
        if self.reason:
            plain["reason"] = self.reason
        return {**plain, **self.detail}
