"""Writing a draft without code: a new path, its heading, parts, steps, sources, their order, a former version again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.datasets.path_templates import InvalidTemplate, parse_outline
from bpc.portal.followup import template_actions as actions
from bpc.portal.followup import template_editing as editing
from bpc.portal.followup.contents import Content
from bpc.portal.followup.models import PathTemplate, TemplateVersion
from bpc.portal.followup.words import told
from bpc.portal.foundation.addresses import slug_of
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.foundation.versions import DraftOpen, StaleDraft
from bpc.portal.web.followup.differences import told_differences
from bpc.portal.web.followup.keeping import draft_or_404, template_or_404, version_or_404
from bpc.portal.web.followup.reading import UNACCEPTABLE
from bpc.portal.web.followup.step_form import StepForm
from bpc.portal.web.followup.template_faults import add_faults
from bpc.portal.web.followup.template_forms import (
    HeadingForm,
    NewTemplateForm,
    PartForm,
    PhaseForm,
    SourceForm,
    in_language,
)

_PAGE = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(_PAGE)
def template_new(request: HttpRequest) -> HttpResponse:
    """A path of its own: a first draft without a step yet."""
    posted = request.POST if request.method == "POST" else None
    form = NewTemplateForm(posted)
    if posted is not None and form.is_valid() and (draft := _created(request, form)) is not None:
        messages.success(request, _("Le brouillon est ouvert : ajoutez-lui ses étapes."))
        return redirect("web:path_template", draft.template.slug)
    context = {"form": form, "title": _("Un nouveau modèle de parcours")}
    status = UNACCEPTABLE if form.errors else 200
    return render(request, "followup/template_form.html", context, status=status)


def _created(request: HttpRequest, form: NewTemplateForm) -> TemplateVersion | None:
    content = form.written()
    taken = {"nouveau", *PathTemplate.objects.values_list("slug", flat=True)}  # the page of a new one
    slug = slug_of(content["name"]["fr"], taken, "parcours")
    try:
        return actions.create_template(slug=slug, content=content, actor=request.user, at=timezone.now())
    except InvalidTemplate as error:
        add_faults(form, error, content)
    except actions.SlugTaken:
        form.add_error("name_fr", _("Un parcours de ce nom vient d’être ouvert : choisissez un autre nom."))
    return None


@require_POST
def template_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a draft, or go on with the one that is open."""
    row = template_or_404(request, slug)
    actions.start_draft(template=row, actor=request.user, at=timezone.now())
    return redirect("web:path_template", slug)


