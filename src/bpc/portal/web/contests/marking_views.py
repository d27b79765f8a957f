"""A juror's list and the marking of one entry. Every form works without JavaScript; drafts also come by themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.portal.contests.juror_list import Stage, juror_list
from bpc.portal.contests.marking import (
    Incomplete,
    NotInPhase,
    Stale,
    finish_reading,
    reopen_reading,
    save_draft,
)
from bpc.portal.contests.models import Reading
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import Phase, ReadingState
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.web.contests.marking_context import (
    criteria_of,
    own_reading_or_404,
    reading_context,
    seat_or_404,
)
from bpc.portal.web.contests.marking_forms import MarkingForm, sentence

_REFUSED = 422


@never_cache
def readings(request: HttpRequest, slug: str) -> HttpResponse:
    """What the juror was asked to read: `etape` keeps one stage."""
    juror, at = seat_or_404(request, slug), timezone.now()
    asked = request.GET.get("etape", "")
    stage = Stage(asked) if asked in set(Stage) else None
    found = juror_list(juror, juror.edition, at=at, stage=stage, page=request.GET.get("page", 1))
    context = {
        "juror": juror, "edition": juror.edition, "found": found, "stage": stage,
        "phase": phase_of(juror.edition, at), "is_marking": phase_of(juror.edition, at) == Phase.MARKING,
        "tabs": _tabs(request, found.counts, stage),
    }  # fmt: skip
    return render(request, "contests/marking_list.html", context)


def _tabs(request: HttpRequest, counts: dict[Stage, int], shown: Stage | None) -> list[dict[str, Any]]:
    labels = {Stage.LEFT: _("À lire"), Stage.DRAFT: _("Brouillons"), Stage.DONE: _("Notées")}
    whole = {
        "label": _("Toutes"),
        "url": request.path,
        "current": shown is None,
        "count": sum(counts.values()),
    }
    return [
        whole,
        *(
            {"label": label, "url": f"?etape={stage}", "current": shown == stage, "count": counts[stage]}
            for stage, label in labels.items()
        ),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """The entry and its marks. POST keeps a draft, or finishes with `act` = finish."""
    row = own_reading_or_404(request, pk)
    if request.method != "POST":
        return _page(request, row)
    form = MarkingForm(criteria_of(row.juror.edition), row, request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=_REFUSED)
    try:
        kept = _keep(request, row, form)
    except Stale as stale:
        form.started_from(stale.kept)
        form.add_error(
            None,
            _("Cette lecture a été enregistrée entre-temps sur un autre appareil. Vérifiez ce que "
              "vous lisez ici : si vous enregistrez encore, c’est cela qui sera gardé."),
        )  # fmt: skip
        return _page(request, row, form, status=409)
    except Incomplete as missing:
        form.tell(missing)
        return _page(request, row, form, status=_REFUSED)
    except (NotInPhase, IllegalMove):
        messages.error(request, _("La notation est close : vos notes ne peuvent plus changer ici."))
        return redirect("web:marking_reading", pk)
    if kept.state == ReadingState.DONE:
        messages.success(request, _("Vos notes sont remises. Merci."))
        return redirect("web:marking_list", row.juror.edition.slug)
    messages.success(request, _("Votre brouillon est enregistré."))
    return redirect("web:marking_reading", pk)


def _keep(request: HttpRequest, row: Reading, form: MarkingForm) -> Reading:
    verb = finish_reading if request.POST.get("act") == "finish" else save_draft
    return verb(reading=row, draft=form.draft(), actor=request.user, at=timezone.now())


def _page(
    request: HttpRequest, row: Reading, form: MarkingForm | None = None, *, status: int = 200
) -> HttpResponse:
    criteria, context = criteria_of(row.juror.edition), reading_context(row, at=timezone.now())
    if context["writes"] or form is not None:
        context["form"] = form or MarkingForm(criteria, row)
    else:
        given = {mark.criterion_id: mark for mark in row.marks.all()}
        context["given"] = [
            (one, given.get(one.pk), sentence(one, mark.value) if (mark := given.get(one.pk)) and mark.value else "")
            for one in criteria
        ]  # fmt: skip
    return render(request, "contests/marking_reading.html", context, status=status)


@require_POST
@never_cache
def draft(request: HttpRequest, pk: int) -> JsonResponse:
    """A draft or a finished reading sent by a device when its network is back; the answer is for its script."""
    row = own_reading_or_404(request, pk)
    form = MarkingForm(criteria_of(row.juror.edition), row, request.POST)
    if not form.is_valid():
        return JsonResponse({"problem": "invalid", "fields": list(form.errors)}, status=_REFUSED)
    try:
        kept = _keep(request, row, form)
    except Stale as stale:
        return JsonResponse({"problem": "stale", "revision": stale.kept}, status=409)
    except Incomplete as missing:
        return JsonResponse(
            {"problem": "incomplete", "fields": [*missing.unmarked, *missing.silent]}, status=_REFUSED
        )
    except NotInPhase:
        return JsonResponse({"problem": "closed"}, status=409)
    except IllegalMove:
        return JsonResponse({"problem": "done"}, status=409)
    clock = timezone.localtime(kept.saved_at).strftime("%H:%M")
    return JsonResponse({"state": kept.state, "revision": kept.revision, "at": clock})


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a finished reading back while marking runs."""
    row = own_reading_or_404(request, pk)
    try:
        reopen_reading(reading=row, actor=request.user, at=timezone.now())
    except (NotInPhase, IllegalMove):
        messages.error(request, _("La notation est close : vos notes ne peuvent plus changer ici."))
    else:
        messages.success(request, _("Vous pouvez changer vos notes. Remettez-les avant la date limite."))
    return redirect("web:marking_reading", pk)
