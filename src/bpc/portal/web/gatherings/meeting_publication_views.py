"""After a meeting: writing and publishing its report, adding photos, taking one off."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.gatherings import photos, queries, reports
from bpc.portal.gatherings.attendance import attendance_of, published_figures
from bpc.portal.gatherings.models import Gathering, MeetingPhoto, MeetingReport
from bpc.portal.gatherings.states import GatheringState
from bpc.portal.ideas.photos import RefusedPhoto
from bpc.portal.web.gatherings import meeting_words as words
from bpc.portal.web.gatherings.meeting_attendance_views import organised_or_404
from bpc.portal.web.gatherings.meeting_keeping_forms import MeetingPhotoForm, ReportForm
from bpc.portal.web.ideas.form_files import PHOTO_FAULTS

_UNACCEPTABLE = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: str) -> HttpResponse:
    """Write the report; the button says whether it is kept or published."""
    row = _held_or_404(request, key)
    report: MeetingReport | None = getattr(row, "report", None)
    if request.method != "POST":
        return _report_page(request, row, report, ReportForm(initial=_initial_of(report)))
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _report_page(request, row, report, form)
    now, said = timezone.now(), form.cleaned_data
    try:
        reports.write_report(
            gathering=row, text_fr=said["text_fr"], text_ar=said["text_ar"], revision=said["revision"],
            actor=request.user, at=now,
        )  # fmt: skip
        if request.POST.get("act") == "publish":
            reports.publish_report(gathering=row, actor=request.user, at=now)
            messages.success(request, _("Le compte rendu est publié, avec les chiffres de présence."))
        else:
            messages.success(request, _("Le compte rendu est enregistré."))
    except reports.StaleReport:
        form.add_error(
            None, _("Ce compte rendu a été modifié dans une autre fenêtre. Rouvrez la page, puis reprenez.")
        )
        return _report_page(request, row, report, form)
    except IllegalMove:
        messages.error(request, _("Ce compte rendu est déjà publié."))
    return _to_keeping(key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep_photos(request: HttpRequest, key: str) -> HttpResponse:
    """The photos; POST adds one."""
    row = _held_or_404(request, key)
    if request.method != "POST":
        return _photos_page(request, row, MeetingPhotoForm())
    form = MeetingPhotoForm(request.POST, request.FILES)
    if form.is_valid() and _added(request, row, form):
        messages.success(request, _("La photo est ajoutée."))
        return HttpResponseRedirect(reverse("web:gathering_photos", args=[key]))
    return _photos_page(request, row, form)


@never_cache
@require_POST
def withdraw(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take a photo off; its files are deleted."""
    organised_or_404(request, key)
    photo = get_visible_or_404(request.user, MeetingPhoto, pk=pk, gathering__key=key)
    with suppress(IllegalMove):  # somebody else took it off: it is off
        photos.withdraw_photo(photo=photo, reason="", actor=request.user, at=timezone.now())
    messages.success(request, _("La photo est retirée, son fichier est effacé."))
    return HttpResponseRedirect(reverse("web:gathering_photos", args=[key]))


def _added(request: HttpRequest, row: Gathering, form: MeetingPhotoForm) -> bool:
    said = form.cleaned_data
    try:
        photos.add_photo(
            gathering=row, file=said["photo"], size=said["photo"].size, consent=said["consent"],
            statement=said["statement"], alt=said["alt"], actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except RefusedPhoto as refused:
        form.add_error("photo", str(PHOTO_FAULTS[refused.reason]))
    except photos.TooManyPhotos:
        form.add_error("photo", _("Douze photos au plus. Retirez-en une d’abord."))
    except IllegalMove:
        form.add_error(None, _("Les photos s’ajoutent après la rencontre."))
    return not form.errors


def _held_or_404(request: HttpRequest, key: str) -> Gathering:
    row = organised_or_404(request, key)
    if row.state != GatheringState.HELD:
        raise Http404("it was not held")
    return row


def _initial_of(report: MeetingReport | None) -> dict[str, Any]:
    if report is None:
        return {"revision": 0}
    return {"revision": report.revision, "text_fr": report.text_fr, "text_ar": report.text_ar}


def _report_page(
    request: HttpRequest, row: Gathering, report: MeetingReport | None, form: ReportForm
) -> HttpResponse:
    attendance = attendance_of(row)
    figures = published_figures(attendance) if attendance.came else {}
    is_published = report is not None and report.published_at is not None
    if is_published and report is not None:
        figures = report.figures
    context = {
        **_frame(row),
        "form": form,
        "published": is_published,
        "came": words.came_words(figures),
        "groups": words.figure_groups(figures),
    }
    return render(
        request, "gatherings/report_edit.html", context, status=_UNACCEPTABLE if form.is_bound else 200
    )


def _photos_page(request: HttpRequest, row: Gathering, form: MeetingPhotoForm) -> HttpResponse:
    context = {**_frame(row), "form": form, "photos": queries.photos_of(row)}
    return render(request, "gatherings/photos.html", context, status=_UNACCEPTABLE if form.is_bound else 200)


def _frame(row: Gathering) -> dict[str, Any]:
    return {"gathering": row, "title": words.title_of(row), "card": words.card_of(row, timezone.now())}


def _to_keeping(key: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("web:gathering_keep", args=[key]))
