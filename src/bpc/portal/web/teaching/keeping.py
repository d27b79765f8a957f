"""What is done to a course as a whole: begun, given as files, submitted, sent back, published, retired, taken up."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.datasets.training_courses import InvalidCourse
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.foundation.versions import DraftOpen, NothingNew, StaleDraft
from bpc.portal.training import actions
from bpc.portal.training.importing import MAX_BYTES, RefusedZip, course_of_zip
from bpc.portal.training.models import Course, CourseVersion
from bpc.portal.training.readiness import NotReady
from bpc.portal.training.states import DISCARD, REVIEW, VersionState
from bpc.portal.web.teaching.differences import grouped_differences
from bpc.portal.web.teaching.forms import CourseForm, ImportForm, PublishForm, ReasonForm
from bpc.portal.web.teaching.reading import (
    course_or_404,
    draft_or_404,
    frame,
    open_version,
    shown_version,
    told_lacks,
    version_or_404,
)
from bpc.portal.web.teaching.words import ZIPS

UNACCEPTABLE = 422
PAGE = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(PAGE)
def start(request: HttpRequest) -> HttpResponse:
    """A course more: how it presents itself, then its lessons."""
    form = CourseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.start_course(words=form.written(), actor=request.user, at=timezone.now())
        except InvalidCourse:
            form.add_error(None, _("Une réponse n’est pas possible : reprenez ce formulaire."))
        else:
            messages.success(request, _("Le brouillon est ouvert : ajoutez-lui ses leçons."))
            return redirect("web:teaching_lessons", draft.course.code)
    return render(request, "teaching/start.html", {"form": form}, status=UNACCEPTABLE if form.errors else 200)


@never_cache
@require_http_methods(PAGE)
def bring_files(request: HttpRequest) -> HttpResponse:
    """A course given as a ZIP, as a draft."""
    form = ImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    problems: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            given = course_of_zip(form.cleaned_data["file"].read(MAX_BYTES + 1))
            draft = actions.import_course(course=given, actor=request.user, at=timezone.now())
        except RefusedZip as refusal:
            form.add_error("file", str(ZIPS[refusal.reason]) % {"name": refusal.name})
        except InvalidCourse as error:
            form.add_error("file", _("Les fichiers de ce cours ont des fautes, dites ci-dessous."))
            problems = error.problems[:100]
        except DraftOpen:
            form.add_error(
                "file", _("Un brouillon de ce cours est ouvert : publiez-le ou abandonnez-le d’abord.")
            )
        else:
            messages.success(request, _("Le cours est un brouillon : le public ne le voit pas encore."))
            return redirect("web:teaching_course", draft.course.code)
    context = {"form": form, "problems": problems}
    return render(request, "teaching/import.html", context, status=UNACCEPTABLE if form.errors else 200)


@never_cache
@require_POST
def open_draft(request: HttpRequest, code: str) -> HttpResponse:
    """The open version, begun if there is none."""
    actions.start_draft(course=course_or_404(request, code), actor=request.user, at=timezone.now())
    return redirect("web:teaching_course", code)


@never_cache
@require_POST
def take_up(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A former version as a draft."""
    version = version_or_404(course_or_404(request, code), str(number))
    try:
        actions.take_up_version(version=version, actor=request.user, at=timezone.now())
    except DraftOpen:
        messages.warning(
            request, _("Un brouillon de ce cours est ouvert : publiez-le ou abandonnez-le d’abord.")
        )
    else:
        messages.success(request, _("Un brouillon reprend cette version."))
    return redirect("web:teaching_course", code)


@never_cache
@require_http_methods(PAGE)
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Throw the draft away, asked once more."""
    draft = draft_or_404(request, code)
    check(request.user, DISCARD, draft)
    only = draft.course.versions.count() == 1
    if request.method != "POST":
        return render(request, "teaching/discard.html", frame(request, draft, only=only))
    actions.discard_draft(draft=draft, actor=request.user, at=timezone.now())
    messages.success(request, _("Le brouillon est abandonné."))
    return redirect("web:teaching") if only else redirect("web:teaching_course", code)


@never_cache
@require_POST
def submit(request: HttpRequest, code: str) -> HttpResponse:
    """Give the draft to be read; what it lacks is on its page."""
    draft = draft_or_404(request, code)
    try:
        actions.submit(draft=draft, actor=request.user, at=timezone.now())
    except NotReady:
        messages.warning(request, _("Il manque encore quelque chose à ce cours : la liste est ci-dessous."))
    except NothingNew:
        messages.warning(request, _("Ce brouillon dit la même chose que la version publiée."))
    else:
        messages.success(request, _("Le cours attend la lecture d’une autre personne."))
    return redirect("web:teaching_course", code)


@never_cache
@require_POST
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Back from review to go on writing."""
    version = open_version(course_or_404(request, code))
    if version is not None:
        _done(request, lambda: actions.take_back(version=version, actor=request.user, at=timezone.now()))
    return redirect("web:teaching_course", code)


