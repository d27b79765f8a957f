"""The discussion of an entry once each juror has marked it alone, and one's marks amended with a reason."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.contests.blind import entry_as_read
from bpc.portal.contests.discussion import Amendment, NothingChanged, TooMany, amend_marks, amendments, say
from bpc.portal.contests.marking import Incomplete, NotInPhase
from bpc.portal.contests.models import Criterion, DiscussionMessage, Entry, Reading
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import Phase, ReadingState
from bpc.portal.foundation.permissions import visible
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas.languages import language_of
from bpc.portal.web.contests.marking_context import (
    criteria_of,
    discussed_or_404,
    own_reading_or_404,
    reading_context,
)
from bpc.portal.web.contests.marking_forms import MarkingForm, MessageForm
from bpc.portal.web.templatetags.components import localname

_REFUSED = 422
MESSAGES_SHOWN = 200  # a jury of three or four: beyond, the oldest are folded away


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def discussion(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """The marks of each juror side by side, what they say to each other, what was amended. POST says something."""
    entry = discussed_or_404(request, slug, reference)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        text = form.cleaned_data["text"].strip()
        try:
            say(
                entry=entry, text=text, language=language_of(text), key=form.cleaned_data["key"],
                actor=request.user, at=timezone.now(),
            )  # fmt: skip
        except NotInPhase:
            messages.error(request, _("La discussion est close."))
            return redirect("web:marking_discussion", slug, reference)
        except TooMany:
            form.add_error(
                None, _("Vous avez écrit beaucoup de messages. Attendez dix minutes, puis renvoyez.")
            )
        else:
            return redirect(f"{reverse('web:marking_discussion', args=[slug, reference])}#messages")
    context = _context(request, entry, form)
    return render(
        request, "contests/marking_discussion.html", context, status=_REFUSED if form.is_bound else 200
    )


def _context(request: HttpRequest, entry: Entry, form: MessageForm) -> dict[str, object]:
    at = timezone.now()
    done = visible(request.user, Reading).filter(entry=entry, state=ReadingState.DONE)
    readings = list(done.select_related("juror").prefetch_related("marks"))
    criteria = criteria_of(entry.edition)
    told = visible(request.user, DiscussionMessage).filter(entry=entry).select_related("juror")
    own = next((one for one in readings if one.juror.user_id == request.user.pk), None)
    return {
        "edition": entry.edition,
        "entry": entry_as_read(entry, at=at),
        "readings": readings,
        "table": [(one, [(reading, _given(reading, one.pk)) for reading in readings]) for one in criteria],
        "told": list(told.order_by("-at", "-pk")[:MESSAGES_SHOWN])[::-1],
        "amended": [_named(one, criteria) for one in amendments(entry)],
        "own": own,
        "is_open": phase_of(entry.edition, at) == Phase.DISCUSSION,
        "form": form,
    }


def _named(amended: Amendment, criteria: list[Criterion]) -> Amendment:
    """The same with the names of the criteria instead of their codes."""
    names = {one.code: str(localname(one)) for one in criteria}
    return replace(
        amended,
        changes=tuple((names.get(code, code), before, after) for code, before, after in amended.changes),
    )


def _given(reading: Reading, criterion: int) -> object:
    return next((mark for mark in reading.marks.all() if mark.criterion_id == criterion), None)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """One's finished marks, changed during the discussion with a reason."""
    row = own_reading_or_404(request, pk)
    context = reading_context(row, at=timezone.now())
    if not context["amends"]:
        messages.error(
            request, _("Vos notes ne peuvent changer que pendant la discussion, après les avoir remises.")
        )
        return redirect("web:marking_reading", pk)
    data = request.POST if request.method == "POST" else None
    form = MarkingForm(criteria_of(row.juror.edition), row, data, amends=True)
    if form.is_valid() and _amended(request, row, form):
        messages.success(
            request, _("Vos notes sont changées ; ce qu’elles étaient et votre raison restent écrits.")
        )
        return redirect("web:marking_discussion", row.juror.edition.slug, row.entry.reference)
    status = _REFUSED if form.is_bound else 200
    return render(request, "contests/marking_amend.html", {**context, "form": form}, status=status)


def _amended(request: HttpRequest, row: Reading, form: MarkingForm) -> bool:
    try:
        amend_marks(
            reading=row, marks=form.given(), reason=form.cleaned_data["reason"], language=form.language(),
            actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except Incomplete as missing:
        form.tell(missing)
    except NothingChanged:
        form.add_error(None, _("Aucune note n’a changé."))
    except (NotInPhase, IllegalMove):
        form.add_error(None, _("La discussion est close."))
    else:
        return True
    return False
