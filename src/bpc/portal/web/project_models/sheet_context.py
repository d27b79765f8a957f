"""What the sheet of a model shows: who, what, where, and its plan under the choices made on the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.core.plan.document import parse_plan
from bpc.core.plan.indicators.appraisal import Appraisal, appraise
from bpc.datasets.model_adaptation import adapted_plan
from bpc.datasets.plan_rules import plan_rules
from bpc.datasets.project_model_fields import Bilingual
from bpc.datasets.project_model_parts import Estimate, Statement
from bpc.datasets.project_models import ModelSource, ProjectModel, read_sources, read_units
from bpc.portal.blueprints.catalogue import Published
from bpc.portal.foundation.writing import written_number
from bpc.portal.plans.problem_words import written_problem
from bpc.portal.reference.places import Place, reference
from bpc.portal.resources.queries import resources_around
from bpc.portal.web.project_models.adaptation_form import AdaptationForm
from bpc.portal.web.project_models.plan_charts import PlanCharts, plan_charts
from bpc.portal.web.resources.told import told_resources

#: The chip shown for each confidence code.
EVIDENCE = {"S": "sourced", "D": "deduced", "K": "to_verify", "E": "estimate"}
MOST_RESOURCES = 6
ICONS = {"error": "error", "warning": "info"}


@dataclass(frozen=True)
class Row:
    """A line of a table of figures, as written: name, amount, range, chip."""

    name: str
    amount: str
    range: str
    evidence: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Remark:
    """An authorisation, a risk or a step, with its chip when it must be verified."""

    text: str
    evidence: str


@dataclass(frozen=True)
class Funding:
    """Who brings what to begin, MAD."""

    shares: float
    per_member: float
    grant: float
    loan: float
    line: float

    @property
    def total(self) -> float:
        """What is brought before the first month, the campaign line apart."""
        return self.shares + self.grant + self.loan


@dataclass(frozen=True)
class Result:
    """The plan of the model under the choices of the page."""

    appraisal: Appraisal
    charts: PlanCharts
    funding: Funding

    @property
    def figure(self) -> dict[str, float | None]:
        """The bare value of each indicator."""
        return {name: found.value for name, found in self.appraisal.figures.items()}

    @property
    def paid_by_member(self) -> float | None:
        """What each member pays over the whole plan, where members share a cost; None where they earn."""
        plan = self.appraisal.run.plan
        if plan.kind != "cost_recovery":
            return None
        return float(self.appraisal.run.operations.sales_members.sum()) / plan.members.count

    @property
    def dscr(self) -> float | None:
        """What is there for each dirham to pay back, in the hardest year of repayment."""
        return self.figure.get("dscr_min_repaying")

    @property
    def warnings(self) -> list[dict[str, str]]:
        """What the engine found to say, in words; the estimates have a banner of their own."""
        return [
            {"text": written_problem(problem, self.appraisal.run.plan), "icon": ICONS[problem.severity]}
            for problem in self.appraisal.problems
            if problem.code != "W17"
        ]

    @property
    def estimated(self) -> bool:
        """Whether estimates carry the result."""
        return any(problem.code == "W17" for problem in self.appraisal.problems)


def model_result(model: ProjectModel, form: AdaptationForm) -> Result:
    """Appraise the model under the choices of the page. Raises InvalidPlan."""
    language = get_language() or "fr"
    document = adapted_plan(model.model_dump(mode="json"), plan_rules(), form.adaptation, language)
    appraisal = appraise(parse_plan(document), plan_rules())
    return Result(appraisal, plan_charts(appraisal), _funding(appraisal))


def _funding(appraisal: Appraisal) -> Funding:
    plan = appraisal.run.plan
    shares = sum(
        entry.members * entry.shares_each * plan.shares.nominal for entry in plan.shares.subscriptions
    )
    return Funding(
        shares=shares,
        per_member=shares / plan.members.count,
        grant=sum(grant.amount for grant in plan.grants),
        loan=sum(draw.amount for loan in plan.loans for draw in loan.draws),
        line=plan.overdraft.limit if plan.overdraft else 0.0,
    )


def sheet_context(entry: Published) -> dict[str, Any]:
    """Everything on the sheet but the result of the plan."""
    model, language = entry.model, get_language() or "fr"
    units = read_units()
    per_month = _("mois")

    def unit(code: str) -> str:
        return units[code].name_ar if language == "ar" else units[code].name_fr

    def say(text: Bilingual | None) -> str:
        return text.in_language(language) if text else ""

    return {
        **{
            name: say(getattr(model, name))
            for name in ("name", "summary", "description", "fits", "notes", "tax_note")
        },
        "trail": [(_("Modèles de projets"), reverse("web:models")), (say(model.name), None)],
        "sector": reference().sectors[model.sector],
        "regions": _regions(model, language),
        "products": [_row(say(item.name), item.price_mad, unit(item.unit)) for item in model.products],
        "inputs": [_row(say(item.name), item.unit_cost_mad, unit(item.unit)) for item in model.inputs],
        "equipment": [_row(say(item.name), item.amount_mad) for item in model.capex],
        "staff": [
            _row(say(job.role), job.monthly_gross_mad, per_month, _posts(job.fte)) for job in model.staff
        ],
        "steps": [_remark(step, language).text for step in model.steps],
        "authorisations": [_remark(one, language) for one in model.authorisations],
        "risks": [_remark(one, language) for one in model.key_risks],
        "sources": _sources(model),
        "confidences": _confidences(model),
    }


def _posts(count: float) -> str:
    return f"× {written_number(count, 0 if count == int(count) else 1)}"


def _remark(one: Statement, language: str) -> Remark:
    return Remark(one.ar if language == "ar" else one.fr, EVIDENCE.get(one.conf or "", ""))


def place_context(model: ProjectModel, place: Place | None) -> dict[str, Any]:
    """What is known of the place for this model: why its region fits, which resources of its sector are there."""
    if place is None:
        return {"place": None}
    around = resources_around(place.code)
    told = (*around.here, *around.inside, *around.above)
    found = [entry for entry in told if entry.sector == model.sector]
    fit = next((region for region in model.regions if place.code.startswith(region.territory)), None)
    return {
        "place": place,
        "fit": fit,
        "fit_why": fit.why.in_language(get_language() or "fr") if fit else "",
        "resources": told_resources(found[:MOST_RESOURCES]),
    }


def _row(name: str, estimate: Estimate, unit: str = "", note: str = "") -> Row:
    places = 0 if estimate.mode >= 100 else 2 if estimate.mode < 10 else 1
    low, mode, high = (
        written_number(value, places) for value in (estimate.low, estimate.mode, estimate.high)
    )
    return Row(
        name,
        mode,
        f"{low} – {high}" if estimate.low < estimate.high else "",
        EVIDENCE[estimate.conf],
        unit,
        note,
    )


def _regions(model: ProjectModel, language: str) -> list[dict[str, str]]:
    places = reference().places
    found = []
    for region in model.regions:
        place = places.get(region.territory)
        name = region.territory if place is None else place.name_ar if language == "ar" else place.name_fr
        found.append({"code": region.territory, "name": name, "why": region.why.in_language(language)})
    return found


def _sources(model: ProjectModel) -> list[ModelSource]:
    known = read_sources()
    return [known[name] for name in model.cited_sources if name in known]


def _confidences(model: ProjectModel) -> dict[str, int]:
    """How many figures of the model rest on what."""
    counts = dict.fromkeys(EVIDENCE.values(), 0)
    for estimate in _estimates(model):
        counts[EVIDENCE[estimate.conf]] += 1
    return counts


def _estimates(model: ProjectModel) -> Iterator[Estimate]:
    yield from (item.price_mad for item in model.products)
    yield from (item.unit_cost_mad for item in model.inputs)
    yield from (item.amount_mad for item in model.capex)
    yield from (item.monthly_gross_mad for item in model.staff)
    yield from (item.annual_mad for item in model.fixed_costs)
