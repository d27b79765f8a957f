"""The list of models with their states, one with its history, two versions side by side."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.blueprints.models import Blueprint, BlueprintVersion
from bpc.portal.blueprints.states import VersionOrigin, VersionState
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.permissions import get_visible_or_404, visible
from bpc.portal.web.blueprints.differences import told_differences
from bpc.portal.web.blueprints.indicators import compared
from bpc.portal.web.blueprints.sections import SECTIONS


@dataclass(frozen=True)
class Row:
    """A model in the list: the version shown of it, and whether a draft is open."""

    slug: str
    name: str
    shown: BlueprintVersion
    draft: BlueprintVersion | None


@dataclass(frozen=True)
class Past:
    """A version in the history, the number of the one before (0: none), and why it was retired where it was."""

    version: BlueprintVersion
    before: int
    retired_for: str


def blueprint_or_404(request: HttpRequest, slug: str) -> Blueprint:
    """The model, for those who keep them."""
    return get_visible_or_404(request.user, Blueprint, slug=slug)


def draft_of(blueprint: Blueprint) -> BlueprintVersion | None:
    """Its open draft."""
    return blueprint.versions.filter(state=VersionState.DRAFT).select_related("blueprint").first()


def shown_version(blueprint: Blueprint) -> BlueprintVersion | None:
    """What the public reads, or read until it was retired; None before the first publication."""
    shown = (VersionState.PUBLISHED, VersionState.RETIRED)
    return blueprint.versions.filter(state__in=shown).order_by("-number").first()


def name_of(version: BlueprintVersion) -> str:
    """The name of the model in the page's language, as this version says it."""
    return str(version.content[f"name_{'ar' if get_language() == 'ar' else 'fr'}"])


@never_cache
@require_safe
def blueprints(request: HttpRequest) -> HttpResponse:
    """Every model, those with a draft first."""
    versions: dict[str, list[BlueprintVersion]] = {}
    rows = visible(request.user, BlueprintVersion).exclude(state=VersionState.SUPERSEDED)
    for version in rows.select_related("blueprint").order_by("blueprint__slug", "number"):
        versions.setdefault(version.blueprint.slug, []).append(version)
    listed = [_row(slug, those) for slug, those in versions.items()]
    listed.sort(key=lambda row: (row.draft is None, row.name))
    return render(request, "blueprints/blueprints.html", {"rows": listed})


def _row(slug: str, versions: list[BlueprintVersion]) -> Row:
    draft = next((one for one in versions if one.state == VersionState.DRAFT), None)
    shown = next((one for one in versions if one.state != VersionState.DRAFT), versions[-1])
    return Row(slug, name_of(shown), shown, draft)


@never_cache
@require_safe
def blueprint(request: HttpRequest, slug: str) -> HttpResponse:
    """Where it stands, what its draft would change, who did what when."""
    row = blueprint_or_404(request, slug)
    versions = list(row.versions.select_related("made_by", "published_by").order_by("-number"))
    draft, shown = draft_of(row), shown_version(row)
    context = {
        "blueprint": row,
        "name": name_of(shown or versions[0]),
        "draft": draft,
        "waiting_file": draft is not None and draft.origin == VersionOrigin.FILE,
        "shown": shown,
        "indicators": compared(shown.headline if shown else None, (draft or versions[0]).headline),
        "changes": told_differences(shown.content, draft.content) if draft and shown else [],
        "sections": SECTIONS,
        "history": _history(versions),
        "retired": row.retired_at is not None,
    }
    return render(request, "blueprints/blueprint.html", context)


def _history(versions: list[BlueprintVersion]) -> list[Past]:
    """Newest first, as given."""
    before = [one.number for one in versions[1:]] + [0]
    return [Past(one, number, _reason(one)) for one, number in zip(versions, before, strict=True)]


def _reason(version: BlueprintVersion) -> str:
    if version.state != VersionState.RETIRED:
        return ""
    entry = trail_of(version).filter(verb="retire").last()
    return entry.reason if entry is not None else ""


@never_cache
@require_safe
def compare_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed from one version to another."""
    row = blueprint_or_404(request, slug)
    before, after = (_version(row, request.GET.get(name, "")) for name in ("de", "a"))
    context: dict[str, Any] = {
        "blueprint": row,
        "name": name_of(after),
        "before": before,
        "after": after,
        "versions": row.versions.order_by("number"),
        "changes": told_differences(before.content, after.content),
        "indicators": compared(before.headline, after.headline),
    }
    return render(request, "blueprints/compare.html", context)


def _version(row: Blueprint, text: str) -> BlueprintVersion:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Http404("no number")
    found = row.versions.filter(number=int(text)).first()
    if found is None:
        raise Http404("no version")
    return found
