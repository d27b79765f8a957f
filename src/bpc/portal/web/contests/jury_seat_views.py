"""A juror's own pages: the invitation and its answer, their seats, the conflicts they declare."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.contests import declaring, jury_actions
from bpc.portal.contests.jury_invitations import invitation_named
from bpc.portal.contests.models import Juror
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import JurorState
from bpc.portal.contests.visibility.juries import invitations_for, is_invited
from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.ideas.languages import language_of
from bpc.portal.people.second_factor import strong_authenticators
from bpc.portal.web.contests.jury_forms import AcceptForm, ConflictForm

PER_PAGE = 100
_UNACCEPTABLE, _GONE = 422, 410


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def jury_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page a signed link opens: what is asked; decline at once, accept with an account."""
    juror = invitation_named(token)
    if juror is None:
        return render(request, "contests/jury_invitation_gone.html", status=_GONE)
    return _answer(request, juror, by_link=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_jury_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """The same, for somebody signed in whose address or number was invited."""
    rows = Juror.objects.select_related("edition__region", "invited_by")
    juror = get_visible_or_404(request.user, rows, pk=pk)
    if not is_invited(request.user, juror):
        return redirect("web:my_juries")
    return _answer(request, juror, by_link=False)


def _answer(request: HttpRequest, juror: Juror, *, by_link: bool) -> HttpResponse:
    person = request.user
    accepting = request.method == "POST" and request.POST.get("act") != "decline"
    present = person.commune if person.is_authenticated else None
    form = AcceptForm(request.POST if accepting else None, present=present)
    if request.method == "POST":
        common: dict[str, Any] = {"juror": juror, "actor": person, "at": timezone.now(), "by_link": by_link}
        if not accepting:
            return _declined(request, common)
        if not person.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if form.is_valid() and _accepted(request, form, common):
            return redirect("web:my_juries")
    context = {
        "juror": juror,
        "edition": juror.edition,
        "form": form,
        "can_sit": phase_of(juror.edition, timezone.now()) in jury_actions.INVITING,
        "needs_factor": person.is_authenticated and not strong_authenticators(person),
    }
    status = _UNACCEPTABLE if form.is_bound else 200
    return render(request, "contests/jury_invitation.html", context, status=status)


def _declined(request: HttpRequest, common: dict[str, Any]) -> HttpResponse:
    try:
        jury_actions.answer_invitation(acceptance=None, **common)
    except jury_actions.InvitationGone:
        return render(request, "contests/jury_invitation_gone.html", status=_GONE)
    return render(request, "contests/jury_declined.html", {"edition": common["juror"].edition})


def _accepted(request: HttpRequest, form: AcceptForm, common: dict[str, Any]) -> bool:
    try:
        jury_actions.answer_invitation(acceptance=form.acceptance(), **common)
    except jury_actions.InvitationGone:
        form.add_error(None, _("Cette invitation n’est plus valable."))
    except jury_actions.AlreadySits:
        form.add_error(None, _("Vous siégez déjà dans ce jury."))
    except jury_actions.IsCandidate:
        form.add_error(
            None,
            _(
                "Vous êtes dans l’équipe d’une candidature de cet idéathon : on ne peut pas juger et concourir."
            ),
        )
    except jury_actions.NotNow:
        form.add_error(None, _("Ce jury ne prend plus de membres."))
    else:
        messages.success(request, _("Vous siégez au jury. Merci."))
        return True
    return False


@never_cache
@require_http_methods(["GET", "HEAD"])
def my_juries(request: HttpRequest) -> HttpResponse:
    """The person's invitations and seats."""
    invitations = invitations_for(request.user).select_related("edition__region")
    seats = declaring.seats_with_counts(request.user)
    context = {
        "invitations": invitations.order_by("-invited_at")[:PER_PAGE],
        "page_obj": Paginator(seats, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "contests/my_juries.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_jury_conflicts(request: HttpRequest, slug: str) -> HttpResponse:
    """Organisations and entries of the edition, to say which one stands too near."""
    rows = Juror.objects.select_related("edition__region", "invited_by")
    juror = get_visible_or_404(
        request.user, rows, edition__slug=slug, user=request.user, state=JurorState.ACCEPTED
    )
    form = ConflictForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        chosen = declaring.chosen_entries(
            juror, entries=request.POST.getlist("entry"), organisations=request.POST.getlist("organisation")
        )
        if chosen:
            return _declared(request, juror, chosen, form.cleaned_data["note"])
        form.add_error(None, _("Cochez au moins une organisation ou une candidature."))
    words = request.GET.get("q", "")[:80].strip()
    page_obj = Paginator(declaring.entries_to_declare(juror, words), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "juror": juror,
        "edition": juror.edition,
        "form": form,
        "words": words,
        "page_obj": page_obj,
        "shown": declaring.as_shown(juror.edition, list(page_obj), timezone.now()),
        "organisations": declaring.organisations_to_declare(juror)[:PER_PAGE],
        "own": declaring.own_conflicts(juror, timezone.now())[:PER_PAGE],
        "can_declare": phase_of(juror.edition, timezone.now()) in jury_actions.SITTING,
    }
    return render(
        request, "contests/my_jury_conflicts.html", context, status=_UNACCEPTABLE if form.errors else 200
    )


def _declared(request: HttpRequest, juror: Juror, chosen: list[Any], note: str) -> HttpResponse:
    try:
        for entry in chosen:
            jury_actions.declare_conflict(
                juror=juror, entry=entry, note=note, language=language_of(note), actor=request.user,
                at=timezone.now(),
            )  # fmt: skip
    except jury_actions.NotNow:
        messages.error(request, _("La notation est finie : on ne déclare plus de conflit."))
    else:
        words = ngettext(
            "C’est noté : vous ne lirez pas cette candidature.",
            "C’est noté : vous ne lirez pas ces %(count)d candidatures.",
            len(chosen),
        )
        messages.success(request, words % {"count": len(chosen)})
    return redirect("web:my_jury_conflicts", juror.edition.slug)
