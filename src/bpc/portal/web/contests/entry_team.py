"""The people of an entry: naming them, asking again, declaring an agreement told in person; and their own answer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.contests import team
from bpc.portal.contests.entry_actions import NotNow, check_amendable, may_amend
from bpc.portal.contests.entry_queries import members_of
from bpc.portal.contests.models import Entry, EntryMember
from bpc.portal.contests.states import TeamConsent
from bpc.portal.contests.visibility.entries import is_named
from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.web.contests.entry_forms import MemberForm, WitnessForm, member_values
from bpc.portal.web.contests.entry_start import closed_page
from bpc.portal.web.contests.entry_views import own_entry_or_404

_UNACCEPTABLE, _GONE = 422, 410


@never_cache
@require_safe
def entry_team(request: HttpRequest, reference: str) -> HttpResponse:
    """The team: who agreed, how, who has not answered yet."""
    row = own_entry_or_404(request, reference)
    amendable = may_amend(row, timezone.now()) and can(request.user, "contests.enter", row)
    context = {"entry": row, "edition": row.edition, "members": members_of(row), "amendable": amendable}
    return render(request, "contests/entry_team.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def member_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Name somebody; the second button comes back for the next."""
    row = own_entry_or_404(request, reference)
    if (refusal := _refusal(request, row)) is not None:
        return refusal
    form = MemberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            member = team.name_member(entry=row, person=form.person(), actor=request.user, at=timezone.now())
        except (team.TooManyMembers, team.NamedBefore, team.TooManyLinks) as fault:
            _tell(form, fault)
        else:
            messages.success(request, _told_named(member))
            again = request.POST.get("act") == "again"
            return redirect("web:entry_member_new" if again else "web:entry_team", row.reference)
    return _member_page(request, row, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def member_edit(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Correct what is said of somebody who has not answered, or of oneself."""
    row, member = _member(request, reference, pk)
    if (refusal := _refusal(request, row)) is not None:
        return refusal
    of_account = member.user_id is not None
    form = MemberForm(
        request.POST if request.method == "POST" else None,
        initial=member_values(member),
        of_account=of_account,
    )
    if request.method == "POST" and form.is_valid():
        try:
            team.edit_member(member=member, person=form.person(), actor=request.user, at=timezone.now())
        except team.Answered:
            messages.info(
                request, _("Cette personne a répondu : elle seule peut changer ce qui est écrit d’elle.")
            )
        except (team.NamedBefore, team.TooManyLinks) as fault:
            _tell(form, fault)
            return _member_page(request, row, form, member)
        else:
            messages.success(request, _("C’est enregistré."))
        return redirect("web:entry_team", row.reference)
    return _member_page(request, row, form, member)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def member_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Ask once, then erase the name and the contact."""
    row, member = _member(request, reference, pk)
    if (refusal := _refusal(request, row)) is not None:
        return refusal
    if member.is_lead:
        raise PermissionDenied("the lead stays")
    if request.method != "POST":
        return render(request, "contests/entry_member_remove.html", {"entry": row, "member": member})
    team.remove_member(member=member, actor=request.user, at=timezone.now())
    messages.success(request, _("Son nom et son contact sont effacés."))
    return redirect("web:entry_team", row.reference)


@require_POST
def member_ask(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Send the link once more."""
    row, member = _member(request, reference, pk)
    if (refusal := _refusal(request, row)) is not None:
        return refusal
    try:
        team.ask_again(member=member, actor=request.user, at=timezone.now())
    except team.Answered:
        messages.info(request, _("Cette personne a déjà répondu."))
    except team.TooManyLinks:
        messages.info(request, _("Un lien lui est déjà parti il y a peu. Attendez demain, ou appelez-la."))
    else:
        messages.success(request, _("Le lien est reparti."))
    return redirect("web:entry_team", row.reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def member_told(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Declare that somebody without a telephone agreed in person."""
    row, member = _member(request, reference, pk)
    if (refusal := _refusal(request, row)) is not None:
        return refusal
    form = WitnessForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            witness = form.cleaned_data["witness"]
            team.declare_consent(member=member, witness=witness, actor=request.user, at=timezone.now())
        except team.Answered:
            messages.info(request, _("Cette personne a déjà répondu."))
        else:
            messages.success(request, _("L’accord est noté, déclaré par vous."))
        return redirect("web:entry_team", row.reference)
    context = {"entry": row, "member": member, "form": form}
    status = _UNACCEPTABLE if form.is_bound else 200
    return render(request, "contests/entry_member_told.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry_consent(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the signed link: what one is named in, by whom; yes or no, changed whenever one wants."""
    member = team.member_of_token(token)
    if member is None:
        return render(request, "contests/entry_consent_gone.html", status=_GONE)
    return _answer(request, member, actor=None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry_consent_own(request: HttpRequest, reference: str) -> HttpResponse:
    """The same for somebody with an account, named by it, by their address or their number."""
    rows = EntryMember.objects.filter(entry__reference=reference).select_related(
        "entry__edition", "entry__commune"
    )
    member = next((one for one in rows if is_named(request.user, one)), None)
    if member is None:
        return render(request, "contests/entry_consent_gone.html", status=_GONE)
    return _answer(request, member, actor=request.user)


def _answer(request: HttpRequest, member: EntryMember, actor: Any) -> HttpResponse:
    entry = member.entry
    lead = entry.members.filter(is_lead=True).first()
    context: dict[str, Any] = {
        "member": member, "entry": entry, "edition": entry.edition, "lead": lead.name if lead is not None else "",
        "is_given": member.consent == TeamConsent.GIVEN,
    }  # fmt: skip
    if request.method == "POST" and request.POST.get("act") in {"yes", "no"}:
        agrees = request.POST["act"] == "yes"
        try:
            kept = team.answer_consent(member=member, agrees=agrees, actor=actor, at=timezone.now())
        except EntryMember.DoesNotExist:
            return render(request, "contests/entry_consent_gone.html", status=_GONE)
        context |= {"answered": True, "agrees": kept is not None, "with_account": actor is not None}
    return render(request, "contests/entry_consent.html", context)


def _member(request: HttpRequest, reference: str, pk: int) -> tuple[Entry, EntryMember]:
    row = own_entry_or_404(request, reference)
    known = EntryMember.objects.select_related("entry__edition")
    return row, get_visible_or_404(request.user, known, pk=pk, entry=row)


def _refusal(request: HttpRequest, row: Entry) -> HttpResponse | None:
    """The page that says why the team may not change now; None when it may."""
    try:
        check_amendable(row, request.user, timezone.now())
    except NotNow as late:
        return closed_page(request, row.edition, late.phase)
    except IllegalMove:
        return redirect("web:entry_team", row.reference)
    return None


def _member_page(
    request: HttpRequest, row: Entry, form: MemberForm, member: EntryMember | None = None
) -> HttpResponse:
    context = {"entry": row, "form": form, "member": member}
    status = _UNACCEPTABLE if form.is_bound else 200
    return render(request, "contests/entry_member.html", context, status=status)


def _tell(form: MemberForm, fault: Exception) -> None:
    if isinstance(fault, team.TooManyMembers):
        form.add_error(None, _("Une équipe compte trente personnes au plus."))
    elif isinstance(fault, team.NamedBefore):
        form.add_error("contact", _("Quelqu’un de l’équipe a déjà ce contact."))
    else:
        form.add_error("contact", _("Vous avez envoyé beaucoup de liens aujourd’hui. Revenez demain."))


def _told_named(member: EntryMember) -> str:
    if member.email or member.phone:
        return _("Cette personne est nommée. Un lien lui est parti pour dire si elle est d’accord.")
    return _("Cette personne est nommée. Dites devant qui elle a donné son accord, ou ajoutez son contact.")
