"""What is wrong, or worth a warning, in a plan: a code, the path of the field, and the figures a sentence needs."""

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `path` names the field by ids ("products.oil.price"); empty when it is about the whole plan.

    Codes E… stop or invalidate the plan, codes W… warn; they are put into words where they are shown.
    """

    code: str
    path: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def severity(self) -> Literal["error", "warning"]:
        """Errors begin with E, warnings with W."""
        return "warning" if self.code.startswith("W") else "error"

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"code": self.code, "severity": self.severity, "path": self.path, "params": self.params}


class InvalidPlan(ValueError):
    """The assumptions cannot be calculated; `problems` says where and why, all of them at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.path or 'plan'}: {problem.code}" for problem in problems))
        self.problems = problems
