"""One request: its page, the answer, who it is given to."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.counsel import asking, handing
from bpc.portal.counsel.choosing import rank_advisors, reasons_for
from bpc.portal.counsel.handing import CannotHold, ChangedHands, NothingWaits
from bpc.portal.counsel.models import HelpRequest
from bpc.portal.counsel.staffing import need_of, staff_of
from bpc.portal.foundation.permissions import can, check, visible
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.people.models import User
from bpc.portal.web.counsel.forms import TransferForm, WordsForm
from bpc.portal.web.counsel.reading import UNACCEPTABLE, page_context, request_or_404
from bpc.portal.web.counsel.words import reason_words


@never_cache
@require_safe
def help_request(request: HttpRequest, reference: str) -> HttpResponse:
    """The sheet to all who may see it, what was written to those who may read it."""
    return request_page(request, request_or_404(request, reference))


def request_page(request: HttpRequest, row: HelpRequest, **bound: Any) -> HttpResponse:
    """The page of one request; `bound` holds a form that was refused."""
    context = {
        **page_context(request, row),
        "answer_form": WordsForm(initial={"key": uuid4()}),
        "further_form": WordsForm(initial={"key": uuid4()}, label=_("Votre question de suite")),
        **bound,
    }
    return render(request, "counsel/request.html", context, status=UNACCEPTABLE if bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def help_answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer; the clock stops."""
    row = request_or_404(request, reference)
    if request.method != "POST":
        return redirect("web:help_request", row.reference)
    check(request.user, "counsel.answer", row)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return request_page(request, row, answer_form=form)
    person: Any = request.user
    try:
        asking.answer(
            request=row, text=form.cleaned_data["text"], submission_key=form.cleaned_data["key"], actor=person,
            at=timezone.now(),
        )  # fmt: skip
    except IllegalMove:
        messages.info(request, _("Cette demande a changé entre-temps : voici où elle en est."))
    else:
        messages.success(request, _("Votre réponse est partie."))
    return redirect("web:help_request", row.reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def help_transfer(request: HttpRequest, reference: str) -> HttpResponse:
    """To another advisor, to the region's desk or to the national one; each choice says what makes it fit."""
    row = request_or_404(request, reference)
    check(request.user, "counsel.transfer", row)
    form = TransferForm(
        request.POST if request.method == "POST" else None, initial={"turn": row.turns}, choices=_choices(row)
    )
    if request.method == "POST" and form.is_valid() and _handed(request, row, form):
        return _after(request, row)
    context = {**page_context(request, row), "form": form}
    return render(request, "counsel/transfer.html", context, status=UNACCEPTABLE if form.errors else 200)


def _after(request: HttpRequest, row: HelpRequest) -> HttpResponse:
    """Back to the request while the person still sees it, else to where their work is."""
    if visible(request.user, HelpRequest).filter(pk=row.pk).exists():
        return redirect("web:help_request", row.reference)
    return redirect("web:portfolio" if can(request.user, "counsel.advise") else "web:my_space")


def _choices(row: HelpRequest) -> list[tuple[str, Any]]:
    """The advisors who may have it, the best placed first with the reasons, then the two desks."""
    need, staff = need_of(row), staff_of(row.region_id, timezone.now(), row.project_id)
    but = frozenset({row.holder_id} if row.holder_id is not None else ())
    ranked = rank_advisors(need, staff, but)
    known = {one.person for one in ranked}
    others = [one for one in staff.advisors if one.person not in known | but and one.person != need.asker]
    names = {user.pk: user for user in User.objects.filter(pk__in=[one.person for one in staff.advisors])}
    choices: list[tuple[str, Any]] = []
    for one in ranked:
        reasons = reason_words(reasons_for(one, need, ranked))
        choices.append((f"advisor-{one.person}", _labelled(names[one.person], reasons)))
    for one in others:
        why = _("absent") if one.is_away else _("semaine pleine")
        choices.append((f"advisor-{one.person}", _labelled(names[one.person], [why])))
    if staff.delegates:
        choices.append(("region", _("Au guichet de la région, à un délégué")))
    choices.append(("national", _("Au guichet national de l’ODCO")))
    return choices


def _labelled(user: User, reasons: list[str]) -> SafeString:
    name = user.display_name or _("Conseiller de la délégation")
    if not reasons:
        return format_html("<bdi>{}</bdi>", name)
    return format_html('<bdi>{}</bdi> <span class="meta">{}</span>', name, " · ".join(reasons))


def _handed(request: HttpRequest, row: HelpRequest, form: TransferForm) -> bool:
    """Whether it was given; what went wrong is told in the form."""
    desk, _dash, person = form.cleaned_data["to"].partition("-")
    to = User.objects.filter(pk=int(person)).first() if person else None
    try:
        handing.transfer(
            request=row, to=to, desk=desk, note=form.cleaned_data["note"], seen_turn=form.cleaned_data["turn"],
            actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except ChangedHands:
        form.add_error(None, _("Une autre personne vient de confier cette demande. Rechargez la page."))
    except NothingWaits:
        form.add_error(None, _("Cette demande n’attend plus de réponse."))
    except CannotHold:
        form.add_error("to", _("Cette personne ne peut plus recevoir de demande : choisissez-en une autre."))
    else:
        messages.success(request, _("La demande est confiée. La personne qui la reçoit est prévenue."))
        return True
    return False
