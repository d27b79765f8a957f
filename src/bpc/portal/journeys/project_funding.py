"""What the site already knows of a project for its funding, so that nothing is asked twice; and where from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bpc.core.matching.vocabulary import FIELDS, LegalForm
from bpc.core.matching.vocabulary import Stage as FundingStage
from bpc.portal.financing.models import FundingProfile
from bpc.portal.journeys.funding_badges import FIELD as BADGES
from bpc.portal.journeys.funding_badges import badges_of_groups
from bpc.portal.people.roles import OrganisationKind
from bpc.portal.plans.models import Plan
from bpc.portal.projects.models import Project, ProjectPerson
from bpc.portal.projects.states import Answer, Stage
from bpc.portal.register.models import Cooperative

#: Who says it: the group (here), its project, its founders, its organisation, the register, its plan, certificates.
Origin = Literal["said", "project", "people", "organisation", "register", "plan", "badges"]
_FORMS = {
    OrganisationKind.COOPERATIVE: LegalForm.COOPERATIVE,
    OrganisationKind.UNION: LegalForm.UNION,
    OrganisationKind.ASSOCIATION: LegalForm.ASSOCIATION,
}
_STAGES = {
    Stage.IDEA: FundingStage.IDEA,
    Stage.DESIGN: FundingStage.IDEA,
    Stage.CREATION: FundingStage.CREATION,
    Stage.LAUNCH: FundingStage.LAUNCH,
    Stage.GROWTH: FundingStage.GROWTH,
}
_FIRST_YEAR = 12  # months whose investments make the project


@dataclass(frozen=True)
class ProjectAnswers:
    """Answers by field of core.matching, each with who says it; `declined`: the group does not know."""

    answers: dict[str, Any]
    origins: dict[str, Origin]
    declined: frozenset[str] = frozenset()
    elsewhere: dict[str, Any] = field(
        default_factory=dict
    )  # what the site says where the group said otherwise


def answers_of(project: Project) -> ProjectAnswers:
    """The answers of one project."""
    return answers_of_many([project])[project.pk]


def answers_of_many(projects: Iterable[Project]) -> dict[int, ProjectAnswers]:
    """The answers of many projects by key, in six queries whatever their number; one more where badges are asked."""
    rows = {project.pk: project for project in projects}
    kept = dict(FundingProfile.objects.filter(project__in=rows).values_list("project", "answers"))
    people: dict[int, list[ProjectPerson]] = {}
    for person in ProjectPerson.objects.filter(project__in=rows).only("project", "woman", "young"):
        people.setdefault(person.project_id, []).append(person)
    organisations = {row.organisation_id for row in rows.values()} - {None}
    registered = {
        row.organisation_id: row for row in Cooperative.objects.filter(organisation__in=organisations)
    }
    kinds = dict(
        Project.objects.filter(pk__in=rows, organisation__isnull=False).values_list(
            "pk", "organisation__kind"
        )
    )
    plans = {
        plan.project_id: plan
        for plan in Plan.objects.filter(project__in=rows, is_main=True).only(
            "project", "document", "headline"
        )
    }
    badges = badges_of_groups(list(rows))
    return {
        key: _gather(
            kept.get(key) or {},
            (
                ("project", _of_project(project)),
                ("organisation", _of_organisation(kinds.get(key))),
                ("register", _of_register(registered.get(project.organisation_id))),
                ("people", _of_people(people.get(key, []))),
                ("plan", _of_plan(plans.get(key), project)),
                ("badges", ((BADGES, badges.get(key)),)),
            ),
        )
        for key, project in rows.items()
    }


def _gather(
    said: Mapping[str, Any], told: tuple[tuple[Origin, Iterable[tuple[str, Any]]], ...]
) -> ProjectAnswers:
    """What the group said holds; else the first that knows. Numbers of people are never mixed between two."""
    answers: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for origin, found in told:
        values = {name: value for name, value in found if value is not None}
        if "members" in answers:
            values = {name: value for name, value in values.items() if name not in _COUNTS}
        for name, value in values.items():
            if name not in answers:
                answers[name], origins[name] = value, origin
    known = {
        name: value for name, value in said.items() if name in FIELDS and value is not None and name != BADGES
    }  # a certificate is not said: it is held
    elsewhere = {
        name: answers[name] for name, value in known.items() if name in answers and answers[name] != value
    }
    if known.keys() & {"members"}:
        for name in _COUNTS - known.keys():
            answers.pop(name, None)
            origins.pop(name, None)
    answers |= known
    origins |= dict.fromkeys(known, "said")
    declined = frozenset(name for name, value in said.items() if value is None) - answers.keys()
    return ProjectAnswers(answers, origins, declined, elsewhere)


_COUNTS = frozenset({"members", "women", "youth", "women_or_youth"})


def _of_project(project: Project) -> Iterator[tuple[str, Any]]:
    yield "sector", project.sector_id
    yield "commune", project.commune_id
    yield "stage", str(_STAGES[Stage(project.stage)])
    if project.stage == Stage.CREATION and project.organisation_id is None:
        yield "legal_form", str(LegalForm.COOPERATIVE_IN_CREATION)


def _of_organisation(kind: str | None) -> Iterator[tuple[str, Any]]:
    form = _FORMS.get(OrganisationKind(kind)) if kind else None
    yield "legal_form", str(form) if form is not None else None


def _of_register(row: Cooperative | None) -> Iterator[tuple[str, Any]]:
    if row is None:
        return
    yield "registered_on", row.registered_on.isoformat() if row.registered_on else None
    yield "members", row.members
    yield "women", row.women
    yield "youth", row.youth


def _of_people(people: list[ProjectPerson]) -> Iterator[tuple[str, Any]]:
    """A count is only given when nobody's answer is missing for it."""
    if not people:
        return
    yield "members", len(people)
    if all(one.woman != Answer.UNKNOWN for one in people):
        yield "women", sum(one.woman == Answer.YES for one in people)
    if all(one.young != Answer.UNKNOWN for one in people):
        yield "youth", sum(one.young == Answer.YES for one in people)
    either = [Answer.YES in (one.woman, one.young) for one in people]
    if all(
        known or Answer.UNKNOWN not in (one.woman, one.young)
        for known, one in zip(either, people, strict=True)
    ):
        yield "women_or_youth", sum(either)


