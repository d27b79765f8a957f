"""The people of a project: add, edit, remove once confirmed."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.projects import founders
from bpc.portal.projects.models import Project, ProjectPerson
from bpc.portal.web.projects.conflicts import Values, differences, pack, unpack
from bpc.portal.web.projects.forms import PersonForm, person_values, revision_in
from bpc.portal.web.projects.reading import project_or_404

_FIELDS = ("name", "function", "woman", "young")
_UNACCEPTABLE = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Write one person more; the second button comes back for the next."""
    row = project_or_404(request, reference)
    check(request.user, "projects.fill", row)
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            founders.add_person(project=row, founder=form.founder(), actor=request.user, at=timezone.now())
        except founders.TooManyPeople:
            form.add_error(
                None, _("Ce projet compte déjà deux cents personnes : c’est le plus qu’il peut tenir.")
            )
        else:
            messages.success(request, _("Cette personne est ajoutée au groupe."))
            again = request.POST.get("act") == "again"
            return redirect("web:project_person_new" if again else "web:project", row.reference)
    return _page(request, form, row, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Change what is said of somebody."""
    row, person = _person(request, reference, pk)
    if request.method != "POST":
        first = {**person_values(person), "base": pack(_stored(person))}
        return _page(request, PersonForm(initial=first), row, person)
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _page(request, form, row, person)
    try:
        founders.edit_person(
            person=person, founder=form.founder(), revision=revision_in(form),
            actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except founders.StalePerson as stale:
        return _conflict_page(request, form, row, stale.current)
    except ProjectPerson.DoesNotExist:
        raise Http404("removed meanwhile") from None
    messages.success(request, _("Les changements sont enregistrés."))
    return redirect("web:project", row.reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Ask once, then erase the line."""
    row, person = _person(request, reference, pk)
    if request.method != "POST":
        return render(request, "projects/person_remove.html", {"project": row, "person": person})
    founders.remove_person(person=person, actor=request.user, at=timezone.now())
    messages.success(request, _("Cette personne est retirée du groupe."))
    return redirect("web:project", row.reference)


def _person(request: HttpRequest, reference: str, pk: int) -> tuple[Project, ProjectPerson]:
    row = project_or_404(request, reference)
    person = get_visible_or_404(
        request.user, ProjectPerson.objects.select_related("project"), pk=pk, project=row
    )
    check(request.user, "projects.fill", row)
    return row, person


def _stored(person: ProjectPerson) -> Values:
    return {field: str(getattr(person, field)) for field in _FIELDS}


def _conflict_page(
    request: HttpRequest, form: PersonForm, row: Project, current: ProjectPerson
) -> HttpResponse:
    mine = {field: str(form.cleaned_data[field]) for field in _FIELDS}
    found = differences(unpack(form.cleaned_data["base"]), mine, _stored(current))
    data = cast(QueryDict, form.data).copy()
    for one in found:
        if one.taken:
            data[one.field] = one.theirs
    data["revision"], data["base"] = str(current.revision), pack(_stored(current))
    form.data = data
    form.add_error(
        None,
        _("Une autre personne a modifié ces lignes pendant ce temps. Comparez, puis enregistrez de nouveau."),
    )
    shown = []
    for one in found:
        field = form.fields[one.field]
        words = {code: str(label) for code, label in getattr(field, "choices", ())}
        theirs, mine_said = (words.get(value, value) for value in (one.theirs, one.mine))
        shown.append({"label": field.label, "theirs": theirs, "mine": mine_said, "taken": one.taken})
    return _page(request, form, row, current, differences=shown)


def _page(
    request: HttpRequest, form: PersonForm, row: Project, person: ProjectPerson | None, **more: Any
) -> HttpResponse:
    context = {"form": form, "project": row, "person": person, **more}
    return render(request, "projects/person.html", context, status=_UNACCEPTABLE if form.is_bound else 200)
