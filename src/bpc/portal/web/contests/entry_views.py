"""The team's space: its entries, one entry and what it lacks, handing it in, taking it back, leaving."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.contests import entry_actions
from bpc.portal.contests.completeness import has_vote, missing_from
from bpc.portal.contests.eligibility import edition_rules, finding_of
from bpc.portal.contests.entry_actions import (
    AppealedBefore,
    Incomplete,
    NotNow,
    RulesChanged,
    may_amend,
    may_appeal,
    rules_in_force,
)
from bpc.portal.contests.entry_queries import entries_of, last_reason, members_of, whole_entries
from bpc.portal.contests.models import Entry
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import ENTRY_MOVES, EntryState, Phase
from bpc.portal.contests.team import awaiting_answer
from bpc.portal.contests.visibility.entries import in_team
from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas.references import normalise
from bpc.portal.web.contests.entry_forms import AppealForm
from bpc.portal.web.contests.entry_shown import shown_answers, steps_of
from bpc.portal.web.contests.entry_start import closed_page
from bpc.portal.web.contests.entry_words import next_step, timeline_of
from bpc.portal.web.contests.result_feedback import feedback_context

_UNACCEPTABLE = 422
PER_PAGE = 20
_WITHDRAWN_UNTIL = (Phase.ENTRIES, Phase.CHECKING, Phase.MARKING)


@never_cache
@require_safe
def my_entries(request: HttpRequest) -> HttpResponse:
    """The entries of one's teams, and where one is named and has not answered."""
    now = timezone.now()
    page = Paginator(entries_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"entry": entry, "next_step": next_step(entry, now)} for entry in page]
    context = {"page_obj": page, "rows": rows, "named": awaiting_answer(request.user)}
    return render(request, "contests/my_entries.html", context)


