"""The exercise of a lesson, done on one's own project: what is asked, what is reckoned from it, what is said of it."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from bpc.core.learning.formulas import InvalidFormula, names, parse
from bpc.datasets.project_model_fields import Id, Part, refuse_repeated
from bpc.datasets.training_quiz import Language, Line

#: Facts of a project that fill a field, so that nothing known is typed twice.
Fact = Literal[
    "plan.unit_price", "plan.unit_variable_cost", "plan.units_year", "plan.sales_year", "plan.variable_costs_year",
    "plan.fixed_costs_year", "plan.wages_year", "plan.break_even_sales", "plan.investment", "plan.financing_need",
    "plan.own_money", "plan.loan_amount", "plan.loan_payment_month", "plan.grants", "plan.lowest_cash",
    "plan.surplus_year", "plan.member_income_month", "project.members", "project.women", "project.commune",
    "project.sector", "founding.share_value", "founding.capital", "founding.name",
]  # fmt: skip
#: Kinds that a formula may use; a percent is the number typed, 15 for 15 %; yes is 1, no is 0.
RECKONED = ("amount", "number", "percent", "yes_no")


def _formula(text: str) -> str:
    try:
        parse(text)
    except InvalidFormula as error:
        raise PydanticCustomError("formula", "not a formula: {text}", {"text": str(error)}) from None
    return text


Formula = Annotated[str, AfterValidator(_formula)]
Words = Annotated[Mapping[Language, Line], Field(min_length=1)]


class Choice(Part):
    """One answer of a list."""

    code: Id
    words: Words


class ExerciseField(Part):
    """One thing asked. `known`: the fact of the project that fills it."""

    code: Id
    kind: Literal["amount", "number", "percent", "yes_no", "text", "date", "choice"]
    ask: Words
    hint: Words | None = None
    known: Fact | None = None
    options: tuple[Choice, ...] = ()

    @model_validator(mode="after")
    def _choices(self) -> Self:
        if (self.kind == "choice") != bool(self.options):
            raise PydanticCustomError("options", "a choice, and nothing else, has options")
        refuse_repeated("option", [one.code for one in self.options])
        return self


class Result(Part):
    """One figure reckoned."""

    code: Id
    kind: Literal["amount", "number", "percent"]
    formula: Formula
    say: Words


class Verdict(Part):
    """What is said when the formula holds."""

    when: Formula
    say: Words


class Exercise(Part):
    """A few fields, the figures that follow, what to do next."""

    aim: Words
    fields: tuple[ExerciseField, ...] = Field(min_length=1, max_length=10)
    results: tuple[Result, ...] = Field(default=(), max_length=8)
    verdicts: tuple[Verdict, ...] = Field(default=(), max_length=5)

    @model_validator(mode="after")
    def _reckonable(self) -> Self:
        refuse_repeated("code", [one.code for one in self.fields] + [one.code for one in self.results])
        known = {one.code for one in self.fields if one.kind in RECKONED}
        for result in self.results:
            _refuse_unknown(result.formula, known)
            known.add(result.code)
        for verdict in self.verdicts:
            _refuse_unknown(verdict.when, known)
        return self


def _refuse_unknown(formula: str, known: set[str]) -> None:
    if unknown := sorted(set(names(parse(formula))) - known):
        raise PydanticCustomError("formula_names", "a formula reads {names}", {"names": ", ".join(unknown)})
