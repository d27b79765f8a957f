"""Reading ideas: the list with its filters, one idea, its photos and documents."""

from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.foundation.permissions import can, can_see, get_visible_or_404
from bpc.portal.gatherings.room.codes import said_in
from bpc.portal.gatherings.themes import public_themes
from bpc.portal.ideas.models import Attachment, GivenFile
from bpc.portal.ideas.queries import PAGE_SIZE, list_ideas, recent_in, whole_ideas
from bpc.portal.ideas.references import normalise
from bpc.portal.ideas.states import IDEA_MOVES
from bpc.portal.ideas.visibility import PUBLIC_STATES
from bpc.portal.projects.queries import projects_of_author
from bpc.portal.web.contests.entry_of_idea import contests_of_idea
from bpc.portal.web.ideas.list_forms import Chip, FilterForm
from bpc.portal.web.ideas.reactions_context import reactions_context

_FILE_LIFETIME = 3600  # seconds a browser keeps a public photo


@require_safe
@kept_for_strangers("ideas", "reference")
def ideas(request: HttpRequest) -> HttpResponse:
    """Published ideas: filtered, sorted, searched, by pages; everything in the address."""
    form = FilterForm(request.GET)
    wanted = form.wanted(page_number(request))
    page = list_ideas(wanted)
    place = form.place(wanted.facets.territory)
    context = {
        "form": form,
        "page": page,
        "turning": Paginator(range(page.last * PAGE_SIZE), PAGE_SIZE).page(page.number),
        "place": place,
        "place_name": form.label_of("commune", place.code) if place else "",
        "cut": page.number == page.last and page.total > page.last * PAGE_SIZE,
        "chips": list_chips(request, form),
        "query": wanted.query,
        # of a whole region, on its first page
        "themes": public_themes(region=place.code)
        if place and place.level == "region" and page.number == 1
        else [],
    }
    partial = bool(request.headers.get("HX-Request")) and not request.headers.get(
        "HX-History-Restore-Request"
    )
    response = render(request, "ideas/_results.html" if partial else "ideas/ideas.html", context)
    # the same address gives a fragment or a page: going back must not show a bare fragment
    patch_vary_headers(response, ("HX-Request",))
    return response


@require_safe
@kept_for_strangers("ideas", "reference", "names", "contests")
def idea(request: HttpRequest, reference: str) -> HttpResponse:
    """One idea with its photos, the support it has, what is said of it, what became of it."""
    code = normalise(reference) or reference
    row = get_visible_or_404(request.user, whole_ideas(), reference=code)
    if code != reference:
        return HttpResponseRedirect(reverse("web:idea", args=[code]))
    attachments = list(row.attachments.all())
    context = {
        **reactions_context(request, row),
        **contests_of_idea(request.user, row),
        "photos": [file for file in attachments if file.kind == Attachment.Kind.PHOTO],
        "documents": [file for file in attachments if file.kind == Attachment.Kind.DOCUMENT],
        "near": [other for other in recent_in(row.commune_id, number=4) if other.pk != row.pk][:3],
        "author_name": author_name(row),
        "is_public": row.state in PUBLIC_STATES,
        "said_in": said_in(row),
        "may_edit": can(request.user, "ideas.edit", row),
        "may_withdraw": can(request.user, "ideas.withdraw", row)
        and row.state in IDEA_MOVES.named("withdraw").sources,
        "may_begin": can(request.user, "projects.start_from_idea", row),
        "own_projects": projects_of_author(request.user, row),
        "target": row.merged_into if row.merged_into and can_see(request.user, row.merged_into) else None,
    }
    return render(request, "ideas/idea.html", context)


@require_safe
def attachment(request: HttpRequest, reference: str, pk: int) -> FileResponse:
    """A photo or a document in full, to whoever sees its idea."""
    return _serve(request, reference, pk, small=False)


@require_safe
def thumbnail(request: HttpRequest, reference: str, pk: int) -> FileResponse:
    """A photo reduced for a page."""
    return _serve(request, reference, pk, small=True)


def _serve(request: HttpRequest, reference: str, pk: int, *, small: bool) -> FileResponse:
    rows = Attachment.objects.select_related("idea")
    row = get_visible_or_404(request.user, rows, pk=pk, idea__reference=reference)
    return serve_file(row, reference, small=small, public=row.idea.state in PUBLIC_STATES)


def serve_file(row: GivenFile, reference: str, *, small: bool, public: bool) -> FileResponse:
    """A file whose right was checked: a photo shown, a document downloaded, neither able to run anything."""
    stored = row.thumbnail if small and row.thumbnail else row.file
    try:
        content = stored.open("rb")
    except FileNotFoundError:
        raise Http404("the file is gone") from None
    is_photo = row.kind == GivenFile.Kind.PHOTO
    name = row.original_name if not is_photo else f"{reference}-{row.position + 1}.jpg"
    response = FileResponse(
        content, content_type=row.content_type, as_attachment=not is_photo, filename=Path(name).name
    )
    response["Cache-Control"] = f"public, max-age={_FILE_LIFETIME}" if public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def author_name(row: Any) -> str:
    """The author's name, for those who asked to have it shown."""
    if not row.show_author:
        return ""
    return str(row.author.display_name if row.author is not None else row.contact_name)


def page_number(request: HttpRequest) -> int:
    """The page asked for in the address, 1 for anything that is no number."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def list_chips(request: HttpRequest, form: Any) -> list[Chip]:
    """The filters that are on; taking the region off takes its province and commune off."""
    inner = {"region": ("province", "commune"), "province": ("commune",)}
    chips = []
    for name in form.fields:
        value = form.cleaned_data.get(name)
        if not value or name in {"q", "sort"}:
            continue
        kept = request.GET.copy()
        for gone in (name, "page", *inner.get(name, ())):
            kept.pop(gone, None)
        label = form.label_of(name, str(value))
        if label:
            chips.append(Chip(label, f"?{kept.urlencode()}"))
    return chips
