"""The office of those who keep the templates of paths: read, draft, edit, preview, compare, publish."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.datasets.path_templates import InvalidTemplate, parse_template
from bpc.portal.followup import template_actions as actions
from bpc.portal.followup.contents import Content
from bpc.portal.followup.models import PathTemplate, TemplateVersion
from bpc.portal.followup.standing import Due, DueKind, StandingStep
from bpc.portal.followup.states import StepState, VersionState
from bpc.portal.followup.template_editing import (
    NoSuchStep,
    moved_step,
    new_id,
    step_in,
    with_step,
    without_step,
)
from bpc.portal.followup.words import sentence_of, told
from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.web.followup.differences import told_differences
from bpc.portal.web.followup.reading import UNACCEPTABLE
from bpc.portal.web.followup.step_words import step_words
from bpc.portal.web.followup.template_forms import HeadingForm, PublishForm, SourceForm, StepForm
from bpc.portal.web.followup.template_rows import listed_templates, previewed, shown_version

_PAGE = ["GET", "HEAD", "POST"]


def template_or_404(request: HttpRequest, slug: str) -> PathTemplate:
    """The template, for those who keep them."""
    return get_visible_or_404(request.user, PathTemplate, slug=slug)


def draft_or_404(request: HttpRequest, slug: str) -> TemplateVersion:
    """Its open draft."""
    row = template_or_404(request, slug)
    draft = row.versions.filter(state=VersionState.DRAFT).select_related("template").first()
    if draft is None:
        raise Http404("no draft")
    return draft


@require_safe
@never_cache
def path_templates(request: HttpRequest) -> HttpResponse:
    """Every template, where it stands and how many paths run on it."""
    return render(request, "followup/templates.html", {"rows": listed_templates()})


@require_safe
@never_cache
def path_template(request: HttpRequest, slug: str) -> HttpResponse:
    """Where it stands, what its draft would change, who did what when."""
    row = template_or_404(request, slug)
    versions = list(row.versions.select_related("made_by", "published_by").order_by("-number"))
    draft = next((one for one in versions if one.state == VersionState.DRAFT), None)
    shown = shown_version(versions)
    template = parse_template((draft or shown or versions[0]).content)
    changes = told_differences(parse_template(shown.content), template) if draft and shown else []
    context = {
        "template": row, "name": told(template.name), "draft": draft, "shown": shown, "changes": changes,
        "history": list(zip(versions, [*versions[1:], None], strict=True)), "steps": previewed(template),
    }  # fmt: skip
    return render(request, "followup/template.html", context)


@require_safe
@never_cache
def template_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed from one version to another."""
    row = template_or_404(request, slug)
    before, after = (_version(row, request.GET.get(name, "")) for name in ("de", "a"))
    first, second = parse_template(before.content), parse_template(after.content)
    context = {
        "template": row, "name": told(second.name), "before": before, "after": after,
        "changes": told_differences(first, second),
    }  # fmt: skip
    return render(request, "followup/template_compare.html", context)


def _version(row: PathTemplate, text: str) -> TemplateVersion:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Http404("no number")
    found = row.versions.filter(number=int(text)).first()
    if found is None:
        raise Http404("no such version")
    return found


