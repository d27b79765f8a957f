"""Beginning a project, editing it, moving its stage."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.blueprints.catalogue import published
from bpc.portal.foundation.permissions import can, check, visible
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.references import normalise
from bpc.portal.journeys.open_paths import start_project
from bpc.portal.projects import actions
from bpc.portal.projects.models import Project
from bpc.portal.projects.queries import ideas_to_take_up
from bpc.portal.projects.visibility import can_see_project
from bpc.portal.reference.models import Sector
from bpc.portal.web.project_models.chosen import remember
from bpc.portal.web.projects import forms
from bpc.portal.web.projects.conflicts import Difference, Values, differences, pack, unpack
from bpc.portal.web.projects.reading import project_or_404

_MOST_IDEAS = 20
_UNACCEPTABLE = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_new(request: HttpRequest) -> HttpResponse:
    """One short form, from an idea of one's own, from a model, or from nothing."""
    posted = request.method == "POST"
    source = request.POST if posted else request.GET
    idea = _idea_named(request, source.get("idea" if posted else "idee", ""))
    mine = idea if idea is not None and can(request.user, "projects.start_from_idea", idea) else None
    taken = Project.objects.filter(idea=mine).first() if mine is not None else None
    another = source.get("autre") == "1"
    if taken is not None and not posted and not another and can_see_project(request.user, taken):
        return redirect("web:project", taken.reference)
    context = {"idea": idea, "mine": mine, "taken": None if another else taken, "another": another}
    if not posted:
        usable = mine if context["taken"] is None else None
        model = published(forms.model_slug(source.get("modele", "")))
        if model is not None:
            remember(request.session, model.slug, request.GET)
        form = forms.NewProjectForm(initial=forms.start_values(usable, model))
        form.chosen_commune = usable.commune if usable is not None else None
        return _new_page(request, form, **context)
    form = forms.NewProjectForm(request.POST)
    if not form.is_valid() or (form.cleaned_data["idea"] and mine is None):
        return _new_page(request, form, **context)
    return _create(request, form, context)


def _idea_named(request: HttpRequest, code: str) -> Idea | None:
    """The idea of this code, if the person may see it."""
    rows = visible(request.user, Idea).select_related("commune")
    return rows.filter(reference=normalise(code)).first() if normalise(code) else None


def _create(request: HttpRequest, form: forms.NewProjectForm, context: dict[str, Any]) -> HttpResponse:
    person: Any = request.user
    data, idea = form.cleaned_data, context["mine"]
    try:
        made = start_project(
            description=form.description(idea),
            stage=data["stage"],
            start=_start(idea, data["modele"], is_another=context["another"]),
            submission_key=data["submission_key"],
            actor=person,
            at=timezone.now(),
        )
    except actions.AlreadyAProject:
        form.add_error(None, _("Cette idée est déjà devenue un projet."))
        return _new_page(request, form, **context)
    messages.success(request, _("Votre projet est commencé. Vous seul le voyez pour l’instant."))
    return redirect("web:project", made.reference)


def _start(idea: Idea | None, slug: str, *, is_another: bool) -> actions.Start:
    """What the project begins from; a model keeps the version that is published at this moment."""
    model = published(slug)
    if model is None:
        return actions.Start(idea=idea, is_another=is_another)
    return actions.Start(idea=idea, is_another=is_another, model_slug=model.slug, model_version=model.version)


