"""The result of a self-diagnosis as its page shows it: levels, strong points, what would help most and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from bpc.core.diagnosis.scoring import Item, Level, Standing, changes, standings, what_helps_most
from bpc.datasets.courses import Course, read_courses
from bpc.datasets.diagnosis import Question
from bpc.portal.diagnosis.models import Diagnosis
from bpc.portal.diagnosis.questions import items_of, questionnaire
from bpc.portal.followup.catalogue import LIGHT, template_of
from bpc.portal.followup.models import ProjectPath
from bpc.portal.plans.queries import main_plan
from bpc.portal.projects.models import Project
from bpc.portal.web.charts.cells import CellRow, answer_cells
from bpc.portal.web.diagnosis.words import LEVELS, PICTURES, change_words, said
from bpc.portal.web.funding.screens import screen_of
from bpc.portal.web.training.hints import LessonHint, LessonHints


@dataclass(frozen=True)
class FamilyLine:
    """A family: its level in words, how much of it was answered, how it moved."""

    code: str
    name: str
    about: str
    icon: str
    level: Level
    level_words: str
    level_icon: str
    answered: str
    change: str


@dataclass(frozen=True)
class Way:
    """Where a piece of advice leads. `note`: who gives a course of others, and how long it takes."""

    label: str
    url: str
    icon: str
    note: str = ""


@dataclass(frozen=True)
class Advice:
    """One thing that would help, why, what was answered, where it leads."""

    family: str
    icon: str
    say: str
    because: str
    answered: str
    article: str
    ways: tuple[Way, ...]
    lesson: LessonHint | None


def result_of(row: Diagnosis, earlier: Diagnosis | None, *, edits: bool) -> dict[str, Any]:
    """All that the page of a result says."""
    items = items_of(row.answers)
    places = standings(items)
    moved = changes(items_of(earlier.answers), items) if earlier is not None else {}
    lines = [
        _line(family.id, places[family.id], moved.get(family.id), compared=earlier is not None)
        for family in questionnaire().families
    ]
    chosen = what_helps_most(items)
    steps = _steps_of(row.project)
    asked = {question.id: (family, question) for family, question in questionnaire().questions()}
    reader = _Reader(edits, steps, LessonHints())
    return {
        "lines": lines,
        "drawing": _drawing(lines, items),
        "table": _table(lines, compared=earlier is not None),
        "advice": [
            _advice(row.project, said(asked[code][0].name), asked[code][1], row.answers, reader) for code in chosen
        ],
        "others": _others([asked[code][1] for code in chosen]),
        "strong": [
            said(asked[one.code][1].answers[-1]) for one in items if one.strength is not None and one.strength >= 1
        ],
        "unknown": [said(asked[one.code][1].ask) for one in items if one.strength is None],
        "version_differs": row.version != questionnaire().version,
    }  # fmt: skip


def levels_of(row: Diagnosis) -> list[tuple[str, str]]:
    """The name and the level of each family, for the history."""
    places = standings(items_of(row.answers))
    return [(said(family.name), str(LEVELS[places[family.id].level])) for family in questionnaire().families]


def _line(code: str, place: Standing, step: float | None, *, compared: bool) -> FamilyLine:
    family = questionnaire().family(code)
    assert family is not None
    answered = _("%(answered)s réponses sur %(asked)s") % {
        "answered": place.answered,
        "asked": place.asked,
    }
    return FamilyLine(
        code, said(family.name), said(family.about), family.icon, place.level, str(LEVELS[place.level]),
        PICTURES[place.level], answered, change_words(step) if compared else "",
    )  # fmt: skip


def _drawing(lines: list[FamilyLine], items: list[Item]) -> SafeString:
    rows = [
        CellRow(line.name, line.level_words, tuple(one.strength for one in items if one.family == line.code))
        for line in lines
    ]
    legend = (_("réponse solide"), _("en chemin"), _("à construire"), _("pas connu"))
    label = _("Les réponses de chaque famille, de la plus solide à la moins connue")
    return answer_cells(rows, legend=legend, label=label, rtl=get_language_bidi())


def _table(lines: list[FamilyLine], *, compared: bool) -> dict[str, Any]:
    """Columns and rows of the component that becomes cards on a phone."""
    head = [_("Famille"), _("Niveau"), _("Réponses connues")]
    rows = [[line.name, line.level_words, line.answered] for line in lines]
    if compared:
        head.append(_("Depuis la dernière fois"))
        rows = [[*row, line.change] for row, line in zip(rows, lines, strict=True)]
    return {
        "caption": _("Le niveau de chaque famille"),
        "columns": [{"label": label} for label in head],
        "rows": rows,
    }


@dataclass(frozen=True)
class _Reader:
    """Who reads the result: whether they write in the project, the steps of its running paths by their id, lessons."""

    edits: bool
    steps: Mapping[str, Way]
    lessons: LessonHints


def _steps_of(project: Project) -> dict[str, Way]:
    """The page of each step that the project's running paths have: one query, the contents are held already."""
    rows = ProjectPath.objects.filter(project=project, closed_at=None).select_related("version")
    found: dict[str, Way] = {}
    for path in rows.only("project_id", *(f"version__{name}" for name in LIGHT if name != "pk")).order_by(
        "-pk"
    ):
        for step in template_of(path.version).steps:
            url = reverse("web:path_step", args=[project.reference, path.pk, step.id])
            label = _("L’étape « %(step)s »") % {"step": said(step.title)}
            found[step.id] = Way(label, url, "path")
    return found


