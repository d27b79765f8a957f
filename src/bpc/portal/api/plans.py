"""A business plan calculated on demand: assumptions in, statements and indicators out, nothing kept."""

import json
import math
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Query, Router, Schema
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bpc.core.kernel.money import to_centimes
from bpc.core.plan.arrays import Floats
from bpc.core.plan.document import parse_plan, path_of, write_plan
from bpc.core.plan.indicators.appraisal import appraise
from bpc.core.plan.problems import InvalidPlan
from bpc.core.plan.problems import Problem as PlanProblem
from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import Simulation
from bpc.core.plan.statements import Statement, balance_sheet, cash_flow, income_statement
from bpc.datasets.plan_options import PlanOptions, document_with, is_model
from bpc.datasets.plan_rules import plan_rules
from bpc.datasets.project_models import InvalidModel
from bpc.portal.api.problems import Problem, RefusedError, problem
from bpc.portal.api.project_models import SLUG, published_or_refuse
from bpc.portal.blueprints.contents import check_content, write_content

router = Router()
Detail = Literal["annual", "monthly"]
#: Lines of a cash flow that are amounts at a moment, not of a period.
OPENING, CLOSING = "opening_cash", "closing_cash"


class Options(BaseModel):
    """What to change in a model's plan before it is calculated."""

    model_config = ConfigDict(extra="forbid", strict=True)

    years: Annotated[int, Field(ge=1, le=10)] | None = None
    discount: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None
    start: Annotated[str, Field(pattern=r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$")] | None = None
    no_tax: bool = False
    no_grant: bool = False
    constant_prices: bool = False


class ModelToAppraise(BaseModel):
    """A published model by its slug, its financing worked out from its need."""

    model_config = ConfigDict(extra="forbid", strict=True)

    model: Annotated[str, Field(pattern=SLUG, max_length=60)]
    options: Options = Options()


class Finding(Schema):
    """What the engine found: an error (E…) or a warning (W…), the path of the field, the figures of the sentence."""

    code: str
    severity: Literal["error", "warning"]
    path: str
    params: dict[str, Any]


class Statements(Schema):
    """Each line by its code, one amount in MAD for each of `periods` (fiscal years, or months)."""

    detail: Detail
    periods: list[str]
    income_statement: dict[str, list[float | None]]
    cash_flow: dict[str, list[float | None]]
    balance_sheet: dict[str, list[float | None]]


class Answer(Schema):
    """The plan as it was calculated, its results, and which engine calculated them."""

    engine_version: str
    input_hash: str
    currency: str
    indicators: dict[str, float | None]
    figures: dict[str, dict[str, Any]]
    problems: list[Finding]
    statements: Statements
    plan: dict[str, Any]


class WrongPlan(Problem):
    """A plan that cannot be calculated, with everything that is wrong in it."""

    problems: list[Finding] = Field(default_factory=list)


class WrongPlanError(RefusedError):
    """Raised to answer `WrongPlan`."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__(422, "invalid_plan", gettext("Ce plan ne peut pas être calculé."))
        self.problems = problems


def on_wrong_plan(request: HttpRequest, wrong: Any) -> HttpResponse:
    """The plan that was sent cannot be calculated."""
    return problem(wrong.status, wrong.code, wrong.detail, problems=_finite(wrong.problems))


@router.post(
    "/plans/appraise",
    response={200: Answer, 404: Problem, 413: Problem, 422: WrongPlan, 429: Problem},
    summary=_("Calculer un plan d’affaires"),
    description=_(
        "Envoyez un plan complet (ou un modèle dans le schéma d’échange), ou seulement le nom d’un modèle "
        "publié et vos options. Vous recevez les états, les indicateurs et les avertissements. Rien n’est "
        "enregistré ; 200 kB et 60 calculs par minute au plus."
    ),
    openapi_extra={
        "x-example": "/api/v1/plans/appraise",
        "x-body": {"model": "safran", "options": {"years": 5, "no_grant": True}},
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "anyOf": [
                            {"$ref": "#/components/schemas/ModelToAppraise"},
                            {"$ref": "#/components/schemas/Plan"},
                        ]
                    },
                    "examples": {"model": {"value": {"model": "safran", "options": {"years": 5}}}},
                }
            },
        },
    },
)
def appraise_plan(
    request: HttpRequest,
    detail: Annotated[
        Detail, Query(description=_("Les états par exercice (annual) ou par mois (monthly)"))
    ] = "annual",
) -> dict[str, Any]:
    """Calculated now."""
    try:
        plan = parse_plan(_document(request.body))
        appraisal = appraise(plan, plan_rules())
    except InvalidPlan as error:
        raise WrongPlanError([found.as_dict() for found in error.problems]) from None
    answer = appraisal.as_dict()
    answer["figures"] = {name: _finite(figure) for name, figure in answer["figures"].items()}
    answer["indicators"] = _finite(answer["indicators"])
    answer["problems"] = _finite(answer["problems"])
    return {**answer, "statements": _statements(appraisal.run, detail), "plan": write_plan(plan)}


def _document(body: bytes) -> dict[str, Any]:
    """The plan that was sent or asked for. Raises InvalidPlan, WrongPlanError, RefusedError."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidPlan([PlanProblem("E_not_json")]) from None
    if not isinstance(content, dict):
        raise InvalidPlan([PlanProblem("E_not_json")])
    if "model" in content:
        asked = _asked(content)
        model = published_or_refuse(asked.model).model
        return document_with(write_content(model), PlanOptions(**asked.options.model_dump()))
    if is_model(content):
        return document_with(_checked(content), PlanOptions())
    return content


def _asked(content: dict[str, Any]) -> ModelToAppraise:
    try:
        return ModelToAppraise.model_validate(content)
    except ValidationError as error:
        found = [PlanProblem(f"E_{one['type']}", path_of(one["loc"], content)) for one in error.errors()]
        raise InvalidPlan(found) from None


def _checked(content: dict[str, Any]) -> dict[str, Any]:
    """A model sent whole. Its own paths are kept: `capex[0].life_years`."""
    try:
        return write_content(check_content(content))
    except InvalidModel as error:
        found = [PlanProblem(f"E_{one.code}", one.path) for one in error.problems]
        raise InvalidPlan(found[:100]) from None


def _statements(run: Simulation, detail: Detail) -> dict[str, Any]:
    timeline, yearly = run.frame.timeline, detail == "annual"
    months = [str(timeline.start.plus(number)) for number in range(timeline.months)]
    years = [str(year.label) for year in timeline.fiscal_years]
    flows = timeline.by_year if yearly else _as_they_are
    ends = timeline.at_year_ends if yearly else _as_they_are
    cash = cash_flow(run)
    lines = {code: flows(amounts) for code, amounts in cash.items()}
    if yearly:
        firsts = [year.first for year in timeline.fiscal_years]
        lines |= {OPENING: cash[OPENING][firsts], CLOSING: ends(cash[CLOSING])}
    return {
        "detail": detail,
        "periods": years if yearly else months,
        "income_statement": _lines({code: flows(amounts) for code, amounts in income_statement(run).items()}),
        "cash_flow": _lines(lines),
        "balance_sheet": _lines({code: ends(amounts) for code, amounts in balance_sheet(run).items()}),
    }


def _as_they_are(amounts: Floats) -> Floats:
    return amounts


def _lines(statement: Statement) -> dict[str, list[float | None]]:
    return {code: _finite(to_centimes(amounts)[:, 0].tolist()) for code, amounts in statement.items()}


def _finite(value: Any) -> Any:
    """The same with null for what is no number: JSON has no infinity."""
    if isinstance(value, dict):
        return {name: _finite(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def plan_schemas() -> dict[str, Any]:
    """The JSON schemas of what may be sent, by the names the document refers to."""
    schemas: dict[str, Any] = {}
    for kind in (ModelToAppraise, Plan):
        schema = kind.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schema.pop("$defs", {})
        schemas[kind.__name__] = schema
    return schemas
