"""Writing reports: the field page, what it sends when there is network, and putting right."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.ideas.photos import RefusedPhoto
from bpc.portal.ideas.references import normalise
from bpc.portal.projects.models import Project
from bpc.portal.visits.models import VisitPhoto, VisitReport
from bpc.portal.visits.photos import TooManyPhotos, add_photo, receive_photo, withdraw_photo
from bpc.portal.visits.queries import own_visits, projects_to_visit
from bpc.portal.visits.reporting import (
    OtherWords,
    Stale,
    TooLate,
    TooMany,
    Withdrawn,
    change_visit,
    report_visit,
)
from bpc.portal.visits.visibility import may_change
from bpc.portal.web.kept_pages import worker_script
from bpc.portal.web.visits.forms import FieldForm, VisitForm, places_for, values_of
from bpc.portal.web.visits.reading import frame, visit_or_404
from bpc.portal.web.visits.words import OTHER_WORDS, PHOTO_REFUSALS, PHOTOS_FULL, WITHDRAWN, script_words

_UNACCEPTABLE = 422
_OWN_SHOWN = 5


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def field(request: HttpRequest) -> HttpResponse:
    """The page that works without network once it was opened with it; without a script, a form like any other."""
    projects = projects_to_visit(request.user)
    now = timezone.localtime()
    asked = request.GET.get("projet", "")
    initial = {
        "submission_key": uuid4(), "project": normalise(asked) or asked, "visited_on": now.date(),
        "visited_time": now.time(),
    }  # fmt: skip
    form = FieldForm(
        request.POST if request.method == "POST" else None, request.FILES or None,
        projects=projects, places=places_for(request.user), initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        answer = _report(request, form)
        if answer is not None:
            return answer
    context = {
        "form": form, "projects": projects, "words": script_words(),
        "own": list(own_visits(request.user)[:_OWN_SHOWN]), "no_key": UUID(int=0),
    }  # fmt: skip
    return render(request, "visits/field.html", context, status=_UNACCEPTABLE if form.is_bound else 200)


def _report(request: HttpRequest, form: FieldForm) -> HttpResponseRedirect | None:
    """Keep what the form tells, and lead to it; None when the form says why not."""
    project = Project.objects.get(reference=form.cleaned_data["project"])
    try:
        made = report_visit(
            project=project, key=form.cleaned_data["submission_key"], told=form.told(), actor=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except Withdrawn:
        form.add_error("project", WITHDRAWN)
    except OtherWords:
        form.add_error(None, OTHER_WORDS)
    except TooMany:
        form.add_error(None, _("Vous avez envoyé beaucoup de comptes rendus aujourd’hui. Réessayez demain."))
    else:
        _keep_photos(request, made, form)
        messages.success(request, _("Le compte rendu est envoyé. Le groupe est prévenu."))
        return redirect("web:visit", project.reference, made.pk)
    return None


def _keep_photos(request: HttpRequest, visit: VisitReport, form: VisitForm) -> None:
    """Each photo by itself: one refused does not lose the report; it is said by its name."""
    for file in form.cleaned_data["photos"]:
        try:
            add_photo(
                visit=visit, key=uuid4(), photo=receive_photo(file.file, file.size), actor=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except RefusedPhoto as refusal:
            words = PHOTO_REFUSALS[refusal.reason]
        except TooManyPhotos:
            words = PHOTOS_FULL
        else:
            continue
        messages.error(request, format_html("<bdi>{}</bdi> — {}", file.name, words))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the field page; it holds no data."""
    return worker_script("bpc-visits-")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def visit_change(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Put one's own report right, for seven days."""
    row = visit_or_404(request, reference, pk)
    if row.author_id != getattr(request.user, "pk", None):
        raise Http404("not one's own report")
    if not may_change(request.user, row, at=timezone.now()):
        messages.error(request, _("Ce compte rendu ne se corrige plus : sept jours sont passés."))
        return redirect("web:visit", reference, pk)
    posted = request.POST if request.method == "POST" else None
    form = VisitForm(posted, request.FILES or None, places=places_for(request.user), initial=values_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            change_visit(
                visit=row,
                told=form.told(),
                revision=_revision(request),
                actor=request.user,
                at=timezone.now(),
            )
        except Stale:
            form.add_error(None, _("Ce compte rendu a été corrigé ailleurs entre-temps. Rouvrez cette page."))
        except TooLate:
            messages.error(request, _("Ce compte rendu ne se corrige plus : sept jours sont passés."))
            return redirect("web:visit", reference, pk)
        else:
            row.refresh_from_db()
            _keep_photos(request, row, form)
            messages.success(request, _("Le compte rendu est corrigé. Ce qu’il disait avant reste lisible."))
            return redirect("web:visit", reference, pk)
    context = frame(request, row.project, visit=row, form=form)
    return render(request, "visits/change.html", context, status=_UNACCEPTABLE if form.is_bound else 200)


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


@never_cache
@require_POST
def photo_withdraw(request: HttpRequest, reference: str, pk: int, photo: int) -> HttpResponse:
    """Take a photo off the report: whoever is on it asks, at any time."""
    row = visit_or_404(request, reference, pk)
    found = get_visible_or_404(request.user, VisitPhoto, pk=photo, visit=row, withdrawn_at=None)
    found.visit = row
    withdraw_photo(photo=found, actor=request.user, at=timezone.now())
    messages.success(request, _("La photo est retirée."))
    return redirect("web:visit", reference, pk)