@never_cache
@require_safe
def entry(request: HttpRequest, reference: str) -> HttpResponse:
    """One entry for its team: what is missing, what happens next, what happened."""
    row = own_entry_or_404(request, reference)
    now = timezone.now()
    amendable = may_amend(row, now) and can(request.user, "contests.enter", row)
    missing = missing_from(row) if amendable else ()
    context = {
        "entry": row, "edition": row.edition, "members": members_of(row), "answers": shown_answers(row),
        "amendable": amendable, "missing": missing, "steps": steps_of(row, missing) if amendable else [],
        "may_appeal": may_appeal(row, now) and amendable, "appeal_form": AppealForm(),
        "may_reopen": row.state == EntryState.SUBMITTED and phase_of(row.edition, now) == Phase.ENTRIES
        and row.appealed_at is None and can(request.user, "contests.enter", row),
        "may_leave": _may_leave(request, row, now),
        "next_step": next_step(row, now), "timeline": timeline_of(row), "decision": last_reason(row),
        "findings": [finding_of(one) for one in row.eligibility] if row.state != EntryState.DRAFT else [],
        "has_vote": has_vote(row.edition), "files": list(row.attachments.all()),
        **feedback_context(row, request.user),
    }  # fmt: skip
    return render(request, "contests/entry.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry_submit(request: HttpRequest, reference: str) -> HttpResponse:
    """Read the whole entry once more and accept the rules; sent, or told what is missing."""
    row = own_entry_or_404(request, reference)
    check(request.user, "contests.enter", row)
    if row.state != EntryState.DRAFT:
        return redirect("web:entry_receipt" if row.submitted_at else "web:entry", row.reference)
    phase = phase_of(row.edition, timezone.now())
    if phase != Phase.ENTRIES:
        return closed_page(request, row.edition, phase)
    if request.method != "POST":
        return _submit_page(request, row)
    if not request.POST.get("agreed"):
        return _submit_page(request, row, fault=_("Cochez la case pour accepter le règlement."))
    typed = request.POST.get("rules_version", "")
    version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else None
    try:
        entry_actions.submit_entry(entry=row, rules_version=version, actor=request.user, at=timezone.now())
    except Incomplete:
        return _submit_page(request, row, fault=_("Il manque encore quelque chose : voyez la liste."))
    except RulesChanged:
        return _submit_page(
            request, row, fault=_("Le règlement a changé depuis. Lisez-le, puis acceptez-le.")
        )
    except NotNow as late:
        return closed_page(request, row.edition, late.phase)
    except IllegalMove:
        return redirect("web:entry", row.reference)  # pressed twice, or by two of the team
    return redirect("web:entry_receipt", row.reference)


@never_cache
@require_safe
def entry_receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """The code of the entry, when it came, what happens next and when."""
    row = own_entry_or_404(request, reference)
    if row.submitted_at is None:
        raise Http404("not handed in")
    context = {"entry": row, "edition": row.edition, "next_step": next_step(row, timezone.now()),
               "members": members_of(row)}  # fmt: skip
    return render(request, "contests/entry_receipt.html", context)


@require_POST
def entry_reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it back to change it; it is handed in again afterwards."""
    row = own_entry_or_404(request, reference)

    def reopen() -> None:
        entry_actions.reopen_entry(entry=row, actor=request.user, at=timezone.now())
        messages.info(request, _("Vous pouvez la modifier. N’oubliez pas de l’envoyer de nouveau."))

    return _done(request, row, reopen)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask once, then erase a draft or leave the edition."""
    row = own_entry_or_404(request, reference)
    check(request.user, "contests.lead", row)
    if not _may_leave(request, row, timezone.now()):
        raise Http404("no longer to be withdrawn")
    is_draft = row.state == EntryState.DRAFT and row.submitted_at is None
    if request.method != "POST":
        return render(request, "contests/entry_withdraw.html", {"entry": row, "is_draft": is_draft})
    act = entry_actions.discard_entry if is_draft else entry_actions.withdraw_entry

    def leave() -> None:
        act(entry=row, actor=request.user, at=timezone.now())
        messages.success(
            request, _("La candidature est effacée.") if is_draft else _("La candidature est retirée.")
        )

    response = _done(request, row, leave)
    return redirect("web:my_entries") if is_draft else response


@never_cache
@require_POST
def entry_appeal(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for another look at a refusal, with what was completed."""
    row = own_entry_or_404(request, reference)
    check(request.user, "contests.enter", row)
    form = AppealForm(request.POST)
    if form.is_valid():
        try:
            words = form.cleaned_data["words"]
            entry_actions.appeal_entry(entry=row, words=words, actor=request.user, at=timezone.now())
        except AppealedBefore:
            form.add_error(None, _("Un nouvel examen a déjà été demandé."))
        except Incomplete:
            form.add_error(None, _("Il manque encore quelque chose : voyez la liste de la candidature."))
        except NotNow as late:
            return closed_page(request, row.edition, late.phase)
        except IllegalMove:
            return redirect("web:entry", row.reference)
        else:
            messages.success(
                request, _("Votre demande est partie. Les organisateurs vont regarder de nouveau.")
            )
            return redirect("web:entry", row.reference)
    return render(request, "contests/entry_appeal.html", {"entry": row, "form": form}, status=_UNACCEPTABLE)


def own_entry_or_404(request: HttpRequest, reference: str) -> Entry:
    """An entry of one of the person's teams; anybody else's does not exist here."""
    row = get_visible_or_404(request.user, whole_entries(), reference=normalise(reference) or reference)
    if not in_team(request.user, row):
        raise Http404("not of the team")
    return row


def _submit_page(request: HttpRequest, row: Entry, fault: str = "") -> HttpResponse:
    missing = missing_from(row)
    context = {
        "entry": row, "edition": row.edition, "missing": missing, "steps": steps_of(row, missing), "fault": fault,
        "members": members_of(row), "answers": shown_answers(row), "rules_version": rules_in_force(row.edition),
        "rules": edition_rules(row.edition), "files": list(row.attachments.all()),
        "has_vote": has_vote(row.edition),
    }  # fmt: skip
    return render(request, "contests/entry_submit.html", context, status=_UNACCEPTABLE if fault else 200)


def _may_leave(request: HttpRequest, row: Entry, now: Any) -> bool:
    phase = phase_of(row.edition, now)
    never_sent = row.state == EntryState.DRAFT and row.submitted_at is None
    standing = row.state in ENTRY_MOVES.named("withdraw entry").sources and phase in _WITHDRAWN_UNTIL
    return (never_sent or standing) and can(request.user, "contests.lead", row)


def _done(request: HttpRequest, row: Entry, act: Callable[[], None]) -> HttpResponse:
    """Act, then back to the entry; what comes too late says so."""
    try:
        act()
    except NotNow as late:
        return closed_page(request, row.edition, late.phase)
    except IllegalMove:
        messages.info(request, _("Quelqu’un de l’équipe a été plus rapide : voici où en est la candidature."))
    return redirect("web:entry", row.reference)
