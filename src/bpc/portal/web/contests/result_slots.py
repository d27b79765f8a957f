"""Appointments: advisors keep moments, a team takes one or gives it back; the support offered to a laureate."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.contests.models import AdvisorSlot, Edition, Entry, ReinforcedSupport
from bpc.portal.contests.slot_calendar import CONTENT_TYPE, slot_file
from bpc.portal.contests.slots import (
    BadSlot,
    HasSlot,
    SlotGone,
    SlotOverlaps,
    give_back_slot,
    offer_slot,
    slots_of,
    take_slot,
    withdraw_slot,
)
from bpc.portal.contests.states import EditionState, SupportState
from bpc.portal.contests.support import NoAdvisor
from bpc.portal.foundation.permissions import can, get_visible_or_404, visible
from bpc.portal.ideas.languages import language_of
from bpc.portal.ideas.references import normalise
from bpc.portal.journeys.open_paths import accept_support
from bpc.portal.people.roles import Role
from bpc.portal.projects.sharing import NotAnAdvisor
from bpc.portal.web.contests.result_forms import SlotForm

_REFUSED = 422
MOST_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def advisor_slots(request: HttpRequest) -> HttpResponse:
    """The moments one keeps, the laureates one was proposed to; POST keeps one more."""
    form = SlotForm(request.POST if request.method == "POST" else None, editions=_editions(request))
    if form.is_valid() and _offered(request, form):
        messages.success(request, _("Ce rendez-vous est proposé aux équipes."))
        return redirect("web:advisor_slots")
    now = timezone.now()
    support = ReinforcedSupport.objects.filter(advisor=request.user.pk).select_related(
        "entry__edition", "entry__project"
    )
    context = {
        "form": form,
        "slots": list(slots_of(request.user).filter(starts_at__gte=now)[:MOST_SHOWN]),
        "past": list(slots_of(request.user).filter(starts_at__lt=now).order_by("-starts_at")[:20]),
        "support": list(support.order_by("-offered_at", "-pk")[:50]),
    }
    return render(request, "contests/result_slots.html", context, status=_REFUSED if form.is_bound else 200)


def _editions(request: HttpRequest) -> object:
    """The announced editions of one's regions and of the nation, the last first."""
    regions = request.user.regions_as(Role.ADVISOR)  # type: ignore[union-attr]  # the right was checked
    rows = visible(request.user, Edition).filter(state__in=(EditionState.PUBLISHED, EditionState.CLOSED))
    return rows.filter(Q(region__in=regions) | Q(region=None)).order_by("-entries_from", "-pk")


def _offered(request: HttpRequest, form: SlotForm) -> bool:
    data = form.cleaned_data
    starts_at: datetime = data["starts_at"]
    try:
        offer_slot(
            edition=data["edition"], starts_at=starts_at, minutes=data["minutes"], place=data["place"],
            language=language_of(data["place"]), actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except SlotOverlaps:
        form.add_error("hour", _("Vous avez déjà un autre rendez-vous à ce moment."))
    except BadSlot:
        form.add_error(None, _("Ce rendez-vous ne peut pas être proposé."))
    else:
        return True
    return False


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def slot_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then take one's moment back; the team that took it is told."""
    rows = AdvisorSlot.objects.select_related("edition", "entry")
    slot = get_visible_or_404(request.user, rows, pk=pk, advisor=request.user)
    if request.method != "POST":
        return render(request, "contests/result_slot_withdraw.html", {"slot": slot})
    withdraw_slot(slot=slot, actor=request.user, at=timezone.now())
    messages.success(request, _("Ce rendez-vous n’est plus proposé."))
    return redirect("web:advisor_slots")


def _entry(request: HttpRequest, reference: str) -> Entry:
    """An entry of one's own team."""
    rows = Entry.objects.select_related("edition", "idea", "project", "commune")
    entry = get_visible_or_404(request.user, rows, reference=normalise(reference) or reference)
    if not can(request.user, "contests.enter", entry):
        raise Http404("not one's own entry")
    return entry


@require_POST
@never_cache
def slot_take(request: HttpRequest, reference: str) -> HttpResponse:
    """The team takes the moment it chose."""
    entry = _entry(request, reference)
    key = request.POST.get("slot", "")
    known = key.isascii() and key.isdigit() and len(key) < 16
    slot = AdvisorSlot.objects.filter(pk=int(key)).first() if known else None
    try:
        if slot is None:
            raise SlotGone(key)
        take_slot(slot=slot, entry=entry, actor=request.user, at=timezone.now())
    except SlotGone:
        messages.error(request, _("Ce rendez-vous vient d’être pris ou retiré. Choisissez-en un autre."))
    except HasSlot:
        messages.error(request, _("Vous avez déjà un rendez-vous : rendez-le avant d’en choisir un autre."))
    else:
        messages.success(request, _("Votre rendez-vous est pris. Le conseiller est prévenu."))
    return redirect("web:entry", entry.reference)


@require_POST
@never_cache
def slot_give_back(request: HttpRequest, reference: str) -> HttpResponse:
    """The team gives its moment back."""
    entry = _entry(request, reference)
    give_back_slot(entry=entry, actor=request.user, at=timezone.now())
    messages.success(request, _("Votre rendez-vous est rendu : une autre équipe peut le prendre."))
    return redirect("web:entry", entry.reference)


@require_safe
@never_cache
def slot_calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """The team's appointment for an agenda."""
    entry = _entry(request, reference)
    slot = AdvisorSlot.objects.filter(entry=entry).select_related("edition").first()
    if slot is None:
        raise Http404("no appointment")
    headers = {"Content-Disposition": f'attachment; filename="rendez-vous-{entry.reference.lower()}.ics"'}
    return HttpResponse(slot_file([slot]), content_type=CONTENT_TYPE, headers=headers)


@require_safe
@never_cache
def advisor_calendar(request: HttpRequest) -> HttpResponse:
    """The moments that teams took with oneself, for an agenda."""
    taken = slots_of(request.user).filter(entry__isnull=False, starts_at__gte=timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="rendez-vous.ics"'}
    return HttpResponse(slot_file(taken[:MOST_SHOWN]), content_type=CONTENT_TYPE, headers=headers)


@require_POST
@never_cache
def support_answer(request: HttpRequest, reference: str) -> HttpResponse:
    """The team accepts its reinforced support, or declines it."""
    entry = _entry(request, reference)
    support = get_visible_or_404(request.user, ReinforcedSupport, entry=entry)
    accept = request.POST.get("answer") == SupportState.ACCEPTED
    try:
        accept_support(support=support, accept=accept, actor=request.user, at=timezone.now())
    except (NoAdvisor, NotAnAdvisor):
        messages.error(
            request, _("Aucun conseiller n’est disponible pour le moment. La délégation est prévenue.")
        )
    except PermissionDenied:
        messages.error(request, _("C’est à un responsable du projet d’accepter : demandez-le-lui."))
    else:
        words = (
            _("Votre conseiller peut maintenant lire votre projet et vous écrire.")
            if accept
            else _("Nous avons noté que vous ne souhaitez pas d’accompagnement.")
        )
        messages.success(request, words)
    return redirect("web:entry", entry.reference)