def _of_plan(plan: Plan | None, project: Project) -> Iterator[tuple[str, Any]]:
    """Amounts of the main plan, read as written: what a plan leaves to its default counts for nothing here."""
    if plan is None:
        return
    document = plan.document
    assets = [one for one in document.get("assets") or () if one.get("month", 0) < _FIRST_YEAR]
    spare = 1 + float(document.get("contingency") or 0)
    cost = sum(_mode(one.get("amount")) * (1 + float(one.get("vat_rate") or 0)) for one in assets) * spare
    yield "project_cost_mad", round(cost) or None
    yield (
        "own_in_kind_mad",
        round(sum(_mode(one.get("amount")) for one in assets if one.get("in_kind"))) or None,
    )
    yield "own_cash_mad", round(_subscribed(document)) or None
    borrowed = sum(
        float(draw["amount"])
        for loan in document.get("loans") or ()
        if loan.get("lender", "bank") == "bank" and not loan.get("existing")
        for draw in loan.get("draws") or ()
    )
    yield "loan_amount_mad", round(borrowed) or None
    yield "members", (document.get("members") or {}).get("count")
    jobs = plan.headline.get("jobs")
    yield "jobs_created", round(jobs, 1) if jobs is not None else None


def _subscribed(document: Mapping[str, Any]) -> float:
    """What members pay in cash for their shares in the first year, assets brought in kind taken out."""
    shares = document.get("shares") or {}
    face = float(shares.get("nominal", 100))
    paid = sum(
        face * one["members"] * one["shares_each"]
        for one in shares.get("subscriptions") or ()
        if one["month"] < _FIRST_YEAR
    )
    brought = sum(_mode(one.get("amount")) for one in document.get("assets") or () if one.get("in_kind"))
    return max(0.0, float(paid) - brought)


def _mode(value: Any) -> float:
    return float(value["mode"]) if isinstance(value, Mapping) else float(value or 0)