def _new_page(request: HttpRequest, form: forms.NewProjectForm, **context: Any) -> HttpResponse:
    context |= {
        "form": form,
        "model": published(forms.model_slug(form["modele"].value() or "")),
        "sectors": Sector.objects.all(),
        "ideas": [] if context["idea"] else ideas_to_take_up(request.user)[:_MOST_IDEAS],
    }
    status = _UNACCEPTABLE if form.is_bound else 200
    return render(request, "projects/new.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what the project says; what somebody else changed meanwhile is shown, never overwritten unseen."""
    row = project_or_404(request, reference)
    check(request.user, "projects.fill", row)
    if request.method != "POST":
        stored = _stored(row)
        first = {
            **stored,
            **forms.commune_values(row.commune),
            "revision": row.revision,
            "base": pack(stored),
        }
        form = forms.EditProjectForm(initial=first, person=request.user, project=row)
        form.chosen_commune = row.commune
        return _edit_page(request, form, row)
    form = forms.EditProjectForm(request.POST, person=request.user, project=row)
    if not form.is_valid():
        return _edit_page(request, form, row)
    try:
        actions.edit_project(
            project=row, description=form.description(), revision=forms.revision_in(form),
            actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except actions.StaleProject:
        return _conflict_page(request, form, project_or_404(request, reference))
    messages.success(request, _("Les changements sont enregistrés."))
    return redirect("web:project", row.reference)


def _stored(row: Project) -> Values:
    """What two people may both have changed, as the form says it."""
    return {
        "name": row.name,
        "summary": row.summary,
        "commune": row.commune_id,
        "sector": row.sector_id,
        "organisation": str(row.organisation_id or ""),
    }


def _conflict_page(request: HttpRequest, form: forms.EditProjectForm, current: Project) -> HttpResponse:
    """Both values of each field both changed; what only the other changed is put into the form."""
    said, stored = form.description(), _stored(current)
    mine = {
        "name": said.name, "summary": said.summary, "commune": said.commune.pk, "sector": said.sector_id,
        "organisation": str(said.organisation_id or ""),
    }  # fmt: skip
    found = differences(unpack(form.cleaned_data["base"]), mine, stored)
    data = cast(QueryDict, form.data).copy()
    taken = {one.field: one.theirs for one in found if one.taken}
    if "commune" in taken:
        taken |= forms.commune_values(current.commune)
        form.chosen_commune, form.commune_choices = current.commune, []
    for name, value in taken.items():
        data[name] = value
    data["revision"], data["base"] = str(current.revision), pack(stored)
    form.data = data
    form.add_error(
        None,
        _("Une autre personne a modifié le projet pendant ce temps. Comparez, puis enregistrez de nouveau."),
    )
    return _edit_page(request, form, current, differences=[_told(one, form, said, current) for one in found])


def _told(
    one: Difference, form: forms.EditProjectForm, said: actions.Description, current: Project
) -> dict[str, Any]:
    """A difference with the words of its codes."""
    words = {
        "commune": (current.commune.name, said.commune.name),
        "sector": (current.sector.name, form.cleaned_data["sector"].name),
        "organisation": (
            str(current.organisation or _("Aucune")),
            str(form.cleaned_data.get("organisation") or _("Aucune")),
        ),
    }
    theirs, mine = words.get(one.field, (one.theirs, one.mine))
    field = form.fields["commune_name" if one.field == "commune" else one.field]
    return {"label": field.label, "theirs": theirs, "mine": mine, "taken": one.taken}


def _edit_page(request: HttpRequest, form: forms.EditProjectForm, row: Project, **more: Any) -> HttpResponse:
    context = {"form": form, "project": row, "sectors": Sector.objects.all(), **more}
    return render(request, "projects/edit.html", context, status=_UNACCEPTABLE if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_stage(request: HttpRequest, reference: str) -> HttpResponse:
    """Say where the project stands now, forward or back."""
    row = project_or_404(request, reference)
    check(request.user, "projects.edit", row)
    form = forms.StageForm(request.POST if request.method == "POST" else None, initial={"stage": row.stage})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_stage(
                project=row, stage=form.cleaned_data["stage"], actor=request.user, at=timezone.now()
            )
        except IllegalMove:  # it stands there already, perhaps moved by somebody else: what was asked is so
            pass
        else:
            messages.success(
                request, _("Le projet est à l’étape « %(stage)s ».") % {"stage": row.get_stage_display()}
            )
        return redirect("web:project", row.reference)
    context = {"form": form, "project": row}
    return render(request, "projects/stage.html", context, status=_UNACCEPTABLE if form.errors else 200)