def _done(request: HttpRequest, act: Callable[[], Any]) -> bool:
    try:
        act()
    except IllegalMove:
        messages.warning(request, _("Une autre personne a été plus rapide : voyez où en est ce cours."))
        return False
    return True


def _in_review(request: HttpRequest, code: str) -> CourseVersion | None:
    """The version to be read, for somebody who did not write it."""
    version = open_version(course_or_404(request, code))
    if version is None or version.state != VersionState.REVIEW:
        return None
    if not frame(request, version)["reviews"]:
        raise PermissionDenied(REVIEW)
    return version


@never_cache
@require_http_methods(PAGE)
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """What changes, then the note and the will to publish."""
    version = _in_review(request, code)
    if version is None:
        return redirect("web:teaching_course", code)
    posted = request.POST if request.method == "POST" else None
    form = PublishForm(posted, initial={"revision": version.revision})
    if posted is not None and form.is_valid() and _published(request, version, form):
        messages.success(request, _("Le cours est publié."))
        return redirect("web:teaching_course", code)
    shown = shown_version(version.course)
    context = frame(
        request, version, form=form, shown=shown, lacks=told_lacks(version),
        groups=grouped_differences(shown.content, version.content) if shown else [],
        lessons=version.content.get("lessons", ()),
    )  # fmt: skip
    return render(request, "teaching/publish.html", context, status=UNACCEPTABLE if form.errors else 200)


def _published(request: HttpRequest, version: CourseVersion, form: PublishForm) -> bool:
    """Publish, or say on the form why not."""
    data: dict[str, Any] = form.cleaned_data
    try:
        actions.publish(
            version=version,
            revision=data["revision"],
            note=data["note"],
            actor=request.user,
            at=timezone.now(),
        )
    except StaleDraft:
        form.add_error(
            None, _("Le cours a changé pendant ce temps : relisez-le, puis ouvrez de nouveau cette page.")
        )
    except NothingNew:
        form.add_error(None, _("Ce cours dit la même chose que la version publiée."))
    except NotReady:
        form.add_error(None, _("Il manque encore quelque chose à ce cours, dit ci-dessous."))
    except IllegalMove:
        form.add_error(None, _("Ce cours est retiré, ou une autre personne a été plus rapide."))
    else:
        return True
    return False


@never_cache
@require_http_methods(PAGE)
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """Back to those who wrote it, with the reason."""
    version = _in_review(request, code)
    if version is None:
        return redirect("web:teaching_course", code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason, now = form.cleaned_data["reason"], timezone.now()
        if _done(
            request, lambda: actions.send_back(version=version, reason=reason, actor=request.user, at=now)
        ):
            messages.success(request, _("Le cours est renvoyé à qui l’a écrit, avec votre raison."))
        return redirect("web:teaching_course", code)
    context = frame(request, version, form=form)
    return render(request, "teaching/send_back.html", context, status=UNACCEPTABLE if form.errors else 200)


@never_cache
@require_http_methods(PAGE)
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Take the course off the site, with the reason."""
    row = course_or_404(request, code)
    shown = shown_version(row)
    if shown is None or row.retired_at is not None:
        return redirect("web:teaching_course", code)
    check(request.user, REVIEW, shown)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason, now = form.cleaned_data["reason"], timezone.now()
        if _done(request, lambda: actions.retire(course=row, reason=reason, actor=request.user, at=now)):
            messages.success(
                request, _("Le cours est retiré du site. Ce que les gens ont appris leur reste.")
            )
        return redirect("web:teaching_course", code)
    context = frame(request, shown, form=form)
    return render(request, "teaching/retire.html", context, status=UNACCEPTABLE if form.errors else 200)


@never_cache
@require_POST
def bring_back(request: HttpRequest, code: str) -> HttpResponse:
    """Put a retired course back, as it was."""
    row: Course = course_or_404(request, code)
    if _done(request, lambda: actions.bring_back(course=row, actor=request.user, at=timezone.now())):
        messages.success(request, _("Le cours est de nouveau sur le site."))
    return redirect("web:teaching_course", code)
