"""What the field page sends when there is network: reports, then their photos one by one, each exactly once.

The answers are for its script, with the words to show beside the draft, which the telephone keeps when refused.
"""

from typing import Any, BinaryIO, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bpc.portal.foundation.permissions import can
from bpc.portal.ideas.photos import RefusedPhoto
from bpc.portal.ideas.references import normalise
from bpc.portal.projects.models import Project
from bpc.portal.visits.models import VisitReport
from bpc.portal.visits.photos import NotAgreed, TooManyPhotos, add_photo, receive_photo
from bpc.portal.visits.reporting import OtherWords, TooLate, TooMany, Withdrawn, report_visit
from bpc.portal.web.visits.forms import VisitForm
from bpc.portal.web.visits.words import (
    OTHER_ACCOUNT,
    OTHER_WORDS,
    PHOTO_LATE,
    PHOTO_NOT_AGREED,
    PHOTO_REFUSALS,
    PHOTOS_FULL,
    WITHDRAWN,
)

_CONFLICT, _UNACCEPTABLE, _WAIT = 409, 422, 429


def _problem(problem: str, *words: Any, status: int = _CONFLICT, **more: Any) -> JsonResponse:
    return JsonResponse({"problem": problem, "words": [str(one) for one in words], **more}, status=status)


def _is_own(request: HttpRequest) -> bool:
    """The drafts belong to the account that wrote them, whoever is signed in now."""
    return request.POST.get("account") == str(getattr(request.user, "pk", ""))


@never_cache
@require_POST
def send(request: HttpRequest, key: UUID) -> JsonResponse:
    """A report, under the key its device drew. The same one sent again is answered as the first time."""
    asked = request.POST.get("project", "")
    if not _is_own(request):
        return _problem("account", OTHER_ACCOUNT)
    project = Project.objects.filter(reference=normalise(asked) or asked).first()
    known = VisitReport.objects.filter(submission_key=key, author=request.user.pk).exists()
    if project is None or not (known or can(request.user, "visits.write", project)):
        return _problem("withdrawn", WITHDRAWN)  # the same answer for a project that does not exist
    form = VisitForm(request.POST, places=[])
    if not form.is_valid():
        return _problem("unfit", *_faults(form), status=_UNACCEPTABLE)
    return _keep(request, project, key, form)


def _keep(request: HttpRequest, project: Project, key: UUID, form: VisitForm) -> JsonResponse:
    try:
        made = report_visit(project=project, key=key, told=form.told(), actor=request.user, at=timezone.now())
    except OtherWords as other:
        return _problem("other-words", OTHER_WORDS, url=_address(other.visit))
    except (Withdrawn, PermissionDenied):
        return _problem("withdrawn", WITHDRAWN)
    except TooMany:
        return _problem("wait", status=_WAIT)
    clock = timezone.localtime(made.received_at)
    return JsonResponse({"state": "kept", "url": _address(made), "at": clock.strftime("%H:%M")})


def _address(visit: VisitReport) -> str:
    return reverse("web:visit", args=[visit.project.reference, visit.pk])


def _faults(form: VisitForm) -> list[str]:
    """Each fault after the name of its field."""
    return [
        f"{form.fields[name].label} : {fault}" if name in form.fields else str(fault)
        for name, faults in form.errors.items()
        for fault in faults
    ]


@never_cache
@require_POST
def send_photo(request: HttpRequest, key: UUID, photo: UUID) -> JsonResponse:
    """One photo of a report that arrived, under a key of its own."""
    file = request.FILES.get("photo")
    if not _is_own(request):
        return _problem("account", OTHER_ACCOUNT)
    own = VisitReport.objects.select_related("project").filter(author=request.user.pk)
    visit = own.filter(submission_key=key).first()
    if visit is None:
        return _problem("withdrawn", WITHDRAWN)
    if file is None or file.file is None or file.size is None:
        return _problem("unfit", _("Ce formulaire est incomplet."), status=_UNACCEPTABLE)
    try:
        clean = receive_photo(cast(BinaryIO, file.file), file.size)
        add_photo(visit=visit, key=photo, photo=clean, actor=request.user, at=timezone.now())
    except RefusedPhoto as refusal:
        return _problem("unfit", PHOTO_REFUSALS[refusal.reason], status=_UNACCEPTABLE)
    except TooManyPhotos:
        return _problem("full", PHOTOS_FULL)
    except TooLate:
        return _problem("late", PHOTO_LATE)
    except NotAgreed:
        return _problem("not-agreed", PHOTO_NOT_AGREED)
    except (Withdrawn, PermissionDenied):
        return _problem("withdrawn", WITHDRAWN)
    return JsonResponse({"state": "kept"})
