"""Telling what happened to an application, taking the last step back, putting one right."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.portal.applications import actions
from bpc.portal.applications.actions import NothingToUndo, PaidTooMuch, WrongDate
from bpc.portal.applications.models import Application, ApplicationEvent
from bpc.portal.applications.states import Step, steps_from
from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.foundation.writing import written_amount, written_date
from bpc.portal.vault import actions as vault
from bpc.portal.vault.files import delete_orphans
from bpc.portal.vault.models import RECEIPT_KIND, VaultDocument
from bpc.portal.web.applications.application_views import list_of
from bpc.portal.web.applications.forms import StepForm
from bpc.portal.web.applications.reading import UNACCEPTABLE, application_or_404, frame
from bpc.portal.web.applications.words import STEP_BUTTONS, source_name
from bpc.portal.web.vault.views import keep_or_tell, upload_in


class _Refused(Exception):
    """The form says what is wrong; nothing is kept."""


def _edited(request: HttpRequest, reference: str, pk: int) -> Application:
    row = application_or_404(request, reference, pk)
    check(request.user, "applications.edit", row)
    return row


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, reference: str, pk: int, code: str) -> HttpResponse:
    """Say that something happened."""
    row = _edited(request, reference, pk)
    if code not in Step.values:
        raise Http404("no such step")
    kind = Step(code)
    if kind not in steps_from(row.state):
        messages.info(request, _("Cette étape a déjà été dite, ou ne peut pas encore l’être."))
        return redirect("web:application", reference, row.pk)
    today = timezone.localdate()
    form = _form(request, kind, {"on": today})
    if request.method == "POST" and form.is_valid() and _told(request, row, kind, form):
        if kind in (Step.GRANT, Step.PAY):
            messages.success(request, _("C’est noté. Vous pouvez maintenant mettre votre plan à jour."))
        else:
            messages.success(request, _("C’est noté."))
        return redirect("web:application", reference, row.pk)
    missing = list_of(row, request.user).missing if kind == Step.SEND else ()
    context = frame(request, row.project, application=row, name=source_name(row), step=kind, form=form,
                    title=STEP_BUTTONS[kind], missing=missing)  # fmt: skip
    return render(request, "applications/step.html", context, status=UNACCEPTABLE if form.errors else 200)


def _form(request: HttpRequest, kind: Step, first: dict[str, Any]) -> StepForm:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return StepForm(data, files, initial=first, step=kind, today=timezone.localdate())


def _told(request: HttpRequest, row: Application, kind: Step, form: StepForm) -> bool:
    """The proof and the step, both or neither; what is wrong is told beside its field."""

    def tell(proof: VaultDocument | None) -> Any:
        return actions.tell_step(
            application=row, step=kind, told=form.told(proof), actor=request.user, at=timezone.now()
        )

    return _keep(request, row, form, tell)


def _keep(request: HttpRequest, row: Application, form: StepForm, tell: Any) -> bool:
    proofs: list[VaultDocument] = []
    try:
        with transaction.atomic():
            proofs += _proof(request, row, form)
            tell(proofs[0] if proofs else None)
            return True
    except _Refused:
        pass
    except WrongDate as fault:
        words = _("Donnez un jour du %(first)s au %(last)s, d’après les autres étapes.")
        form.add_error(
            "on", words % {"first": written_date(fault.earliest), "last": written_date(fault.latest)}
        )
    except PaidTooMuch as fault:
        words = _(
            "C’est plus que ce qui est accordé : il reste %(left)s. Corrigez d’abord le montant accordé."
        )
        form.add_error("amount", words % {"left": written_amount(max(fault.left, 0))})
    except (IllegalMove, NothingToUndo):
        form.add_error(None, _("Une autre personne vient de changer ce dossier. Rechargez la page."))
    delete_orphans(proofs)
    return False


def _proof(request: HttpRequest, row: Application, form: StepForm) -> list[VaultDocument]:
    """The proof sent with the form, put in the vault; none without a file."""
    if not form.cleaned_data.get("proof"):
        return []
    on = form.cleaned_data["on"]
    described = vault.Description(RECEIPT_KIND, on, None, f"{source_name(row)[:60]}", "")
    kept = keep_or_tell(
        form,
        lambda: vault.add_paper(
            project=row.project, described=described, upload=upload_in(form, "proof"), actor=request.user,
            at=timezone.now(),
        ),
        "proof",
    )  # fmt: skip
    if kept is None:
        raise _Refused
    return [kept]


@require_POST
def step_undo(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take the last step back."""
    row = _edited(request, reference, pk)
    try:
        actions.undo_last_step(application=row, actor=request.user, at=timezone.now())
    except NothingToUndo:
        messages.error(request, _("Cette étape a été dite il y a plus d’un jour : corrigez-la plutôt."))
    else:
        messages.success(request, _("La dernière étape est annulée."))
    return redirect("web:application", reference, row.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def event_correct(request: HttpRequest, reference: str, pk: int, event: int) -> HttpResponse:
    """Put right what was said; the first writing is kept."""
    row = _edited(request, reference, pk)
    found = get_visible_or_404(
        request.user, ApplicationEvent, pk=event, application=row, undone_at=None, corrected_by=None
    )
    found.application = row
    kind = Step(found.step)
    first = {name: getattr(found, name) for name in ("on", "amount", "due_on", "refusal", "text")}
    form = _form(request, kind, first)
    if request.method == "POST" and form.is_valid():

        def tell(proof: VaultDocument | None) -> Any:
            return actions.correct_event(
                event=found, told=form.told(proof), actor=request.user, at=timezone.now()
            )

        if _keep(request, row, form, tell):
            messages.success(request, _("La correction est enregistrée."))
            return redirect("web:application", reference, row.pk)
    context = frame(request, row.project, application=row, name=source_name(row), step=kind, form=form,
                    title=_("Corriger : %(step)s") % {"step": kind.label}, missing=(), correcting=True)  # fmt: skip
    return render(request, "applications/step.html", context, status=UNACCEPTABLE if form.errors else 200)
