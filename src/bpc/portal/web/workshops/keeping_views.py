"""The pages of who holds sessions: theirs, opening, editing, announcing, holding, cancelling."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.foundation.page_cache import same_moment
from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.foundation.writing import written_date
from bpc.portal.seats.giving import TooFewSeats
from bpc.portal.web.ideas.places import commune_coded
from bpc.portal.web.workshops import words
from bpc.portal.web.workshops.forms import ReasonForm, initial_commune
from bpc.portal.web.workshops.keeping_forms import DayForms, SessionForm, days_of, initial_days, initial_of
from bpc.portal.workshops import queries
from bpc.portal.workshops.models import Workshop
from bpc.portal.workshops.sessions import (
    DayAttended,
    StaleWorkshop,
    announce_workshop,
    cancel_workshop,
    edit_workshop,
    hold_workshop,
    open_workshop,
)
from bpc.portal.workshops.states import HOLD, Spoken, WorkshopState

PER_PAGE, _UNACCEPTABLE = 30, 422


def held_or_404(request: HttpRequest, reference: str) -> Workshop:
    """The session, if the person holds it; 403 for a session of somebody else's."""
    row = get_visible_or_404(request.user, queries.whole_workshops(), reference=reference)
    check(request.user, HOLD, row)
    return row


@never_cache
@require_safe
@same_moment()
def desk(request: HttpRequest) -> HttpResponse:
    """The sessions one holds, and opening one."""
    page = Paginator(queries.workshops_kept(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "cards": words.cards_of(page, timezone.now()),
        "sees_figures": can(request.user, "workshops.figures"),
    }
    return render(request, "workshops/desk.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a session; the address may say the course and the commune where it is asked for."""
    data = request.POST if request.method == "POST" else None
    form = SessionForm(data, person=request.user, initial=_asked(request))
    days = DayForms(data, prefix="days")
    if data is not None and form.is_valid() and days.is_valid():
        made = open_workshop(content=form.content(days_of(days)), actor=request.user, at=timezone.now())
        messages.success(request, _("Le brouillon est gardé. Relisez-le, puis annoncez la séance."))
        return redirect("web:workshop_keep", made.reference)
    return _form_page(request, form, days, None)


@never_cache
@require_safe
def keep(request: HttpRequest, reference: str) -> HttpResponse:
    """All that is done with one session, on one page."""
    row = held_or_404(request, reference)
    now = timezone.now()
    is_last = timezone.localdate(row.ends_at) <= timezone.localdate(now)
    context = {
        **words.frame(row, now),
        "days": [words.day_words(day) for day in row.days.all()],
        "trainers": words.trainer_names(row),
        "may_announce": row.state == WorkshopState.DRAFT and now < row.starts_at and row.trainers.all(),
        "may_hold": row.state == WorkshopState.ANNOUNCED and is_last,
        "has_begun": timezone.localdate(row.starts_at) <= timezone.localdate(now),
    }
    return render(request, "workshops/keep.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what was said of it."""
    row = held_or_404(request, reference)
    if not row.is_running:
        raise Http404("no longer to be edited")
    if request.method != "POST":
        form = SessionForm(initial=initial_of(row), person=request.user, workshop=row)
        return _form_page(request, form, DayForms(initial=initial_days(row), prefix="days"), row)
    form = SessionForm(request.POST, person=request.user, workshop=row)
    days = DayForms(request.POST, prefix="days")
    if not (form.is_valid() & days.is_valid()):
        return _form_page(request, form, days, row)
    try:
        edit_workshop(
            workshop=row, content=form.content(days_of(days)), revision=form.cleaned_data["revision"] or 0,
            actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except (StaleWorkshop, TooFewSeats, DayAttended) as fault:
        _say(form, fault)
        return _form_page(request, form, days, row)
    except IllegalMove:
        raise Http404("no longer to be edited") from None
    messages.success(request, _("La séance est enregistrée."))
    return redirect("web:workshop_keep", reference)


@never_cache
@require_POST
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Announce it, or say that it was held."""
    row = held_or_404(request, reference)
    acts = {"announce": (announce_workshop, _announced_words), "hold": (hold_workshop, _held_words)}
    if request.POST.get("act") not in acts:
        raise Http404("no such act")
    act, told = acts[request.POST["act"]]
    try:
        messages.success(request, told(act(workshop=row, actor=request.user, at=timezone.now())))
    except IllegalMove:
        messages.error(request, _("Impossible maintenant : la séance a changé, ou son jour ne convient pas."))
    return redirect("web:workshop_keep", reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Cancel with a reason; the registered are told."""
    row = held_or_404(request, reference)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            cancel_workshop(
                workshop=row, reason=form.cleaned_data["reason"], language=get_language() or "fr",
                actor=request.user, at=timezone.now(),
            )  # fmt: skip
        except IllegalMove:
            raise Http404("no longer to be cancelled") from None
        messages.success(request, _("La séance est annulée, les personnes inscrites sont prévenues."))
        return redirect("web:workshop_keep", reference)
    context = {
        **words.frame(row, timezone.now()),
        "form": form,
        "people": row.seat_count + row.waiting_count,
    }
    return render(request, "workshops/cancel.html", context, status=_UNACCEPTABLE if form.is_bound else 200)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Where and what, from « Ouvrir une séance ici »; oneself among who teaches."""
    spoken = [code for code in request.GET.getlist("langue") if code in Spoken.values]
    people = request.GET.get("personnes", "")
    return {
        "course": request.GET.get("cours", ""),
        **initial_commune(commune_coded(request.GET.get("commune", ""))),
        "spoken": spoken,
        "capacity": people if people.isascii() and people.isdigit() and len(people) < 4 else "",
        "trainers": [str(request.user.pk)],
    }


def _announced_words(told: int) -> str:
    if not told:
        return _("La séance est annoncée : elle est dans le calendrier, et l’on peut s’y inscrire.")
    return ngettext(
        "La séance est annoncée. %(count)d personne qui la demandait dans la province est prévenue.",
        "La séance est annoncée. %(count)d personnes qui la demandaient dans la province sont prévenues.",
        told,
    ) % {"count": told}


def _held_words(followed: int) -> str:
    return ngettext(
        "La séance est tenue. %(count)d personne l’a suivie.",
        "La séance est tenue. %(count)d personnes l’ont suivie.",
        followed,
    ) % {"count": followed}


def _say(form: SessionForm, fault: StaleWorkshop | TooFewSeats | DayAttended) -> None:
    if isinstance(fault, StaleWorkshop):
        form.add_error(
            None,
            _(
                "Cette séance a été modifiée dans une autre fenêtre. Rouvrez la page pour voir ce qui a changé."
            ),
        )
    elif isinstance(fault, TooFewSeats):
        message = _("%(seats)d personnes ont déjà une place : gardez-en au moins autant.")
        form.add_error("capacity", message % {"seats": fault.seats})
    else:
        message = _("Des personnes sont notées présentes le %(day)s : ce jour ne peut plus être retiré.")
        form.add_error(None, message % {"day": written_date(fault.day)})


def _form_page(request: HttpRequest, form: SessionForm, days: Any, row: Workshop | None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "days": days, "workshop": row}
    if row is not None:
        context |= words.frame(row, timezone.now())
    return render(request, "workshops/edit.html", context, status=_UNACCEPTABLE if form.is_bound else 200)
