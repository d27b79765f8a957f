"""Changing a path: open, close, mark a step, take back, dates, questions, newer version."""

from collections.abc import Set
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.core.law.events import Event
from bpc.portal.followup import actions
from bpc.portal.followup.catalogue import published_versions, template_of
from bpc.portal.followup.law_dates import EVENT_WORDS, PLANNED, USUAL
from bpc.portal.followup.models import ProjectPath
from bpc.portal.followup.queries import PathReading, ReadMark, marks_of, read_project, stand_on
from bpc.portal.followup.standing import StandingStep
from bpc.portal.followup.states import StepState
from bpc.portal.followup.template_effects import move_between
from bpc.portal.followup.words import DUE_WORDS, REASONS, event_words, told
from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.projects.models import Project
from bpc.portal.training.catalogue import published
from bpc.portal.web.followup.differences import told_differences
from bpc.portal.web.followup.forms import DateForm, MarkForm, QuestionsForm, written_answers
from bpc.portal.web.followup.moves import move_words
from bpc.portal.web.followup.reading import UNACCEPTABLE, frame, reading_or_404
from bpc.portal.web.followup.step_words import step_words
from bpc.portal.web.projects.reading import project_or_404
from bpc.portal.web.training.words import said

_PAGE = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(_PAGE)
def path_step(request: HttpRequest, reference: str, pk: int, step: str) -> HttpResponse:
    """All that is to be known of a step, and where it stands."""
    reading, shown = reading_or_404(request, reference, pk)
    try:
        one = shown.standing.named(step)
    except KeyError:
        raise Http404("no such step") from None
    row, today = reading.project, timezone.localdate()
    posted = request.POST if request.method == "POST" else None
    if posted is not None:
        check(request.user, "followup.mark", row)
    form = MarkForm(posted, initial=_initial(one), needs_day=one.step.asks is not None, today=today)
    if posted is not None and form.is_valid() and _marked(request, shown, step, form):
        messages.success(request, _told_of(row, form.said().state))
        return redirect("web:path", row.reference, pk)
    context = frame(request, row, form=form, **_step_context(shown, one, reading.known.badges))
    return render(request, "followup/step.html", context, status=UNACCEPTABLE if form.errors else 200)


def _told_of(row: Project, state: StepState) -> str:
    """That it is noted; of a block, who was told."""
    if state != StepState.BLOCKED:
        return _("C’est noté.")
    names = ", ".join(user.display_name for user in actions.advisors_of(row) if user.display_name)
    if names:
        return _("C’est noté : le groupe et %(names)s sont prévenus.") % {"names": names}
    return _("C’est noté : le groupe est prévenu. Aucun conseiller ne voit ce projet : demandez de l’aide.")


def _initial(one: StandingStep) -> dict[str, Any]:
    """What stands, so that changing the state alone keeps the rest."""
    first: dict[str, Any] = {"on": timezone.localdate()}
    if one.mark is not None:
        first |= {"state": one.mark.state, "due_on": one.mark.due_on}
        if isinstance(one.mark, ReadMark):
            first["waits_on"] = one.mark.row.waits_on
        if one.mark.on is not None:
            first["on"] = one.mark.on
    return first


def _step_context(shown: PathReading, one: StandingStep, badges: Set[str]) -> dict[str, Any]:
    titles = {each.step.id: told(each.step.title) for each in shown.standing.steps}
    return {
        **step_words(shown.standing.template, one.step),
        "shown": shown,
        "name": told(shown.standing.template.name),
        "one": one,
        "state_label": one.state.label,
        "reason": REASONS[one.reason] if one.reason is not None else "",
        "due_words": DUE_WORDS[one.due.kind] if one.due is not None else "",
        "waits_for": [titles[name] for name in one.waits_for],
        "history": list(marks_of(shown.path, one.step.id)),
        "badge": _badge(one, badges),
    }


def _badge(one: StandingStep, badges: Set[str]) -> dict[str, Any] | None:
    """The certificate that the step asks: its name, whether somebody of the group holds it, its course."""
    if one.step.badge is None:
        return None
    code = one.step.badge.partition(":")[2]
    course = published(code)
    return {
        "name": said(course.course.name) if course is not None else code,
        "held": one.step.badge in badges,
        "url": reverse("web:course", args=[code]) if course is not None else "",
    }


def _marked(request: HttpRequest, shown: PathReading, step: str, form: MarkForm) -> bool:
    try:
        actions.mark_step(path=shown.path, step=step, said=form.said(), actor=request.user, at=timezone.now())
    except actions.NoteMissing:
        form.ask_note()
    except actions.TooManyMarks:
        form.add_error(None, _("Ce parcours a trop de notes. Fermez-le et ouvrez-en un autre."))
    else:
        return True
    return False


@require_POST
def path_step_undo(request: HttpRequest, reference: str, pk: int, step: str) -> HttpResponse:
    """Take the last word on a step back."""
    reading, shown = reading_or_404(request, reference, pk)
    try:
        actions.undo_mark(path=shown.path, step=step, actor=request.user, at=timezone.now())
    except actions.UnknownStep:
        raise Http404("no such step") from None
    except actions.NothingToUndo:
        messages.info(request, _("Il n’y a rien à annuler sur cette étape."))
    else:
        messages.success(request, _("La dernière note est annulée : l’étape est comme avant."))
    return redirect("web:path_step", reading.project.reference, pk, step)


