"""What those who keep the resources do: add, edit, retire, restore, undo, take or leave the file's version."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.reference.places import reference as known_reference
from bpc.portal.resources import actions
from bpc.portal.resources.contents import as_json, content_of
from bpc.portal.resources.models import Resource
from bpc.portal.web.resources.forms import ResourceForm, RetireForm, initial_of
from bpc.portal.web.resources.history import told_differences

_UNACCEPTABLE = 422
_ALL_METHODS = ["GET", "HEAD", "POST"]
Act = Callable[..., Resource]


@never_cache
@require_http_methods(_ALL_METHODS)
def resource_new(request: HttpRequest) -> HttpResponse:
    """A new resource, its place perhaps given by the address."""
    posted = request.POST if request.method == "POST" else None
    form = ResourceForm(posted, person=request.user, initial=_place_asked(request))
    if posted is not None and form.is_valid():
        row = actions.add_resource(content=form.content(), actor=request.user, at=timezone.now())
        messages.success(request, _("La ressource est ajoutée : tout le monde la voit."))
        return redirect("web:resource", row.reference)
    return _form_page(request, form, None)


@never_cache
@require_http_methods(_ALL_METHODS)
def resource_edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what a resource says."""
    row = _kept_or_404(request, reference)
    posted = request.POST if request.method == "POST" else None
    form = ResourceForm(posted, person=request.user, initial=initial_of(content_of(row), row.version))
    if posted is None or not form.is_valid():
        return _form_page(request, form, row)
    try:
        actions.edit_resource(
            resource=row,
            content=form.content(),
            version=form.cleaned_data["version"] or 0,
            actor=request.user,
            at=timezone.now(),
        )
    except actions.StaleResource as stale:
        return _form_page(request, _told_stale(form, stale.current), row, form)
    messages.success(request, _("La ressource est modifiée."))
    return redirect("web:resource", row.reference)


@never_cache
@require_http_methods(_ALL_METHODS)
def resource_retire(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a resource off the site, with the reason."""
    row = _kept_or_404(request, reference)
    form = RetireForm(request.POST if request.method == "POST" else None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        return _acted(
            request,
            row,
            actions.retire_resource,
            _("La ressource est retirée. Vous pouvez la rétablir."),
            version=said["version"],
            reason=said["reason"],
        )
    status = _UNACCEPTABLE if form.errors else 200
    return render(request, "resources/retire.html", {"row": row, "form": form}, status=status)


@never_cache
@require_POST
def resource_restore(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a retired resource back."""
    return _pressed(request, reference, actions.restore_resource, _("La ressource est rétablie."))


@never_cache
@require_POST
def resource_undo(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the last change back."""
    return _pressed(request, reference, actions.undo_change, _("Le dernier changement est annulé."))


@never_cache
@require_POST
def resource_take_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Take what the file of facts now says."""
    return _pressed(
        request, reference, actions.take_file_content, _("La version des faits relevés est reprise.")
    )


@never_cache
@require_POST
def resource_leave_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep what a person wrote."""
    return _pressed(
        request, reference, actions.leave_file_content, _("La version des faits relevés est écartée.")
    )


def _pressed(request: HttpRequest, reference: str, act: Act, said: str) -> HttpResponse:
    text = request.POST.get("version", "")
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    return _acted(request, _kept_or_404(request, reference), act, said, version=version)


def _acted(request: HttpRequest, row: Resource, act: Act, said: str, **arguments: Any) -> HttpResponse:
    """Do it, or say why not; then back to the resource."""
    try:
        act(resource=row, actor=request.user, at=timezone.now(), **arguments)
    except actions.StaleResource:
        messages.warning(request, _("Quelqu’un a changé cette ressource entre-temps : relisez-la d’abord."))
    except (IllegalMove, actions.NothingToUndo):
        messages.warning(request, _("C’était déjà fait, ou il n’y a plus rien à faire."))
    else:
        messages.success(request, said)
    return redirect("web:resource", row.reference)


def _kept_or_404(request: HttpRequest, reference: str) -> Resource:
    row = get_visible_or_404(request.user, Resource, reference=reference)
    check(request.user, actions.RIGHT, row)
    return row


def _told_stale(form: ResourceForm, current: Resource) -> ResourceForm:
    """The same answers against the row as it is now, with what was changed meanwhile."""
    data = form.data.copy()  # type: ignore[attr-defined] # a QueryDict, since it was posted
    data["version"] = str(current.version)
    again = ResourceForm(data, person=form.person, initial=form.initial)
    again.full_clean()
    again.add_error(
        None,
        _(
            "Quelqu’un a changé cette ressource entre-temps. Comparez ci-dessous, puis enregistrez de nouveau "
            "si vos réponses sont les bonnes."
        ),
    )
    return again


def _form_page(
    request: HttpRequest, form: ResourceForm, row: Resource | None, clash: ResourceForm | None = None
) -> HttpResponse:
    own = _("Modifier") if row is not None else _("Ajouter une ressource")
    trail = [(_("Ressources des territoires"), reverse("web:resources"))]
    differences = []
    if row is not None:
        trail.append((row.name, reverse("web:resource", args=[row.reference])))
    if row is not None and clash is not None:
        present = as_json(content_of(Resource.objects.get(pk=row.pk)))
        differences = told_differences(present, as_json(clash.content()))
    context = {"form": form, "row": row, "differences": differences, "trail": [*trail, (own, None)]}
    return render(request, "resources/edit.html", context, status=_UNACCEPTABLE if form.errors else 200)


def _place_asked(request: HttpRequest) -> dict[str, str]:
    """The place of the address, as the form says it."""
    place = known_reference().places.get(request.GET.get("territoire", ""))
    if place is None or place.level == "country":
        return {}
    if place.level == "commune":
        return {"commune_name": place.name_fr, "commune": place.code, "commune_for": place.name_fr}
    return {"wider": place.code}
