"""Recording a mandate, and confirming it: the code of the person, or the word of a delegate."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.people.models import User
from bpc.portal.projects.mandates import giving
from bpc.portal.projects.mandates.models import Mandate
from bpc.portal.projects.mandates.states import Given
from bpc.portal.projects.received import ReceivedPaper, RefusedPaper
from bpc.portal.web.mandates.forms import AskForm, CodeForm
from bpc.portal.web.mandates.mandate_views import mandate_page
from bpc.portal.web.vault.forms import REFUSED_PAPERS

_REFUSED = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mandate_ask(request: HttpRequest) -> HttpResponse:
    """What the person said, and how."""
    if request.method == "POST":
        form = AskForm(request.POST, request.FILES)
        made = _ask(request, form) if form.is_valid() else None
        if made is not None:
            _say(request, made)
            return redirect("web:mandate", made.pk)
    else:
        form = AskForm(initial={"project": request.GET.get("projet", "")[:20], "given": Given.CODE})
    context = {"form": form}
    return render(request, "mandates/ask.html", context, status=_REFUSED if form.is_bound else 200)


def _ask(request: HttpRequest, form: AskForm) -> Mandate | None:
    """The mandate recorded, or None with the fault told on the form."""
    said, person, now = form.cleaned_data, cast(User, request.user), timezone.now()
    try:
        asked = giving.Asked(
            said["given"], said["language"], giving.longest_until(now, said["months"]), said["witness"],
            _paper(form), said["paper"].name if said["paper"] else "",
        )  # fmt: skip
        return giving.ask_mandate(
            code=said["project"], contact=said["contact"], asked=asked, actor=person, at=now
        )
    except RefusedPaper as refusal:
        form.add_error("paper", REFUSED_PAPERS[refusal.reason])
    except giving.NobodySuch:
        giving.note_search(actor=person, at=now)
        form.add_error(
            "project",
            _(
                "Aucun projet de votre région n’a ce code avec cette personne. Vérifiez le code et le numéro avec elle."
            ),
        )
    except giving.NotLetIn:
        form.add_error(
            "contact",
            _("Cette personne n’est pas responsable du projet : un responsable doit d’abord vous l’ouvrir."),
        )
    except giving.NoTelephone:
        form.add_error(
            "given", _("Cette personne n’a pas de numéro : choisissez le papier signé ou le témoin.")
        )
    except giving.TooManyAsked:
        form.add_error(None, _("Vous avez fait beaucoup de demandes aujourd’hui : continuez demain."))
    return None


def _paper(form: AskForm) -> ReceivedPaper | None:
    file: Any = form.cleaned_data["paper"]
    if form.cleaned_data["given"] != Given.PAPER or not file:
        return None
    return giving.read_paper(file, file.size)


def _say(request: HttpRequest, made: Mandate) -> None:
    match made.given:
        case Given.PAPER:
            messages.success(request, _("Le mandat est en cours : vous pouvez remplir pour cette personne."))
        case Given.CODE:
            messages.success(
                request, _("Un code part par SMS vers la personne : demandez-le-lui au téléphone.")
            )
        case _other:
            messages.success(request, _("Un délégué de la région va confirmer ce que le témoin a entendu."))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mandate_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The advisor types the code, or the delegate says that the witness was heard."""
    row = get_visible_or_404(request.user, Mandate.objects.select_related("project"), pk=pk)
    if request.method != "POST":
        return redirect("web:mandate", row.pk)
    if row.given == Given.WITNESS:
        return _confirm_witnessed(request, row)
    form = CodeForm(request.POST)
    if form.is_valid() and _confirm_code(request, row, form):
        return redirect("web:mandate", row.pk)
    return mandate_page(request, row, status=_REFUSED, code_form=form)


def _confirm_code(request: HttpRequest, row: Mandate, form: CodeForm) -> bool:
    try:
        giving.confirm_by_code(
            mandate=row, code=form.cleaned_data["code"], actor=request.user, at=timezone.now()
        )
    except giving.WrongCode as wrong:
        form.add_error("code", _("Ce n’est pas le bon code. Essais qui restent : %(n)s.") % {"n": wrong.left})
    except giving.CodeSpent:
        form.add_error("code", _("Ce code ne vaut plus : envoyez-en un autre."))
    except (giving.NotWaiting, giving.NotLetIn):
        messages.error(request, _("Cette demande n’attend plus de code."))
        return True
    else:
        messages.success(request, _("Le mandat est en cours : vous pouvez remplir pour cette personne."))
        return True
    return False


def _confirm_witnessed(request: HttpRequest, row: Mandate) -> HttpResponse:
    try:
        giving.confirm_witnessed(mandate=row, actor=request.user, at=timezone.now())
    except (giving.NotWaiting, giving.NotLetIn):
        messages.error(request, _("Cette demande n’attend plus de confirmation."))
    else:
        messages.success(request, _("Le mandat est en cours : le conseiller et la personne sont prévenus."))
    return redirect("web:mandate", row.pk)


@require_POST
def mandate_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Send another code."""
    row = get_visible_or_404(request.user, Mandate.objects.select_related("project"), pk=pk)
    try:
        giving.send_another_code(mandate=row, actor=request.user, at=timezone.now())
    except giving.CodeSpent:
        messages.error(
            request, _("Trois codes sont déjà partis : refaites une demande, ou choisissez le papier.")
        )
    except giving.NotWaiting:
        messages.error(request, _("Cette demande n’attend plus de code."))
    else:
        messages.success(request, _("Un autre code part par SMS. Le premier ne vaut plus."))
    return redirect("web:mandate", row.pk)
