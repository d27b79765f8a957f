"""« Que peut-on avoir ? » for a project: nothing typed twice, one question at a time, results at once."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.core.matching.vocabulary import FIELDS
from bpc.portal.financing.answering import StaleAnswer, answer_questions, said_by, take_back_answer
from bpc.portal.financing.models import Watch
from bpc.portal.foundation.page_cache import same_moment
from bpc.portal.foundation.permissions import can, check, visible
from bpc.portal.funding.profile_answers import InvalidAnswers
from bpc.portal.journeys.project_funding import ProjectAnswers, answers_of
from bpc.portal.projects.models import Project
from bpc.portal.web.financing.origin_words import origin_lines
from bpc.portal.web.funding.results import results_of
from bpc.portal.web.funding.screens import SCREENS, ScreenForm, screen_of
from bpc.portal.web.funding.simulator_answers import Told
from bpc.portal.web.funding.simulator_start import pending_told, take_pending
from bpc.portal.web.funding.told_answers import held_choices, next_of
from bpc.portal.web.projects.reading import project_or_404

_UNACCEPTABLE = 422
#: Asked on the page of the project itself, never here.
_ELSEWHERE = frozenset({"commune"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@same_moment()
def project_funding(request: HttpRequest, reference: str) -> HttpResponse:
    """The results with what the site knows; the next question for those who may answer."""
    row = project_or_404(request, reference)
    known = answers_of(row)
    if request.method != "POST":
        return _page(request, row, known, _form(request, row, known, None))
    check(request.user, "financing.answer", row)
    form = _form(request, row, known, request.POST)
    if form is None:
        return redirect("web:project_funding", row.reference)
    if request.POST.get("act") == "nsp":
        answers: dict[str, Any] = dict.fromkeys(form.names)
    elif form.is_valid():
        answers = {**dict.fromkeys(form.declined), **form.said}
    else:
        return _page(request, row, known, form, status=_UNACCEPTABLE)
    return _keep(request, row, known, form, answers)


@require_POST
def project_funding_take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Forget an answer of the group: what the rest of the site says holds again."""
    row = project_or_404(request, reference)
    name = request.POST.get("champ", "")
    if name in FIELDS:
        take_back_answer(project=row, name=name, actor=request.user, at=timezone.now())
    return redirect("web:project_funding", row.reference)


@require_POST
def project_funding_take_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Take over the answers given in the public simulator just before, for what nothing else says."""
    row = project_or_404(request, reference)
    check(request.user, "financing.answer", row)
    told, known = take_pending(request.session), answers_of(row)
    if told is not None:
        answers = {name: value for name, value in told.answers.items() if name not in known.answers}
        try:
            answer_questions(
                project=row,
                answers=answers,
                revision=said_by(row).revision,
                actor=request.user,
                at=timezone.now(),
            )
        except InvalidAnswers:
            messages.warning(request, _("Ces réponses contredisent celles du projet : répondez ici."))
    return redirect("web:project_funding", row.reference)


def _keep(
    request: HttpRequest, row: Project, known: ProjectAnswers, form: ScreenForm, answers: dict[str, Any]
) -> HttpResponse:
    base = request.POST.get("revision", "")
    revision = int(base) if base.isascii() and base.isdecimal() and len(base) < 10 else 0
    try:
        answer_questions(
            project=row, answers=answers, revision=revision, actor=request.user, at=timezone.now()
        )
    except StaleAnswer:
        form.add_error(
            None, _("Quelqu’un de votre groupe vient de répondre autrement : vérifiez, puis continuez.")
        )
        return _page(request, row, known, form, status=_UNACCEPTABLE)
    except InvalidAnswers as refused:
        for path, words in refused.faults:
            form.add_error(path if path in form.fields else None, words)
        return _page(request, row, known, form, status=_UNACCEPTABLE)
    return redirect("web:project_funding", row.reference)


def _form(request: HttpRequest, row: Project, known: ProjectAnswers, data: Any) -> ScreenForm | None:
    """The question asked for, sent, or coming next; None for readers and when nothing is left."""
    if not can(request.user, "financing.answer", row):
        return None
    wanted = (data or {}).get("repond", "") if data is not None else request.GET.get("question", "")
    following = next_of(known.answers, known.declined | _ELSEWHERE, timezone.localdate())
    if wanted in SCREENS and wanted not in _ELSEWHERE:
        names = SCREENS[wanted]
        sent = set((data or {}).get("cases", "").split(","))
        chosen = tuple(name for name in names if name in sent)
        if not chosen and following is not None and following.screen == wanted:
            chosen = following.names
        names = chosen or names
    elif following is not None and data is None:
        wanted, names = following.screen, following.names
    else:
        return None
    form = ScreenForm(
        data,
        names=names,
        answers=known.answers,
        sources=held_choices() if "held" in names else (),
    )
    form.screen = wanted  # type: ignore[attr-defined]  # its template names what it answers
    return form


def _page(
    request: HttpRequest, row: Project, known: ProjectAnswers, form: ScreenForm | None, *, status: int = 200
) -> HttpResponse:
    today, edits = timezone.localdate(), can(request.user, "financing.answer", row)
    here = reverse("web:project_funding", args=[row.reference])

    def ask_url(name: str) -> str:
        screen = screen_of(name)
        if screen is None or not edits:
            return ""
        return (
            reverse("web:project_edit", args=[row.reference])
            if screen in _ELSEWHERE
            else (f"{here}?{urlencode({'question': screen})}#question")
        )

    context = {
        "project": row,
        "edits": edits,
        "opens_files": can(request.user, "applications.open", row),
        "form": form,
        "names": ",".join(form.names) if form is not None else "",
        "revision": said_by(row).revision,
        "results": results_of(known.answers, today, ask_url),
        "told": origin_lines(known, ask_url),
        "pending": _pending(request, known) if edits else None,
        "watch": visible(request.user, Watch).filter(project=row).first(),
        "asked": bool(request.GET.get("question")),
        "today": today,
    }
    return render(request, "financing/project_funding.html", context, status=status)


def _pending(request: HttpRequest, known: ProjectAnswers) -> int:
    """How many answers of the simulator could be taken over."""
    told: Told | None = pending_told(request.session)
    return len(told.answers.keys() - known.answers.keys()) if told is not None else 0
