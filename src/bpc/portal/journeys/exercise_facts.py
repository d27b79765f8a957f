"""What the site knows of a project that fills the exercises of lessons, so that nothing known is typed twice.

Each fact of `bpc.datasets.training_exercises.Fact`, where it comes from and worked figures: docs/methods/learning.md.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, get_args

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.datasets.training_exercises import Fact
from bpc.portal.founding.answers import value_of
from bpc.portal.founding.queries import file_of
from bpc.portal.founding.sums import capital_of
from bpc.portal.journeys.plan_told import plan_told
from bpc.portal.journeys.project_funding import Origin, answers_of
from bpc.portal.plans.problem_words import year_written
from bpc.portal.plans.queries import main_plan
from bpc.portal.projects.models import Project
from bpc.portal.projects.visibility import can_see_project

FACTS: frozenset[str] = frozenset(get_args(Fact))
#: Facts about the product that sells most: its name is told with them.
_OF_PRODUCT = frozenset({"unit_price", "unit_variable_cost", "units_year"})
#: Facts about the first full year of the plan: the year is told with them.
_OF_YEAR = _OF_PRODUCT | {
    "sales_year", "variable_costs_year", "fixed_costs_year", "wages_year", "break_even_sales", "surplus_year",
    "member_income_month",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A fact: MAD, a count or words; `where` says in words where it was read, `url` is the page that shows it."""

    value: float | str
    where: str
    url: str


def facts_of(project: Project, person: Any, wanted: Collection[str] = FACTS) -> dict[str, Known]:
    """The facts known of a project, of those wanted; what is not known is left out, and is never 0.

    Nothing for a person who does not see the project. One query for the plan, four or five for the people, two for the
    file; none where nothing of that kind is wanted.
    """
    if not can_see_project(person, project):
        return {}
    rooms = {name.partition(".")[0] for name in wanted}
    found: dict[str, Known] = {}
    if "plan" in rooms:
        found |= _of_plan(project)
    if "project" in rooms:
        found |= _of_project(project, people=bool({"project.members", "project.women"} & set(wanted)))
    if "founding" in rooms:
        found |= _of_file(project)
    return {name: known for name, known in found.items() if name in wanted}


def _of_plan(project: Project) -> Iterator[tuple[str, Known]]:
    row = main_plan(project)
    told = plan_told(row.document) if row is not None else None
    if row is None or told is None:
        return
    url = reverse("web:plan", args=[project.reference, row.pk])
    for name, value in told.figures.items():
        where = _("d’après votre plan")
        if name in _OF_YEAR and told.year is not None:
            where = _("d’après votre plan, %(year)s") % {
                "year": year_written(told.assumptions, told.year.label)
            }
        if name in _OF_PRODUCT:
            where = f"{where} : {told.main_product}"
        yield f"plan.{name}", Known(round(value, 2), where, url)


def _of_project(project: Project, *, people: bool) -> Iterator[tuple[str, Known]]:
    url, language = reverse("web:project", args=[project.reference]), get_language() or "fr"
    for name, place in (("commune", project.commune), ("sector", project.sector)):
        words = place.name_ar if language == "ar" else place.name_fr
        yield f"project.{name}", Known(words, _("d’après la page du projet"), url)
    if not people:
        return
    known = answers_of(project)
    for name in ("members", "women"):
        if (value := known.answers.get(name)) is not None:
            origin = known.origins[name]
            yield f"project.{name}", Known(float(value), _origin_words(origin), _origin_url(origin, project))


def _origin_words(origin: Origin) -> str:
    return {
        "said": _("dit par votre groupe dans « Les financements »"),
        "project": _("d’après la page du projet"),
        "people": _("d’après les personnes inscrites"),
        "organisation": _("d’après l’organisation du projet"),
        "register": _("d’après le registre des coopératives"),
        "plan": _("d’après votre plan"),
        "badges": _("d’après les attestations des membres"),
    }[origin]


def _origin_url(origin: Origin, project: Project) -> str:
    name = "web:project_funding" if origin in ("said", "plan") else "web:project"
    return reverse(name, args=[project.reference])


def _of_file(project: Project) -> Iterator[tuple[str, Known]]:
    file = file_of(project)
    if file is None:
        return
    url, where = (
        reverse("web:creation_file", args=[project.reference]),
        _("d’après votre dossier de création"),
    )
    value, capital = (
        value_of(file.answers, "share_value"),
        capital_of(file.answers, list(file.founders.all())),
    )
    if value is not None:
        yield "founding.share_value", Known(float(value), where, url)
    if capital.subscribed is not None:
        yield "founding.capital", Known(float(capital.subscribed), where, url)
    own, other = ("name_ar", "name_fr") if get_language() == "ar" else ("name_fr", "name_ar")
    name = next(filter(None, (value_of(file.answers, code) for code in (own, other, "name_1"))), None)
    if name is not None:
        yield "founding.name", Known(str(name), where, url)
