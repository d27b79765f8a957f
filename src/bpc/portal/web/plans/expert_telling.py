"""What the pages of a plan say of it: its main figures, what moved, what the engine warns of, what others changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from bpc.core.kernel.figures import Figure
from bpc.core.plan.problems import Problem
from bpc.portal.people.models import User
from bpc.portal.plans.editing import Clash, Conflict, Saved
from bpc.portal.plans.figure_words import figure_name, written_figure
from bpc.portal.plans.models import Plan, PlanEdit
from bpc.portal.plans.path_words import field_of, words_of, written_value
from bpc.portal.plans.paths import Document
from bpc.portal.plans.problem_words import SENTENCES, written_problem
from bpc.portal.plans.reckoning import HEADLINE, Moved, Reckoning
from bpc.portal.plans.refusal_words import written_refusal
from bpc.portal.web.plans.expert_choices import CHOICES
from bpc.portal.web.plans.expert_groups import page_of
from bpc.portal.web.plans.expert_records import identifier, item_name

Row = dict[str, Any]

#: The figures every page of the plan shows first.
SHOWN = ("income_per_member", "min_cash", "npv", "dscr_min_repaying")
#: The units of the figures that lists keep without theirs.
UNITS: Mapping[str, str] = {
    "income_per_member": "MAD a year", "min_cash": "MAD", "npv": "MAD", "dscr_min_repaying": "ratio", "irr": "rate",
    "break_even_month": "month", "break_even_sales": "MAD a year", "payback_years": "years", "peak_need": "MAD",
    "max_overdraft": "MAD", "jobs": "full-time posts", "investment": "MAD", "cost_per_job": "MAD",
    "third_party_ratio": "ratio", "estimated_share": "ratio", "upkeep_gap": "MAD a year",
    "upkeep_cost_per_beneficiary": "MAD a year",
}  # fmt: skip


def person_name(person: User | None) -> str:
    """How a member is called here."""
    if person is None:
        return gettext("une personne partie depuis")
    return person.display_name or gettext("un membre sans nom affiché")


def headline_value(name: str, value: float | None) -> str:
    """A figure as lists kept it."""
    return written_figure(name, Figure(value, UNITS[name], ""))


def main_figures(reckoning: Reckoning) -> list[Row]:
    """The few figures that judge a plan."""
    figures = reckoning.appraisal.figures
    return [
        {"name": figure_name(name), "value": written_figure(name, figures[name])}
        for name in SHOWN
        if name in figures
    ]


def moved_rows(moved: Iterable[Moved], reckoning: Reckoning) -> list[Row]:
    """Before and after of each figure that moved."""
    return [
        {
            "name": figure_name(one.name),
            "before": written_figure(one.name, Figure(one.before, one.unit, "")),
            "after": written_figure(one.name, reckoning.appraisal.figures[one.name]),
            "better": one.better,
            "crossed": one.crossed,
        }
        for one in moved
    ]


def value_words(path: str, value: Any, document: Mapping[str, Any]) -> str:
    """A value in words: codes by their meaning, items by their name."""
    if value is None:
        return gettext("rien")
    steps = path.split(".")
    codes = CHOICES.get(path) or next(
        (words for pattern, words in CHOICES.items() if _fits(pattern.split("."), steps)), None
    )
    if codes is not None and not isinstance(value, dict | list):
        return str(codes.get(value, value))
    if steps[-1] in {"phase", "after"} and len(steps) == 3:
        phases = document.get("phases")
        names = {one.get("id"): item_name(one) for one in (phases if isinstance(phases, list) else ())}
        return str(names.get(value, value))
    return written_value(path, value)


def _fits(pattern: Sequence[str], steps: Sequence[str]) -> bool:
    return len(pattern) == len(steps) and all(
        one in ("*", other) for one, other in zip(pattern, steps, strict=True)
    )


def change_row(path: str, old: Any, new: Any, before: Document, after: Document) -> Row:
    """An assumption that changed, in words; an item taken out keeps the name it had."""
    where = words_of(path, after if new is not None else before)
    return {"what": where, "before": value_words(path, old, before), "after": value_words(path, new, after)}


def edits_told(edits: Iterable[PlanEdit], document: Document) -> list[Row]:
    """What somebody else changed, the last value of each assumption."""
    last = {edit.path: edit for edit in edits}
    return [
        {"who": person_name(edit.made_by), "at": edit.made_at,
         **change_row(edit.path, edit.old, edit.new, document, document)}
        for edit in last.values()
    ]  # fmt: skip


def clash_rows(conflict: Conflict, document: Document) -> list[Row]:
    """Both values of each assumption two people changed."""
    return [_clash_row(number, clash, document) for number, clash in enumerate(conflict.clashes)]


def _clash_row(number: int, clash: Clash, document: Document) -> Row:
    return {
        "number": number, "path": clash.path, "what": words_of(clash.path, document), "by": person_name(clash.by),
        "at": clash.at, "yours": value_words(clash.path, clash.yours, document),
        "theirs": value_words(clash.path, clash.theirs, document),
    }  # fmt: skip


def sentence_of(problem: Problem, reckoning: Reckoning | None, document: Document) -> str:
    """A finding of the calculation or a refusal, in words."""
    if reckoning is not None and problem.code in SENTENCES:
        return written_problem(problem, reckoning.assumptions)
    return written_refusal(problem, document).sentence


def problem_rows(plan: Plan, reckoning: Reckoning) -> list[Row]:
    """What the calculation found, errors first, each leading to its field."""
    found = sorted(reckoning.problems, key=lambda problem: problem.severity)
    return [
        {
            "severity": problem.severity,
            "sentence": sentence_of(problem, reckoning, reckoning.whole),
            "where": words_of(problem.path, reckoning.whole)
            if problem.path and field_of(problem.path)
            else "",
            "url": field_url(plan, problem.path) if problem.path else "",
        }
        for problem in found
    ]


def refusal_rows(problems: Iterable[Problem], document: Document) -> list[Row]:
    """What could not be saved, where and why."""
    found: dict[tuple[str, str], Row] = {}
    for problem in problems:
        said = written_refusal(problem, document)
        found[said.where, said.sentence] = {"where": said.where, "sentence": said.sentence}
    return list(found.values())


def field_url(plan: Plan, path: str) -> str:
    """The page and the place of an assumption."""
    page = reverse("web:plan_expert_group", args=[plan.project.reference, plan.pk, page_of(path)])
    return f"{page}#{identifier(path)}"


def known_headline(plan: Any) -> list[Row]:
    """The main figures as kept at the last change (of a plan or a version)."""
    return [
        {"name": figure_name(name), "value": headline_value(name, plan.headline.get(name))}
        for name in SHOWN
        if name in plan.headline
    ]


def present_figures(plans: Iterable[Any]) -> list[str]:
    """The figures of the headline that some of them have."""
    headlines = [plan.headline for plan in plans]
    return [name for name in HEADLINE if any(name in headline for headline in headlines)]


def remember(request: HttpRequest, saved: Saved, document: Document) -> None:
    """Keep what a save moved until the page is shown again; lost without harm."""
    request.session[f"plan-said-{saved.plan.pk}"] = {
        "revision": saved.revision,
        "language": get_language(),
        "moved": moved_rows(saved.moved, saved.reckoning),
        "others": [{**row, "at": row["at"].isoformat()} for row in edits_told(saved.by_others, document)],
        "settled": [sentence_of(one, saved.reckoning, document) for one in saved.settled],
    }


def recall(request: HttpRequest, plan: Plan) -> Row:
    """What the person's last save moved, if nothing came after it."""
    said = request.session.get(f"plan-said-{plan.pk}") or {}
    fresh = said.get("revision") == plan.revision and said.get("language") == get_language()
    return said if fresh else {}


def saved_now(saved: Saved, document: Document) -> Row:
    """The same, for a page that shows it at once."""
    return {
        "moved": moved_rows(saved.moved, saved.reckoning),
        "others": edits_told(saved.by_others, document),
        "settled": [sentence_of(one, saved.reckoning, document) for one in saved.settled],
        "saved_at": timezone.localtime(saved.plan.updated_at),
        "unchanged": not saved.changed,
    }
