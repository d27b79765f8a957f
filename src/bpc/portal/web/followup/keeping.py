"""The office of those who keep the templates of paths: read, compare, preview, try on a path, publish."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.datasets.path_templates import InvalidTemplate, Outline, parse_outline, parse_template
from bpc.portal.followup import template_actions as actions
from bpc.portal.followup.models import PathTemplate, TemplateVersion
from bpc.portal.followup.standing import Due, DueKind, StandingStep
from bpc.portal.followup.states import StepState, VersionState
from bpc.portal.followup.template_effects import effects_of, tried_paths, try_on
from bpc.portal.followup.words import sentence_of, told
from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.foundation.versions import NothingNew, StaleDraft
from bpc.portal.web.followup.differences import told_differences
from bpc.portal.web.followup.moves import move_words
from bpc.portal.web.followup.reading import UNACCEPTABLE
from bpc.portal.web.followup.step_words import step_words
from bpc.portal.web.followup.template_faults import fault_words
from bpc.portal.web.followup.template_forms import PublishForm
from bpc.portal.web.followup.template_rows import listed_templates, previewed, shown_version

_PAGE = ["GET", "HEAD", "POST"]
MOST_COMPARED = 60  # versions offered to compare, the last ones


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
    template = parse_outline((draft or shown or versions[0]).content)
    changes = told_differences(parse_template(shown.content), template) if draft and shown else []
    context = {
        "template": row, "name": told(template.name), "draft": draft, "shown": shown, "changes": changes,
        "history": list(zip(versions, [*versions[1:], None], strict=True)), "steps": previewed(template),
        "phases": [(one, told(one.title)) for one in template.phases],
        "sources": [(key, told(one.name)) for key, one in template.sources.items()],
        "compared": versions[:MOST_COMPARED],
    }  # fmt: skip
    return render(request, "followup/template.html", context)


@require_safe
@never_cache
def template_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed from one version to another."""
    row = template_or_404(request, slug)
    before, after = (_asked(row, request.GET.get(name, "")) for name in ("de", "a"))
    first, second = parse_outline(before.content), parse_outline(after.content)
    context = {
        "template": row, "name": told(second.name), "before": before, "after": after,
        "changes": told_differences(first, second),
        "compared": list(row.versions.defer("content").order_by("-number")[:MOST_COMPARED]),
    }  # fmt: skip
    return render(request, "followup/template_compare.html", context)


def _asked(row: PathTemplate, text: str) -> TemplateVersion:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Http404("no number")
    return version_or_404(row, int(text))


def version_or_404(row: PathTemplate, number: int) -> TemplateVersion:
    """A version of the template by its number."""
    found = row.versions.filter(number=number).select_related("template").first()
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
    template = parse_outline(version.content)
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


@never_cache
@require_http_methods(_PAGE)
def template_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """What changes, then the note and the will to publish."""
    draft = draft_or_404(request, slug)
    posted = request.POST if request.method == "POST" else None
    form = PublishForm(posted, initial={"revision": draft.revision})
    if posted is not None and form.is_valid() and _done(request, draft, form):
        messages.success(request, _("La nouvelle version est publiée."))
        return redirect("web:path_template", slug)
    context = {"form": form, "draft": draft, **_summary(draft)}
    status = UNACCEPTABLE if form.errors else 200
    return render(request, "followup/template_publish.html", context, status=status)


def _summary(draft: TemplateVersion) -> dict[str, Any]:
    """What publishing the draft changes: in the text, and for the projects that follow the path."""
    after, before = parse_outline(draft.content), _published(draft.template)
    effects = effects_of(draft.template, before, after)
    return {
        "template": draft.template,
        "name": told(after.name),
        "changes": told_differences(before, after) if before is not None else [],
        "before": before,
        "effects": effects,
        "added": [told(step.title) for step in effects.added],
        "dropped": [told(step.title) for step in effects.dropped],
    }


def _published(template: PathTemplate) -> Any:
    """What the published version says; None before the first."""
    row = template.versions.filter(state=VersionState.PUBLISHED).first()
    return parse_template(row.content) if row is not None else None


@never_cache
@require_safe
def template_trial(request: HttpRequest, slug: str) -> HttpResponse:
    """What the draft would change on one real path, without the name of its group."""
    draft, today = draft_or_404(request, slug), timezone.localdate()
    outline: Outline = parse_outline(draft.content)
    tried = tried_paths(draft.template, today)
    chosen = request.GET.get("parcours", "")
    pk = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else 0
    found = try_on(tried, pk or (tried[0].path.pk if tried else 0), outline, today)
    if pk and found is None:
        raise Http404("no such path to try")
    context = {
        "template": draft.template, "name": told(outline.name), "draft": draft, "tried": tried,
        "chosen": pk or (tried[0].path.pk if tried else 0), "move": move_words(found, today) if found else None,
    }  # fmt: skip
    return render(request, "followup/template_trial.html", context)


def _done(request: HttpRequest, draft: TemplateVersion, form: PublishForm) -> bool:
    data = form.cleaned_data
    try:
        actions.publish(
            draft=draft, revision=data["revision"], note=data["note"], actor=request.user, at=timezone.now()
        )
    except (StaleDraft, IllegalMove):
        form.add_error(
            None, _("Le brouillon a changé pendant ce temps : relisez, puis ouvrez de nouveau cette page.")
        )
    except InvalidTemplate as error:
        for fault in error.faults:
            form.add_error(None, fault_words(fault))
    except NothingNew:
        form.add_error(None, _("Ce brouillon dit la même chose que la version publiée."))
    else:
        return True
    return False
