"""What who asks does: ask, follow one's requests, ask further, judge, close, withdraw."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.counsel import asking
from bpc.portal.counsel.asking import Question, TooManyRequests
from bpc.portal.counsel.queries import requests_asked_by
from bpc.portal.counsel.states import Part, RequestState, Subject
from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.foundation.writing import written_date
from bpc.portal.ideas.references import normalise
from bpc.portal.journeys.ask_for_help import ask_for_help
from bpc.portal.projects.models import Project
from bpc.portal.web.counsel.forms import AskForm, JudgeForm, WordsForm
from bpc.portal.web.counsel.reading import UNACCEPTABLE, request_or_404
from bpc.portal.web.counsel.request_views import request_page
from bpc.portal.web.counsel.words import SUBJECT_ICONS, clock_words, owner_name

_PER_PAGE = 20


@never_cache
@require_safe
def help_requests(request: HttpRequest) -> HttpResponse:
    """One's requests and those of one's groups: the clock, the owner, the answers."""
    found = Paginator(requests_asked_by(request.user), _PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    rows = [
        {
            "help": row,
            "clock": clock_words(row, today),
            "is_late": row.state == RequestState.WAITING and row.due_on is not None and row.due_on < today,
            "owner": owner_name(row.desk, row.holder),
            "icon": SUBJECT_ICONS[row.subject],
        }
        for row in found
    ]
    return render(request, "counsel/requests.html", {"page_obj": found, "rows": rows})


def _project_named(request: HttpRequest) -> Project | None:
    """The project of the address, if the person belongs to its group; else the question is about none."""
    code = (request.POST if request.method == "POST" else request.GET).get("projet", "")[:20]
    if not code:
        return None
    row = get_visible_or_404(
        request.user, Project.objects.select_related("region", "sector"), reference=normalise(code) or code
    )
    return row if can(request.user, "counsel.ask", row) else None


def _first_values(request: HttpRequest) -> dict[str, Any]:
    person: Any = request.user
    asked = request.GET.get("sujet", "")
    return {
        "subject": asked if asked in Subject.values else None,
        "region": person.commune.region_code if person.commune is not None else None,
        "etape": request.GET.get("etape", ""),
        "page": request.GET.get("page", ""),
        "key": uuid4(),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def help_ask(request: HttpRequest) -> HttpResponse:
    """Ask, about a project or not; the page that follows says who answers and before when."""
    person: Any = request.user
    project = _project_named(request)
    form = AskForm(
        request.POST if request.method == "POST" else None, initial=_first_values(request),
        asks_region=project is None, phone=(person.phone or "") if person.phone_verified else "",
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = ask_for_help(
                question=_question(form.cleaned_data, project), project=project,
                submission_key=form.cleaned_data["key"], actor=person, at=timezone.now(),
            )  # fmt: skip
        except TooManyRequests:
            form.add_error(None, _("Vous avez posé beaucoup de questions aujourd’hui : continuez demain."))
        else:
            day = written_date(made.due_on) if made.due_on is not None else ""
            messages.success(
                request, _("Votre demande est partie. Réponse attendue avant le %(date)s.") % {"date": day}
            )
            return redirect("web:help_request", made.reference)
    context = {"form": form, "project": project}
    return render(request, "counsel/ask.html", context, status=UNACCEPTABLE if form.errors else 200)


def _question(cleaned: dict[str, Any], project: Project | None) -> Question:
    return Question(
        subject=cleaned["subject"], text=cleaned["text"],
        region=project.region_id if project is not None else cleaned["region"].pk,
        sector=project.sector_id if project is not None else "", call_me=cleaned.get("call_me", False),
        source_step=cleaned["etape"], source_page=cleaned["page"],
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def help_further(request: HttpRequest, reference: str) -> HttpResponse:
    """A further question: the clock runs again."""
    row = request_or_404(request, reference)
    if request.method != "POST":  # somebody reloads, or changes the language, on a refused form
        return redirect("web:help_request", row.reference)
    check(request.user, "counsel.own", row)
    form = WordsForm(request.POST, label=_("Votre question de suite"))
    if not form.is_valid():
        return request_page(request, row, further_form=form)
    person: Any = request.user
    try:
        asking.ask_further(
            request=row, text=form.cleaned_data["text"], submission_key=form.cleaned_data["key"], actor=person,
            at=timezone.now(),
        )  # fmt: skip
    except IllegalMove:
        messages.info(request, _("Cette demande est close : posez-en une nouvelle."))
    else:
        messages.success(request, _("Votre question est partie. La date de réponse est ci-dessous."))
    return redirect("web:help_request", row.reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def help_judge(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Whether an answer helped; the reason when it did not."""
    row = request_or_404(request, reference)
    check(request.user, "counsel.own", row)
    answer = get_visible_or_404(request.user, row.texts.model, pk=pk, request=row, part=Part.ANSWER)
    person: Any = request.user
    if request.method == "POST" and request.POST.get("helpful") == "yes":
        asking.judge(answer=answer, helpful=True, because="", words="", actor=person, at=timezone.now())
        messages.success(request, _("Merci, c’est noté."))
        return redirect("web:help_request", row.reference)
    form = JudgeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        asking.judge(
            answer=answer, helpful=False, because=form.cleaned_data["because"],
            words=form.cleaned_data["words"], actor=person, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Merci, c’est noté. Vous pouvez poser une question de suite."))
        return redirect("web:help_request", row.reference)
    context = {"help": row, "answer": answer, "form": form}
    return render(request, "counsel/judge.html", context, status=UNACCEPTABLE if form.errors else 200)


@require_POST
def help_close(request: HttpRequest, reference: str) -> HttpResponse:
    """It is answered: nothing more is expected."""
    row = request_or_404(request, reference)
    check(request.user, "counsel.own", row)
    try:
        asking.close(request=row, actor=request.user, at=timezone.now())
    except IllegalMove:
        messages.info(request, _("Cette demande a changé entre-temps : voici où elle en est."))
    else:
        messages.success(request, _("La demande est close."))
    return redirect("web:help_request", row.reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def help_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it back, once sure."""
    row = request_or_404(request, reference)
    check(request.user, "counsel.own", row)
    if request.method != "POST":
        return render(request, "counsel/withdraw.html", {"help": row})
    try:
        asking.withdraw(request=row, actor=request.user, at=timezone.now())
    except IllegalMove:
        messages.info(request, _("Cette demande a changé entre-temps : voici où elle en est."))
    else:
        messages.success(request, _("La demande est retirée."))
    return redirect("web:help_request", row.reference)
