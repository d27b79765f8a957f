"""The president's panel once the jury has marked, and a further reading asked from it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bpc.portal.contests.marking import NotInPhase
from bpc.portal.contests.models import Edition, Entry, Juror
from bpc.portal.contests.panel import SHOWN_PHASES, JurorFigure, MayNotRead, ask_extra_reading, panel_of
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.ranking import NoMarks
from bpc.portal.contests.states import Phase
from bpc.portal.foundation.permissions import check, get_visible_or_404

JURORS_SHOWN = 50
_REACH = 1.5  # points on each side of the drawing; beyond, the bar stops at its edge
_WIDTH, _MIDDLE = 160, 80


@require_safe
@never_cache
def panel(request: HttpRequest, slug: str) -> HttpResponse:
    """Severity, disagreements, where to read again. Nothing before the marking is over."""
    edition = _presided(request, slug)
    phase = phase_of(edition, timezone.now())
    context: dict[str, Any] = {
        "edition": edition, "phase": phase, "may_ask": phase == Phase.DISCUSSION, "is_shown": phase in SHOWN_PHASES
    }  # fmt: skip
    if context["is_shown"]:
        try:
            found = panel_of(edition, at=timezone.now())
        except NoMarks:
            pass
        else:
            page = Paginator(found.jurors, JURORS_SHOWN).get_page(request.GET.get("page"))
            context |= {"found": found, "page": page, "jurors": [(one, _drawn(one)) for one in page]}
    return render(request, "contests/marking_panel.html", context)


@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the further reading named by `entry` and `juror`."""
    edition = _presided(request, slug)
    entry = _named(Entry, request.POST.get("entry", ""), edition)
    juror = _named(Juror, request.POST.get("juror", ""), edition)
    try:
        ask_extra_reading(entry=entry, juror=juror, actor=request.user, at=timezone.now())
    except NotInPhase:
        messages.error(request, _("Une lecture de plus ne se demande que pendant la discussion du jury."))
    except MayNotRead:
        messages.error(request, _("Ce juré ne peut pas lire cette candidature."))
    else:
        messages.success(request, _("La lecture est demandée ; le juré est prévenu."))
    return redirect("web:marking_panel", slug)


def _presided(request: HttpRequest, slug: str) -> Edition:
    edition = get_visible_or_404(request.user, Edition, slug=slug)
    check(request.user, "contests.preside", edition)
    return edition


def _named(model: Any, key: str, edition: Edition) -> Any:
    if not (key.isdecimal() and key.isascii() and len(key) < 19):
        raise Http404(key)
    row = model.objects.filter(pk=int(key), edition=edition).first()
    if row is None:
        raise Http404(key)
    return row


def _drawn(figure: JurorFigure) -> dict[str, float]:
    """Where the bar of an interval begins, how long it is, and where its middle is, in the drawing."""

    def at(points: float) -> float:
        return round(_MIDDLE + max(-_REACH, min(_REACH, points)) / _REACH * (_MIDDLE - 4), 1)

    return {
        "low": at(figure.low),
        "long": round(at(figure.high) - at(figure.low), 1),
        "at": at(figure.severity),
    }