def _advice(
    project: Project, family: str, question: Question, answers: Mapping[str, Any], reader: _Reader
) -> Advice:
    rank = question.rank_of(answers[question.id])
    return Advice(
        family=family,
        icon=question.icon,
        say=said(question.help.say),
        because=said(question.help.because),
        answered=said(question.answers[rank]) if rank is not None else "",
        article=said(question.article) if question.article else "",
        ways=tuple(_ways(project, question, reader)),
        lesson=reader.lessons.of(f"diagnosis:{question.id}"),
    )


def _ways(project: Project, question: Question, reader: _Reader) -> list[Way]:
    """Where to go in the project."""
    found, helps, edits = [], question.helps, reader.edits
    reference = project.reference
    if helps.step is not None:
        whole = Way(_("Le parcours"), reverse("web:paths", args=[reference]), "path")
        found.append(reader.steps.get(helps.step, whole))
    if helps.page == "people":
        people = f"{reverse('web:project', args=[reference])}#people-title"
        found.append(Way(_("Les personnes du projet"), people, "people"))
    if helps.page == "plan" and (way := _plan_way(project, edits)) is not None:
        found.append(way)
    funding = reverse("web:project_funding", args=[reference])
    if helps.page == "funding":
        found.append(Way(_("Que pouvons-nous avoir ?"), funding, "funding"))
    screen = screen_of(helps.need) if helps.need is not None and edits else None
    if screen is not None:
        say = f"{funding}?{urlencode({'question': screen})}#question"
        found.append(Way(_("Le dire dans « Les financements »"), say, "need-money"))
    return found


def _others(questions: Iterable[Question]) -> list[Way]:
    """Programmes of others that help with the same things, each once."""
    courses = read_courses(settings.DATA)
    codes = dict.fromkeys(one.helps.course for one in questions if one.helps.course is not None)
    return [_course_way(courses[code]) for code in codes]


def _plan_way(project: Project, edits: bool) -> Way | None:
    """The plan of the project, or its beginning for those who may begin one."""
    plan = main_plan(project)
    if plan is not None:
        return Way(_("Voir le plan"), reverse("web:plan", args=[project.reference, plan.pk]), "model")
    if edits:
        return Way(_("Commencer le plan"), reverse("web:plan_begin", args=[project.reference]), "model")
    return None


def _course_way(course: Course) -> Way:
    arabic = get_language() == "ar"
    name, provider = (course.name_ar, course.provider_ar) if arabic else (course.name_fr, course.provider_fr)
    length = course.length_ar if arabic else course.length_fr
    note = f"{provider} · {length}" if length else provider
    return Way(name, course.url, "training", note)