@require_safe
@never_cache
def template_preview(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """A step of the draft, else of the published version, as groups will read it."""
    row = template_or_404(request, slug)
    version = row.versions.order_by("-number").first()
    assert version is not None  # a template has a version from its making
    template = parse_template(version.content)
    found = next((one for one in template.steps if one.id == step), None)
    if found is None:
        raise Http404("no such step")
    days = timedelta(days=found.usual_days) if found.usual_days is not None else None
    due = Due(timezone.localdate() + days, DueKind.PROPOSED) if days is not None else None
    sentence = sentence_of(StandingStep(found, StepState.TODO, None, None, (), due), timezone.localdate())
    context = {
        **step_words(template, found), "template": row, "name": told(template.name), "version": version,
        "sentence": sentence,
    }  # fmt: skip
    return render(request, "followup/template_step.html", context)


@require_POST
def template_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a draft, or go on with the one that is open."""
    row = template_or_404(request, slug)
    actions.start_draft(template=row, actor=request.user, at=timezone.now())
    return redirect("web:path_template", slug)


@require_POST
def template_discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw the draft away."""
    actions.discard_draft(draft=draft_or_404(request, slug), actor=request.user, at=timezone.now())
    messages.success(request, _("Le brouillon est abandonné."))
    return redirect("web:path_template", slug)


@never_cache
@require_http_methods(_PAGE)
def template_heading(request: HttpRequest, slug: str) -> HttpResponse:
    """The name, the sentence, the stages, the names of the parts."""
    draft = draft_or_404(request, slug)
    posted = request.POST if request.method == "POST" else None
    form = HeadingForm(draft.content, posted, initial={"revision": draft.revision})
    if posted is not None and form.is_valid() and _saved(request, draft, form, form.written()):
        return redirect("web:path_template", slug)
    return _form_page(request, draft, form, _("Nom, étapes et parties"))


@never_cache
@require_http_methods(_PAGE)
def template_step(request: HttpRequest, slug: str, step: str = "") -> HttpResponse:
    """One step of the draft, or a new one."""
    draft = draft_or_404(request, slug)
    try:
        found = step_in(draft.content, step) if step else {"id": new_id(draft.content)}
    except NoSuchStep:
        raise Http404("no such step") from None
    posted = request.POST if request.method == "POST" else None
    form = StepForm(draft.content, found, posted, initial={"revision": draft.revision})
    if posted is not None and form.is_valid() and _step_saved(request, draft, form):
        return redirect("web:path_template", slug)
    return _form_page(
        request, draft, form, _("Modifier une étape") if step else _("Ajouter une étape"), step=step
    )


@never_cache
@require_http_methods(_PAGE)
def template_source(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a source that steps may then cite."""
    draft = draft_or_404(request, slug)
    posted = request.POST if request.method == "POST" else None
    form = SourceForm(posted, initial={"revision": draft.revision})
    if posted is not None and form.is_valid() and _source_saved(request, draft, form):
        return redirect("web:path_template", slug)
    return _form_page(request, draft, form, _("Ajouter une source"))


def _step_saved(request: HttpRequest, draft: TemplateVersion, form: StepForm) -> bool:
    return _saved(request, draft, form, with_step(draft.content, form.written()))


def _source_saved(request: HttpRequest, draft: TemplateVersion, form: SourceForm) -> bool:
    return _saved(request, draft, form, _with_source(draft.content, form.cleaned_data))


def _with_source(content: Content, data: dict[str, Any]) -> Content:
    sources = content.get("sources", {})
    key = next(name for number in range(1, 1000) if (name := f"source_{number}") not in sources)
    source = {
        "name": {"fr": data["name_fr"], "ar": data["name_ar"]}, "url": data["url"],
        "read_on": data["read_on"].isoformat(),
    }  # fmt: skip
    return {**content, "sources": {**sources, key: source}}


@require_POST
def template_step_act(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """Move a step up or down, or take it out of the draft."""
    draft = draft_or_404(request, slug)
    try:
        match request.POST.get("act"):
            case "up":
                content = moved_step(draft.content, step, -1)
            case "down":
                content = moved_step(draft.content, step, 1)
            case "remove":
                content = without_step(draft.content, step)
            case _:
                return redirect("web:path_template", slug)
        actions.save_draft(
            draft=draft, content=content, revision=draft.revision, actor=request.user, at=timezone.now()
        )
    except NoSuchStep:
        raise Http404("no such step") from None
    except InvalidTemplate:
        messages.error(request, _("Impossible : une étape vient toujours après celles qu’elle attend."))
    return redirect("web:path_template", slug)


@never_cache
@require_http_methods(_PAGE)
def template_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """What changes, then the note and the will to publish."""
    draft = draft_or_404(request, slug)
    posted = request.POST if request.method == "POST" else None
    form = PublishForm(posted, initial={"revision": draft.revision})
    if posted is not None and form.is_valid() and _published(request, draft, form):
        messages.success(request, _("La nouvelle version est publiée."))
        return redirect("web:path_template", slug)
    template = parse_template(draft.content)
    shown = shown_version(list(draft.template.versions.order_by("-number")))
    changes = told_differences(parse_template(shown.content), template) if shown else []
    context = {
        "template": draft.template,
        "name": told(template.name),
        "draft": draft,
        "form": form,
        "changes": changes,
    }
    return render(
        request, "followup/template_publish.html", context, status=UNACCEPTABLE if form.errors else 200
    )


def _published(request: HttpRequest, draft: TemplateVersion, form: PublishForm) -> bool:
    data = form.cleaned_data
    try:
        actions.publish(
            draft=draft, revision=data["revision"], note=data["note"], actor=request.user, at=timezone.now()
        )
    except (actions.StaleDraft, IllegalMove):
        form.add_error(
            None, _("Le brouillon a changé pendant ce temps : relisez, puis ouvrez de nouveau cette page.")
        )
    except actions.NothingNew:
        form.add_error(None, _("Ce brouillon dit la même chose que la version publiée."))
    else:
        return True
    return False


def _saved(request: HttpRequest, draft: TemplateVersion, form: Any, content: Content) -> bool:
    """Save, or say on the form why not."""
    revision = form.cleaned_data["revision"]
    try:
        actions.save_draft(
            draft=draft, content=content, revision=revision, actor=request.user, at=timezone.now()
        )
    except (actions.StaleDraft, IllegalMove):
        form.add_error(
            None, _("Le brouillon a changé pendant ce temps : relisez, puis ouvrez de nouveau cette page.")
        )
    except InvalidTemplate as error:
        for where, what in error.problems:
            form.add_error(None, _("À corriger : %(where)s (%(what)s)") % {"where": where, "what": what})
    else:
        messages.success(request, _("Le brouillon est enregistré."))
        return True
    return False


def _form_page(
    request: HttpRequest, draft: TemplateVersion, form: Any, title: str, **more: Any
) -> HttpResponse:
    name = told(parse_template(draft.content).name)
    context = {"template": draft.template, "draft": draft, "form": form, "title": title, "name": name, **more}
    return render(
        request, "followup/template_form.html", context, status=UNACCEPTABLE if form.errors else 200
    )
