"""The founders: the list with their shares, one page each, removed once confirmed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.founding import members
from bpc.portal.founding.answers import UnlawfulAnswers, value_of
from bpc.portal.founding.models import CreationFile, FoundingMember
from bpc.portal.founding.sums import capital_of, lines_of
from bpc.portal.web.founding.founder_form import FOUNDER_FIELDS, FounderForm, founder_values
from bpc.portal.web.founding.reading import UNACCEPTABLE, file_or_404, frame
from bpc.portal.web.founding.words import fault_words
from bpc.portal.web.projects.forms import revision_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def founders(request: HttpRequest, reference: str) -> HttpResponse:
    """The list; the button takes the people of the project who are not in it."""
    file = file_or_404(request, reference)
    if request.method == "POST":
        try:
            added = members.take_from_project(file=file, actor=request.user, at=timezone.now())
        except UnlawfulAnswers as refused:
            for fault in refused.faults:
                messages.error(request, fault_words(fault))
            return redirect("web:founders", reference)
        words = ngettext("%(count)s personne est ajoutée.", "%(count)s personnes sont ajoutées.", added)
        messages.success(request, words % {"count": added})
        return redirect("web:founders", reference)
    rows = list(file.founders.all())
    share_value = value_of(file.answers, "share_value")
    context = frame(
        request, file.project, file=file, lines=[lines_of(row, share_value) for row in rows],
        capital=capital_of(file.answers, rows), waiting=len(members.not_yet_taken(file)), share_value=share_value,
    )  # fmt: skip
    return render(request, "founding/founders.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def founder_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Write one founder more; the second button comes back for the next."""
    file = file_or_404(request, reference)
    check(request.user, "projects.fill", file.project)
    form = FounderForm(request.POST if request.method == "POST" else None, initial={"kind": "natural"})
    if request.method == "POST" and form.is_valid():
        try:
            members.add_founder(file=file, told=form.told(), actor=request.user, at=timezone.now())
        except UnlawfulAnswers as refused:
            _tell(form, refused)
        except members.TooManyFounders:
            form.add_error(
                None, _("Ce dossier compte déjà deux cents fondateurs : c’est le plus qu’il peut tenir.")
            )
        else:
            messages.success(request, _("Ce fondateur est ajouté."))
            again = request.POST.get("act") == "again"
            return redirect("web:founder_new" if again else "web:founders", reference)
    return _page(request, file, form, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def founder_edit(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Change what is said of a founder."""
    file, founder = _founder(request, reference, pk)
    if request.method != "POST":
        return _page(request, file, FounderForm(initial=founder_values(founder)), founder)
    form = FounderForm(request.POST)
    if not form.is_valid():
        return _page(request, file, form, founder)
    try:
        members.edit_founder(
            founder=founder,
            told=form.told(),
            revision=revision_in(form),
            actor=request.user,
            at=timezone.now(),
        )
    except UnlawfulAnswers as refused:
        _tell(form, refused)
        return _page(request, file, form, founder)
    except members.StaleFounder as stale:
        return _conflict(request, file, form, stale.current)
    except FoundingMember.DoesNotExist:
        raise Http404("removed meanwhile") from None
    messages.success(request, _("Les changements sont enregistrés."))
    return redirect("web:founders", reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def founder_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Ask once, then erase the line."""
    file, founder = _founder(request, reference, pk)
    if request.method != "POST":
        return render(request, "founding/founder_remove.html", frame(request, file.project, founder=founder))
    members.remove_founder(founder=founder, actor=request.user, at=timezone.now())
    messages.success(request, _("Ce fondateur est retiré du dossier."))
    return redirect("web:founders", reference)


def _founder(request: HttpRequest, reference: str, pk: int) -> tuple[CreationFile, FoundingMember]:
    file = file_or_404(request, reference)
    founder = get_visible_or_404(request.user, FoundingMember.objects.all(), pk=pk, file=file)
    check(request.user, "projects.fill", file.project)
    founder.file = file
    return file, founder


def _tell(form: FounderForm, refused: UnlawfulAnswers) -> None:
    """What the law does not allow, beside its field."""
    for fault in refused.faults:
        form.add_error(fault.field if fault.field in form.fields else None, fault_words(fault))


def _conflict(
    request: HttpRequest, file: CreationFile, form: FounderForm, current: FoundingMember
) -> HttpResponse:
    """What the other person kept beside what was typed, which stays in the form."""
    typed, theirs = founder_values(FoundingMember(**vars(form.told()))), founder_values(current)
    shown = []
    for name in FOUNDER_FIELDS:
        if typed[name] != theirs[name]:
            words = {str(code): str(label) for code, label in getattr(form.fields[name], "choices", ())}
            shown.append({"label": form.fields[name].label, "taken": False,
                          "theirs": words.get(str(theirs[name]), theirs[name]),
                          "mine": words.get(str(typed[name]), typed[name])})  # fmt: skip
    fresh = FounderForm(initial={**typed, "revision": current.revision})
    messages.warning(
        request,
        _("Une autre personne a modifié ces lignes pendant ce temps. Comparez, puis enregistrez de nouveau."),
    )
    return _page(request, file, fresh, current, UNACCEPTABLE, differences=shown)


def _page(
    request: HttpRequest,
    file: CreationFile,
    form: FounderForm,
    founder: FoundingMember | None,
    status: int = 0,
    **more: object,
) -> HttpResponse:
    context = frame(request, file.project, form=form, founder=founder, **more)
    return render(
        request, "founding/founder.html", context, status=status or (UNACCEPTABLE if form.errors else 200)
    )
