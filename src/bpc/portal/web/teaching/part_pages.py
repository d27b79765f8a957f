"""The pages of a lesson's parts made of boxes: its diagram, its exercise, one question."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.core.learning.questions import Kind
from bpc.portal.foundation.addresses import slug_of
from bpc.portal.training.models import CourseVersion
from bpc.portal.training.parts import Part, read_part
from bpc.portal.web.boxes.entries import NOTHING, Faults, Typed, read, write
from bpc.portal.web.boxes.nodes import Desk, draw, wrong
from bpc.portal.web.boxes.rows import change_rows
from bpc.portal.web.boxes.specs import Spec
from bpc.portal.web.teaching.checking import checked_question, diagram_faults, exercise_faults, with_codes
from bpc.portal.web.teaching.choices import Lists
from bpc.portal.web.teaching.keeping import PAGE, UNACCEPTABLE
from bpc.portal.web.teaching.lessons import lesson_frame, lesson_or_404
from bpc.portal.web.teaching.part_specs import (
    DIAGRAM,
    EXERCISE,
    QUESTIONS,
    diagram_kept,
    diagram_shown,
    question_kept,
    question_shown,
)
from bpc.portal.web.teaching.reading import draft_or_404
from bpc.portal.web.teaching.saving import Saved, base_of, save, stale_words
from bpc.portal.web.teaching.trying import tried
from bpc.portal.web.teaching.words import KINDS


@dataclass
class Sheet:
    """One page of boxes: what was typed, what is wrong, what was read of it when something was sent."""

    specs: Sequence[Spec]
    typed: Typed
    base: str
    faults: Faults = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    saved: Saved = field(default_factory=Saved)
    unsaved: bool = False
    said: dict[str, Any] | None = None  # only when everything could be read

    @property
    def refused(self) -> bool:
        """Whether something sent was not kept."""
        return bool(self.faults or self.others or self.saved.conflict)

    def context(self) -> dict[str, Any]:
        """What its template draws."""
        controls = [draw(spec, spec.name, Desk(self.typed, self.faults, Lists())) for spec in self.specs]
        return {
            "controls": controls, "wrong": list(wrong(controls)), "others": self.others, "unsaved": self.unsaved,
            "conflict": self.saved.conflict, "base": self.saved.base or self.base,
        }  # fmt: skip

    def keep(self, request: HttpRequest, draft: CourseVersion, part: Part, value: Any) -> bool:
        """Save what was read; what is refused goes beside its box, or above."""
        self.saved = save(request, draft, part, value, self.base)
        for path, _why in self.saved.problems:
            self._place(path)
        if self.saved.conflict:
            self.others.append(stale_words())
        if self.saved.gone:
            self.others.append(
                _("Cette leçon n’est plus dans le brouillon, ou le brouillon n’est plus ouvert.")
            )
        return self.saved.done

    def _place(self, path: str) -> None:
        box = path.partition(".exercise.")[2].replace(".", "-")
        if box in self.typed:
            self.faults.setdefault(box, []).append(_("Cette réponse n’est pas possible."))
        else:
            self.others.append(_("Une réponse n’est pas possible, ou trop longue : reprenez cette page."))


def opened_sheet(request: HttpRequest, specs: Sequence[Spec], shown: dict[str, Any], base: str) -> Sheet:
    """What is stored, or what was sent: read, unless a row was only added, moved or taken out."""
    if request.method != "POST":
        typed: Typed = {}
        for spec in specs:
            write(spec, shown.get(spec.name), spec.name, typed)
        return Sheet(specs, typed, base)
    typed = {name: str(request.POST[name]) for name in request.POST}
    sheet = Sheet(specs, typed, typed.pop("base", ""))
    if change_rows(typed.pop("act", ""), [spec.name for spec in specs], typed):
        sheet.unsaved = True
        return sheet
    said = {spec.name: read(spec, spec.name, typed, sheet.faults) for spec in specs}
    sheet.said = {name: value for name, value in said.items() if value is not NOTHING}
    return sheet


@never_cache
@require_http_methods(PAGE)
def diagram(request: HttpRequest, code: str, lesson: str) -> HttpResponse:
    """The picture of a lesson, in both languages."""
    draft, part = draft_or_404(request, code), Part("diagram", lesson)
    context = lesson_frame(request, draft, lesson)
    stored = read_part(draft.content, part)
    sheet = opened_sheet(request, DIAGRAM, diagram_shown(stored), base_of(draft, part))
    if sheet.said is not None and not sheet.faults:
        diagram_faults(sheet.said, sheet.faults, sheet.others)
        if not sheet.refused and sheet.keep(
            request, draft, part, diagram_kept(sheet.said, tuple(stored or ()))
        ):
            return redirect("web:teaching_lesson", code, lesson)
    context |= {**sheet.context(), "title": _("Le schéma")}
    return render(request, "teaching/part.html", context, status=UNACCEPTABLE if sheet.refused else 200)


@never_cache
@require_http_methods(PAGE)
def exercise(request: HttpRequest, code: str, lesson: str) -> HttpResponse:
    """The exercise of a lesson; what it would answer, tried beside."""
    draft, part = draft_or_404(request, code), Part("exercise", lesson)
    context = lesson_frame(request, draft, lesson)
    stored = read_part(draft.content, part)
    sheet = opened_sheet(request, EXERCISE, stored or {}, base_of(draft, part))
    if sheet.said is not None and not sheet.faults:
        written = with_codes(sheet.said)
        exercise_faults(written, sheet.faults)
        if not sheet.refused and sheet.keep(request, draft, part, written):
            return redirect("web:teaching_exercise", code, lesson)
    context |= {
        **sheet.context(),
        "title": _("L’exercice"),
        "tried": tried(request, stored),
        "is_exercise": True,
    }
    return render(request, "teaching/part.html", context, status=UNACCEPTABLE if sheet.refused else 200)


@never_cache
@require_http_methods(PAGE)
def question(request: HttpRequest, code: str, lesson: str, question: str) -> HttpResponse:
    """One question, in both languages."""
    draft, part = draft_or_404(request, code), Part("question", lesson, question)
    stored = read_part_or_404(draft, part)
    shown = question_shown(stored)
    return _question_page(request, draft, part, stored["kind"], shown)


@never_cache
@require_http_methods(PAGE)
def question_new(request: HttpRequest, code: str, lesson: str, kind: str) -> HttpResponse:
    """A question more, of this kind."""
    if kind not in QUESTIONS:
        raise Http404("no kind")
    draft = draft_or_404(request, code)
    return _question_page(request, draft, Part("question", lesson, ""), kind, {})


def read_part_or_404(draft: CourseVersion, part: Part) -> Any:
    """What the part says, if it is there."""
    lesson_or_404(draft, part.lesson)
    stored = read_part(draft.content, part)
    if stored is None:
        raise Http404("no part")
    return stored


def _question_page(
    request: HttpRequest, draft: CourseVersion, part: Part, kind: str, shown: dict[str, Any]
) -> HttpResponse:
    context = lesson_frame(request, draft, part.lesson)
    sheet = opened_sheet(request, QUESTIONS[kind], shown, base_of(draft, part))
    if sheet.said is not None and not sheet.faults:
        named = (
            part if part.item else Part("question", part.lesson, _free_code(draft, part.lesson, sheet.said))
        )
        kept = checked_question(question_kept(kind, named.item, sheet.said), sheet.faults, sheet.others)
        if kept is not None and sheet.keep(request, draft, named, kept):
            return redirect("web:teaching_quiz", draft.course.code, part.lesson)
    context |= {**sheet.context(), "title": KINDS[Kind(kind)], "question": part.item, "is_question": True}
    return render(request, "teaching/part.html", context, status=UNACCEPTABLE if sheet.refused else 200)


def _free_code(draft: CourseVersion, lesson: str, said: dict[str, Any]) -> str:
    questions = read_part(draft.content, Part("questions", lesson)) or ()
    words = next(iter((said.get("text") or {"fr": ""}).values()))
    return slug_of(" ".join(words.split()[:6]), {"gift", *(one["code"] for one in questions)}, "question")
