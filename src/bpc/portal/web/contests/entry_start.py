"""Entering an edition: from one of one's ideas, one of one's projects, or a blank page."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.contests.entry_actions import AlreadyEntered, KeyTaken, NotNow, TooManyDrafts, start_entry
from bpc.portal.contests.entry_queries import entries_of, own_ideas, own_projects
from bpc.portal.contests.models import Edition, Entry
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import EntryState, Phase
from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.references import normalise
from bpc.portal.journeys.entry_from_idea import enter_from_idea
from bpc.portal.journeys.entry_from_project import enter_from_project
from bpc.portal.projects.models import Project
from bpc.portal.reference.models import Sector
from bpc.portal.web.contests.entry_forms import NewEntryForm
from bpc.portal.web.contests.entry_words import why_not_now

_UNACCEPTABLE, _CONFLICT = 422, 409
_MOST_SHOWN = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry_new(request: HttpRequest, slug: str) -> HttpResponse:
    """What to start from; then straight to the entry, where everything known is written already."""
    edition = get_visible_or_404(request.user, Edition, slug=slug)
    phase = phase_of(edition, timezone.now())
    if phase != Phase.ENTRIES:
        return closed_page(request, edition, phase)
    if request.method != "POST":
        return _page(request, edition, NewEntryForm(initial={"submission_key": uuid4()}))
    form = NewEntryForm(request.POST)
    if not form.is_valid() and not _origin(request):
        return _page(request, edition, form)
    try:
        entry, _is_new = _start(request, edition, form)
    except NotNow as late:
        return closed_page(request, edition, late.phase)
    except AlreadyEntered as standing:
        return _already(request, edition, standing.entry)
    except (KeyTaken, TooManyDrafts) as refusal:
        return _page(request, edition, NewEntryForm(initial={"submission_key": uuid4()}), _fault(refusal))
    return redirect("web:entry", entry.reference)


def closed_page(request: HttpRequest, edition: Edition, phase: Phase) -> HttpResponse:
    """Nothing can be entered now: why, and since or until when."""
    context = {"edition": edition, "why": why_not_now(edition, phase)}
    return render(
        request, "contests/entry_closed.html", context, status=_CONFLICT if request.method == "POST" else 200
    )


def _start(request: HttpRequest, edition: Edition, form: NewEntryForm) -> tuple[Entry, bool]:
    """Begin from what was pressed. Somebody else's idea or project does not exist."""
    words: dict[str, Any] = {
        "edition": edition, "actor": request.user, "at": timezone.now(), "submission_key": _key(request),
    }  # fmt: skip
    if typed := request.POST.get("idee", ""):
        code = normalise(typed) or typed
        idea = get_visible_or_404(request.user, Idea.objects.select_related("commune"), reference=code)
        return enter_from_idea(idea=idea, **words)
    if typed := request.POST.get("projet", ""):
        code = normalise(typed) or typed
        project = get_visible_or_404(request.user, Project.objects.select_related("commune"), reference=code)
        return enter_from_project(project=project, **words)
    return start_entry(content=form.content(), **words)


def _origin(request: HttpRequest) -> str:
    return request.POST.get("idee", "") or request.POST.get("projet", "")


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("submission_key", ""))
    except ValueError:
        return uuid4()


def _page(request: HttpRequest, edition: Edition, form: NewEntryForm, fault: str = "") -> HttpResponse:
    wanted = request.GET.get("idee", "")
    wanted = normalise(wanted) or wanted
    ideas = list(own_ideas(request.user, edition)[:_MOST_SHOWN])
    context = {
        "edition": edition, "form": form, "fault": fault, "sectors": Sector.objects.all(),
        "ideas": sorted(ideas, key=lambda idea: idea.reference != wanted),
        "projects": own_projects(request.user, edition)[:_MOST_SHOWN],
        "standing": entries_of(request.user).filter(edition=edition).exclude(state=EntryState.WITHDRAWN),
        "key": form["submission_key"].value(),
        "why": why_not_now(edition, Phase.ENTRIES),
    }  # fmt: skip
    return render(
        request, "contests/entry_new.html", context, status=_UNACCEPTABLE if form.errors or fault else 200
    )


def _already(request: HttpRequest, edition: Edition, entry: Entry) -> HttpResponse:
    """To the entry that stands, if it is one's own; else that somebody of the group was quicker."""
    if entries_of(request.user).filter(pk=entry.pk).exists():
        return redirect("web:entry", entry.reference)
    fault = _(
        "Quelqu’un de votre groupe a déjà présenté ce projet à cet idéathon. Demandez-lui de vous nommer."
    )
    return _page(request, edition, NewEntryForm(initial={"submission_key": uuid4()}), fault)


def _fault(refusal: Exception) -> str:
    if isinstance(refusal, TooManyDrafts):
        return _(
            "Vous avez déjà cinq candidatures commencées pour cet idéathon. Terminez-en une, ou effacez-la."
        )
    return _("Cette page a déjà servi. Vérifiez, puis recommencez.")