@require_POST
def template_take_up(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A draft that says what a former version said."""
    version = version_or_404(template_or_404(request, slug), number)
    try:
        actions.take_up_version(version=version, actor=request.user, at=timezone.now())
    except DraftOpen:
        messages.error(request, _("Un brouillon est ouvert : publiez-le ou abandonnez-le d’abord."))
    else:
        messages.success(
            request, _("Le brouillon reprend cette version : relisez ce qui change, puis publiez.")
        )
    return redirect("web:path_template", slug)


@require_POST
def template_discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw the draft away."""
    draft = draft_or_404(request, slug)
    try:
        actions.discard_draft(draft=draft, actor=request.user, at=timezone.now())
    except IllegalMove:
        messages.error(request, _moved_on(draft))
    else:
        messages.success(request, _("Le brouillon est abandonné."))
    left = PathTemplate.objects.filter(slug=slug).exists()
    return redirect("web:path_template", slug) if left else redirect("web:path_templates")


@never_cache
@require_http_methods(_PAGE)
def template_heading(request: HttpRequest, slug: str) -> HttpResponse:
    """The name, the sentence, the pictogram, the stages."""
    draft = draft_or_404(request, slug)
    form = HeadingForm(draft.content, _posted(request))
    return _edited(request, draft, form, _("Nom et présentation"), form.written)


@never_cache
@require_http_methods(_PAGE)
def template_phase(request: HttpRequest, slug: str, phase: str = "") -> HttpResponse:
    """A part of the path, or a new one."""
    draft = draft_or_404(request, slug)
    try:
        found = (
            editing.phase_in(draft.content, phase) if phase else {"id": editing.new_phase_id(draft.content)}
        )
    except editing.NoSuchPart:
        raise Http404("no such part") from None
    form = PhaseForm(found, _posted(request))
    title = _("Modifier une partie") if phase else _("Ajouter une partie")
    return _edited(request, draft, form, title, lambda: editing.with_phase(draft.content, form.written()))


@never_cache
@require_http_methods(_PAGE)
def template_step(request: HttpRequest, slug: str, step: str = "") -> HttpResponse:
    """One step of the draft, or a new one."""
    draft = draft_or_404(request, slug)
    try:
        found = editing.step_in(draft.content, step) if step else {"id": editing.new_id(draft.content)}
    except editing.NoSuchStep:
        raise Http404("no such step") from None
    form = StepForm(draft.content, found, _posted(request))
    title = _("Modifier une étape") if step else _("Ajouter une étape")
    return _edited(
        request, draft, form, title, lambda: editing.with_step(draft.content, form.written()), own=found["id"]
    )


@never_cache
@require_http_methods(_PAGE)
def template_source(request: HttpRequest, slug: str, key: str = "") -> HttpResponse:
    """A page that was read, which steps may then cite."""
    draft = draft_or_404(request, slug)
    sources = draft.content.get("sources", {})
    if key and key not in sources:
        raise Http404("no such source")
    form = SourceForm(sources.get(key, {}), _posted(request))
    name = key or editing.new_source_key(draft.content)
    title = _("Modifier une source") if key else _("Ajouter une source")
    return _edited(
        request, draft, form, title, lambda: editing.with_source(draft.content, name, form.written())
    )


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _edited(
    request: HttpRequest,
    draft: TemplateVersion,
    form: PartForm,
    title: str,
    written: Callable[[], Content],
    *,
    own: str = "",
) -> HttpResponse:
    """The page of a form; sent and accepted, back to the draft."""
    if form.is_bound and form.is_valid() and _saved(request, draft, form, written(), own):
        messages.success(request, _("Le brouillon est enregistré."))
        return redirect("web:path_template", draft.template.slug)
    context = {
        "template": draft.template, "draft": draft, "form": form, "title": title, "overtaken": form.overtaken,
        "name": told(parse_outline(draft.content).name), "changes": _typed_against(draft, form, written),
    }  # fmt: skip
    status = UNACCEPTABLE if form.errors else 200
    return render(request, "followup/template_form.html", context, status=status)


def _saved(request: HttpRequest, draft: TemplateVersion, form: PartForm, content: Content, own: str) -> bool:
    """Save, or say on the form why not. What others changed elsewhere is in `content` already."""
    try:
        actions.save_draft(
            draft=draft, content=content, revision=draft.revision, actor=request.user, at=timezone.now()
        )
    except (StaleDraft, IllegalMove):
        form.add_error(None, _moved_on(draft))
    except InvalidTemplate as error:
        add_faults(form, error, content, own=own)
    else:
        return True
    return False


def _typed_against(draft: TemplateVersion, form: PartForm, written: Callable[[], Content]) -> list[Any]:
    """What is stored now beside what was typed, where somebody else wrote meanwhile."""
    if not form.overtaken or len(form.errors) > 1:
        return []
    try:
        typed = parse_outline(written())
    except InvalidTemplate:
        return []
    return told_differences(parse_outline(draft.content), typed)


def _moved_on(draft: TemplateVersion) -> str:
    return _("Le brouillon a changé pendant ce temps : relisez-le, puis recommencez.")


@require_POST
def template_step_act(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """Move a step up or down, or take it out of the draft."""
    acts: dict[str, Callable[[Content], Content]] = {
        "up": lambda content: editing.moved_step(content, step, -1),
        "down": lambda content: editing.moved_step(content, step, 1),
        "remove": lambda content: editing.without_step(content, step),
    }
    return _acted(request, slug, acts, "steps-title")


@require_POST
def template_phase_act(request: HttpRequest, slug: str, phase: str) -> HttpResponse:
    """Move a part up or down, or take out one without a step."""
    acts: dict[str, Callable[[Content], Content]] = {
        "up": lambda content: editing.moved_phase(content, phase, -1),
        "down": lambda content: editing.moved_phase(content, phase, 1),
        "remove": lambda content: editing.without_phase(content, phase),
    }
    return _acted(request, slug, acts, "phases-title")


@require_POST
def template_source_act(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Take out a source that no step cites."""
    return _acted(
        request, slug, {"remove": lambda content: editing.without_source(content, key)}, "sources-title"
    )


def _acted(
    request: HttpRequest, slug: str, acts: dict[str, Callable[[Content], Content]], anchor: str
) -> HttpResponse:
    draft = draft_or_404(request, slug)
    act = acts.get(request.POST.get("act", ""))
    back = redirect("web:path_template", slug)
    back["Location"] += f"#{anchor}"
    if act is None:
        return back
    try:
        actions.save_draft(
            draft=draft, content=act(draft.content), revision=_revision(request), actor=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except (editing.NoSuchStep, editing.NoSuchPart):
        raise Http404("not in the draft") from None
    except editing.StillUsed as used:
        messages.error(request, _still_used(draft, used.steps))
    except (StaleDraft, IllegalMove):
        messages.error(request, _moved_on(draft))
    except InvalidTemplate as error:
        messages.error(request, _refused(error))
    return back


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _still_used(draft: TemplateVersion, steps: tuple[str, ...]) -> str:
    titles = ", ".join(in_language(editing.step_in(draft.content, name)["title"]) for name in steps)
    return _("Impossible : des étapes s’en servent encore (%(titles)s).") % {"titles": titles}


def _refused(error: InvalidTemplate) -> str:
    if any(fault.path == ("phases",) for fault in error.faults):
        return _("Impossible : un parcours garde au moins une partie.")
    return _("Impossible : une étape vient toujours après celles qu’elle attend.")