@require_POST
def path_open(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a path, or go to the one that runs."""
    row = project_or_404(request, reference)
    try:
        opened = actions.open_path(
            project=row, slug=request.POST.get("path", "")[:60], actor=request.user, at=timezone.now()
        )
    except actions.UnknownTemplate:
        raise Http404("no such template") from None
    return redirect("web:path", row.reference, opened.pk)


@require_POST
def path_close(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Put a path aside."""
    reading, shown = reading_or_404(request, reference, pk)
    actions.close_path(path=shown.path, actor=request.user, at=timezone.now())
    messages.success(request, _("Le parcours est mis de côté. Rien n’est perdu : vous pouvez le reprendre."))
    return redirect("web:paths", reading.project.reference)


@require_POST
def path_reopen(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take a path up again."""
    row = project_or_404(request, reference)
    found = get_visible_or_404(request.user, ProjectPath, pk=pk, project=row)
    actions.reopen_path(path=found, actor=request.user, at=timezone.now())
    return redirect("web:paths", row.reference)


@never_cache
@require_http_methods(_PAGE)
def path_update(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """What the newer version changes, and the choice to move to it."""
    reading, shown = reading_or_404(request, reference, pk)
    row = reading.project
    check(request.user, "followup.choose", row)
    newest = published_versions().get(shown.path.template.slug)
    if newest is None or newest.pk == shown.path.version_id:
        return redirect("web:path", row.reference, pk)
    if request.method == "POST":
        return _version_chosen(request, row.reference, shown)
    template = template_of(newest)
    after = stand_on(reading, shown.path, template)
    context = frame(
        request,
        row,
        shown=shown,
        name=told(shown.standing.template.name),
        newest=newest,
        declined=shown.path.declined_id == newest.pk,
        move=move_words(move_between(shown.standing, after), timezone.localdate()),
        changes=told_differences(shown.standing.template, template),
    )
    return render(request, "followup/update.html", context)


def _version_chosen(request: HttpRequest, reference: str, shown: PathReading) -> HttpResponse:
    """Move to the version that was shown, or stay; the page again when it is no longer the newest."""
    stays = request.POST.get("act") == "stay"
    act = actions.decline_version if stays else actions.move_to_version
    version = _number(request.POST.get("version"))
    if not act(path=shown.path, version=version, actor=request.user, at=timezone.now()):
        messages.info(request, _("Cette version a changé entre-temps : relisez ce qui change."))
        return redirect("web:path_update", reference, shown.path.pk)
    if stays:
        messages.success(request, _("Votre parcours garde sa version. Vous pourrez changer d’avis."))
    else:
        messages.success(request, _("Le parcours suit maintenant la nouvelle version."))
    return redirect("web:path", reference, shown.path.pk)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


@never_cache
@require_http_methods(_PAGE)
def path_facts(request: HttpRequest, reference: str) -> HttpResponse:
    """What is known of the project, the questions, the dates."""
    row = project_or_404(request, reference)
    reading = read_project(row, timezone.localdate())
    posted = request.POST if request.method == "POST" else None
    form = QuestionsForm(posted, initial=written_answers(reading.known.answers))
    if posted is not None:
        check(request.user, "followup.mark", row)
        if form.is_valid():
            for question, yes in form.answers().items():
                if reading.known.answers.get(question) != yes:
                    actions.answer_question(
                        project=row, question=question, yes=yes, actor=request.user, at=timezone.now()
                    )
            messages.success(request, _("Vos réponses sont notées ; le parcours en tient compte."))
            return redirect("web:paths", row.reference)
    dates = [(event, words, reading.known.dates.get(event)) for event, words in EVENT_WORDS.items()]
    usual = [one for one in dates if one[0] in USUAL or one[2] is not None]
    others = [one for one in dates if one not in usual]
    context = frame(request, row, form=form, known=reading.known, dates=usual, others=others)
    return render(request, "followup/facts.html", context, status=UNACCEPTABLE if form.errors else 200)


@never_cache
@require_http_methods(_PAGE)
def path_date(request: HttpRequest, reference: str, event: str) -> HttpResponse:
    """The day of one fact."""
    row = project_or_404(request, reference)
    if event not in {one.value for one in EVENT_WORDS}:
        raise Http404("no such fact")
    check(request.user, "followup.mark", row)
    known = read_project(row, timezone.localdate()).known.dates.get(event)
    posted = request.POST if request.method == "POST" else None
    latest = date.max if event in PLANNED else timezone.localdate()
    form = DateForm(posted, initial={"on": known}, today=latest)
    if posted is not None and form.is_valid():
        actions.say_date(
            project=row, event=Event(event), on=form.cleaned_data["on"], actor=request.user, at=timezone.now()
        )
        messages.success(request, _("C’est noté."))
        return redirect("web:path_facts", row.reference)
    context = frame(request, row, form=form, title=event_words(event))
    return render(request, "followup/date.html", context, status=UNACCEPTABLE if form.errors else 200)
