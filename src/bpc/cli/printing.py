"""Appraisals and problems as lines of text for a terminal."""

from collections.abc import Iterable

from bpc.core.kernel.figures import Figure
from bpc.core.plan.indicators.appraisal import Appraisal
from bpc.core.plan.problems import Problem


def as_text(appraisal: Appraisal) -> str:
    """One line an indicator: name, value, unit and basis; then what deserves attention."""
    lines = [
        f"{name:34} {_value(figure):>16}  {figure.unit} ({figure.basis})"
        for name, figure in appraisal.figures.items()
    ]
    return "\n".join([*lines, *(["", problems_as_text(appraisal.problems)] if appraisal.problems else [])])


def _value(figure: Figure) -> str:
    if figure.value is None:
        return f"— {figure.reason}"
    return f"{figure.value:,.2f}".replace(",", " ") if abs(figure.value) >= 100 else f"{figure.value:.4f}"


def problems_as_text(problems: Iterable[Problem]) -> str:
    """One line a problem: code, path of the field, figures.

    >>> problems_as_text([Problem("E_greater_than_equal", "assets.press.life_years", {"ge": 0.25})])
    'E_greater_than_equal  assets.press.life_years  ge=0.25'
    """
    return "\n".join(
        "  ".join((problem.code, problem.path or "plan", *_params(problem))) for problem in problems
    )


def _params(problem: Problem) -> list[str]:
    return [f"{name}={value}" for name, value in problem.params.items()]
