"""The clerk's desk: one paper form after the other, without leaving the keyboard."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bpc.portal.gatherings.models import Gathering, PaperSlip
from bpc.portal.gatherings.room.slips import AlreadyEntered, enter_slip
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.references import normalise
from bpc.portal.web.gatherings.room_entry_form import KEPT, EntryForm
from bpc.portal.web.gatherings.room_page import communes_of, place_of
from bpc.portal.web.gatherings.room_views import room_of


@never_cache
def entry(request: HttpRequest, key: str) -> HttpResponse:
    """The form; after one is kept, the next is open, its first field under the cursor."""
    gathering = room_of(request, key)
    if request.method == "POST":
        form = EntryForm(request.POST, gathering=gathering)
        if form.is_valid() and (idea := _entered(form, request.user)) is not None:
            kept = {
                "commune_name": form.cleaned_data["commune_name"],
                "commune": idea.commune_id,
                "sector": idea.sector_id,
            }
            return redirect(f"{request.path}?{urlencode({'gardee': idea.reference, **kept})}")
    else:
        form = EntryForm(
            gathering=gathering, initial={name: request.GET[name] for name in KEPT if request.GET.get(name)}
        )
    return render(
        request,
        "gatherings/room_entry.html",
        _context(request, gathering, form),
        status=422 if form.errors else 200,
    )


def _entered(form: EntryForm, person: Any) -> Idea | None:
    """The idea made of the form; None, said beside the code, when that paper was typed in before."""
    assert form.slip is not None
    data = form.cleaned_data
    try:
        return enter_slip(
            slip=form.slip, content=form.content(), hands=data["hands"], submission_key=data["submission_key"],
            actor=person, at=timezone.now(),
        )  # fmt: skip
    except AlreadyEntered as known:
        title = known.slip.idea.title if known.slip.idea is not None else known.slip.code
        form.add_error("code", _("Ce formulaire est déjà saisi : « %(title)s ».") % {"title": title})
        return None


def _context(request: HttpRequest, gathering: Gathering, form: EntryForm) -> dict[str, Any]:
    slips = PaperSlip.objects.filter(gathering=gathering)
    kept = normalise(request.GET.get("gardee", ""))
    return {
        "gathering": gathering,
        "place": place_of(gathering),
        "form": form,
        "communes": communes_of(gathering),
        "last": slips.select_related("idea").filter(code=kept).exclude(idea=None).first() if kept else None,
        "entered": slips.exclude(entered_at=None).count(),
        "printed": slips.count(),
    }
