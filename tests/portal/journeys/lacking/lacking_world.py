"""Projects with real conditions, one or several at once, and what an adviser would have them learn for each.

`KEY` was written by reading the titles and texts of the lessons, one condition after another; it does not come from
what the lessons say they answer. A condition: where it is seen, what is changed there.
"""

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from bpc.portal.diagnosis.questions import questionnaire
from bpc.portal.followup.actions import open_path
from bpc.portal.followup.catalogue import template_of
from bpc.portal.followup.models import StepMark
from bpc.portal.followup.states import StepState
from bpc.portal.projects.states import Stage
from tests.portal.diagnosis.diagnosis_world import answered, strongest
from tests.portal.founding.founding_world import begun, say
from tests.portal.plans.plan_world import TWELFTHS, make_plan
from tests.portal.projects.project_world import NOW, Group, make_group

_OIL = {"id": "oil", "name": "Huile", "capacity": 1200, "price": 100, "seasonality": TWELFTHS}
#: The plan of a group that lacks nothing: the start is paid for, the prices are known, members bring the nuts.
SOUND: Mapping[str, Any] = {
    "inputs": [
        {"id": "nuts", "name": "Noix", "unit_cost": 40, "qty_per_unit": {"oil": 1}, "from_members": True}
    ],
    "products": [{**_OIL, "price": {"mode": 100, "low": 90, "high": 110, "conf": "S"}}],
    "staff": [{"id": "clerk", "role": "Comptable", "fte": 0.5, "gross": 4000}],
    "shares": {"nominal": 100, "subscriptions": [{"month": 0, "members": 10, "shares_each": 50}]},
}
PLAN: Mapping[str, dict[str, Any]] = {
    "cash": {"shares": {"nominal": 100, "subscriptions": [{"month": 0, "members": 10, "shares_each": 2}]}},
    "few members": {"members": {"count": 4}},
    "part of a share": {"shares": {"nominal": 100, "subscriptions": [{"month": 0, "members": 10, "shares_each": 250}],
                                   "calls": [{"after_months": 0, "fraction": 0.2},
                                             {"after_months": 12, "fraction": 0.8}]}},
    "guessed prices": {"products": [{**_OIL, "price": {"mode": 100, "low": 60, "high": 140, "conf": "E"}}]},
    "education fund": {"allocation": {"education_rate": 0.02}},
    "leavers": {"shares": {**SOUND["shares"], "exits": [{"month": 20, "amount": 20_000}]}},
    "tax of services": {"tax": {"enabled": True, "activity": "services"}},
    "strangers": {"law_class": 2},
}  # fmt: skip
#: Condition → the lesson an adviser would name first.
KEY: Mapping[str, str] = {
    "plan: cash": "cash-and-seasons/twelve-months",
    "plan: few members": "five-founders/who-founds",
    "plan: part of a share": "five-founders/shares-and-capital",
    "plan: guessed prices": "price-and-margin/unit-cost",
    "plan: education fund": "sharing-the-surplus/reserve-and-order",
    "plan: leavers": "statutes-and-assembly/joining-and-leaving",
    "plan: tax of services": "price-and-margin/setting-price",
    "plan: strangers": "sharing-the-surplus/assembly-and-outsiders",
    "plan: none": "reading-your-plan/five-amounts",
    "answer: problem": "finding-the-idea/needs-and-buyers",
    "answer: together": "what-is-a-cooperative/what-it-is",
    "answer: tried": "finding-the-idea/try-small",
    "answer: number": "five-founders/who-founds",
    "answer: pledged": "five-founders/roles-and-pledges",
    "answer: decided": "governance-and-conflicts/settling-a-conflict",
    "answer: buyers": "selling/know-buyers",
    "answer: price": "price-and-margin/unit-cost",
    "answer: rivals": "price-and-margin/setting-price",
    "answer: delivery": "selling/souk-and-fairs",
    "answer: own": "five-founders/shares-and-capital",
    "answer: funders": "asking-for-funding/kinds-of-money",
    "answer: offices": "five-founders/roles-and-pledges",
    "answer: accounts": "bookkeeping-from-zero/cash-book",
    "answer: informed": "governance-and-conflicts/informed-members",
    "answer: rules": "what-is-a-cooperative/gains-and-duties",
    "answer: name": "creating-step-by-step/name-and-statutes",
    "answer: statutes": "statutes-and-assembly/what-statutes-say",
    "answer: permits": "quality-hygiene-labels/permits-and-signs",
    "step: founders": "five-founders/who-founds",
    "step: idea_check": "finding-the-idea/choose-the-idea",
    "step: name_request": "creating-step-by-step/name-and-statutes",
    "step: statutes_draft": "statutes-and-assembly/what-statutes-say",
    "step: founding_meeting": "statutes-and-assembly/founding-meeting",
    "step: blocked_account": "creating-step-by-step/capital-and-bank",
    "step: registration_request": "creating-step-by-step/registration",
    "step: ice": "creating-step-by-step/after-registration",
    "file: five founders": "five-founders/who-founds",
    "file: quorum": "preparing-an-assembly/quorum-and-vote",
}


def mixed(number: int) -> list[tuple[str, ...]]:
    """So many different sets of one to four conditions, at most one of the plan, of the path and of the file."""
    dice, found = Random(8), dict[tuple[str, ...], None]()
    while len(found) < number:
        chosen = sorted(dice.sample(sorted(KEY), dice.randint(1, 4)))
        rooms = [one.partition(":")[0] for one in chosen if not one.startswith("answer")]
        if len(set(rooms)) == len(rooms):
            found[tuple(chosen)] = None
    return list(found)


def project_with(conditions: Iterable[str]) -> Group:
    """A group whose plan, answers, path and file show these conditions and nothing else."""
    wanted = [tuple(one.split(": ")) for one in conditions]
    of = {
        kind: [name for found, name in wanted if found == kind] for kind in ("plan", "answer", "step", "file")
    }
    group = _with_file(of["file"][0]) if of["file"] else make_group(stage=Stage.DESIGN)
    if of["plan"] != ["none"]:
        changes = PLAN[of["plan"][0]] if of["plan"] else {}
        make_plan(group, **{**SOUND, **changes})
    if of["answer"]:
        weak = {name: _weakest(name) for name in of["answer"]}
        answered(group, {**strongest(), **weak})
    if of["step"]:
        stand_at(group, of["step"][0])
    return group


def _weakest(code: str) -> str:
    return next(one.answers[0].id for _family, one in questionnaire().questions() if one.id == code)


def stand_at(group: Group, step: str) -> None:
    """The path of creation with this step alone left to do."""
    path = open_path(project=group.project, slug="creation", actor=group.inside["owner"], at=NOW)
    others = [one.id for one in template_of(path.version).steps if one.id != step]
    StepMark.objects.bulk_create(
        StepMark(path=path, step=name, state=StepState.DONE, made_by=group.inside["owner"], made_at=NOW)
        for name in others
    )


def _with_file(fault: str) -> Group:
    group, file = begun(stage=Stage.DESIGN)
    owner = group.inside["owner"]
    group.project.people.all().delete()
    if fault == "five founders":
        file.founders.filter(pk__in=[one.pk for one in file.founders.all()[:3]]).delete()
    else:
        told = {"assembly_convened_on": "2028-03-01", "assembly_on": "2028-03-20", "members_present": 1}
        say(file, owner, "annual", year_closed_on="2027-12-31", members_now=6, **told)
    return group
