"""Editing a section of a draft: what was typed is kept until all of it is right, then saved at once."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.core.plan.problems import InvalidPlan
from bpc.datasets.project_models import InvalidModel
from bpc.portal.blueprints.actions import save_draft
from bpc.portal.blueprints.contents import hash_content
from bpc.portal.blueprints.models import BlueprintVersion
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.foundation.versions import StaleDraft
from bpc.portal.web.blueprints.choices import choices_for, model_sources
from bpc.portal.web.blueprints.differences import Told, told_differences
from bpc.portal.web.blueprints.indicators import compared
from bpc.portal.web.blueprints.merging import read_section, write_section
from bpc.portal.web.blueprints.reading import blueprint_or_404, draft_of, name_of, shown_version
from bpc.portal.web.blueprints.refusals import plan_sentences, sort_refusals
from bpc.portal.web.blueprints.sections import BY_SLUG, SECTIONS, Section
from bpc.portal.web.boxes.entries import Faults, Typed
from bpc.portal.web.boxes.nodes import Desk, draw, wrong
from bpc.portal.web.boxes.rows import change_rows

_UNACCEPTABLE = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_section(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """One section: its boxes, a row more or less, or the whole of it saved."""
    row, section = blueprint_or_404(request, slug), BY_SLUG.get(part)
    if section is None:
        raise Http404("no section")
    draft = draft_of(row)
    if draft is None:
        messages.warning(request, _("Ce modèle n’a pas de brouillon ouvert."))
        return redirect("web:blueprint", slug)
    if request.method != "POST":
        typed = {**write_section(section, draft.content), "base": _base(section, draft.content)}
        return _page(request, draft, section, typed)
    typed = {name: str(request.POST[name]) for name in request.POST}
    act = typed.pop("act", "")
    if change_rows(act, section.fields, typed):
        return _page(request, draft, section, typed, unsaved=True)
    return _save(request, draft, section, typed)


def _base(section: Section, content: Mapping[str, Any]) -> str:
    """What the section said when the form was opened: changed by another meanwhile, it is told."""
    names = {name for field in section.fields for name in (field, f"{field}_fr", f"{field}_ar")}
    return hash_content({name: value for name, value in content.items() if name in names})


def _save(request: HttpRequest, draft: BlueprintVersion, section: Section, typed: Typed) -> HttpResponse:
    faults: Faults = {}
    content = read_section(section, typed, draft.content, faults)
    if faults:
        return _page(request, draft, section, typed, faults=faults)
    if typed.get("base") != (stored := _base(section, draft.content)):
        conflict = told_differences(draft.content, content, section.fields)
        if conflict:
            return _page(request, draft, section, {**typed, "base": stored}, conflict=conflict)
    try:
        save_draft(
            draft=draft, content=content, revision=draft.revision, actor=request.user, at=timezone.now()
        )
    except InvalidModel as error:
        faults, others = sort_refusals(error.problems, section)
        return _page(request, draft, section, typed, faults=faults, others=others)
    except InvalidPlan as error:
        others = plan_sentences(error.problems, content, get_language() or "fr")
        return _page(request, draft, section, typed, others=others)
    except (StaleDraft, IllegalMove):
        # somebody saved or published in this very moment: the next press meets what is stored now
        others = [_("Une autre personne vient de changer ce brouillon : enregistrez de nouveau.")]
        return _page(request, draft, section, typed, others=others)
    messages.success(request, _("Le brouillon est enregistré."))
    return redirect(request.path)  # the same section again: its results are beside it


def _page(
    request: HttpRequest,
    draft: BlueprintVersion,
    section: Section,
    typed: Typed,
    *,
    faults: Faults | None = None,
    others: list[str] | None = None,
    conflict: list[Told] | None = None,
    unsaved: bool = False,
) -> HttpResponse:
    faults = faults or {}
    desk = Desk(typed, faults, choices_for(draft.content))
    controls = [draw(spec, spec.name, desk) for spec in section.specs()]
    shown = shown_version(draft.blueprint)
    context = {
        "blueprint": draft.blueprint,
        "draft": draft,
        "name": name_of(draft),
        "section": section,
        "sections": SECTIONS,
        "controls": controls,
        "base": typed.get("base", ""),
        "wrong": list(wrong(controls)),
        "others": others or [],
        "conflict": conflict or [],
        "unsaved": unsaved,
        "indicators": compared(shown.headline if shown else None, draft.headline),
        "sources": model_sources() if section.slug == "sources" else {},
    }
    refused = bool(faults or others or conflict)
    return render(request, "blueprints/edit.html", context, status=_UNACCEPTABLE if refused else 200)
