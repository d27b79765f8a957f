"""Reading needs and opportunities: the lists with their filters, one of them, its photos and documents."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.foundation.permissions import can, get_visible_or_404, visible
from bpc.portal.ideas.models import GivenFile
from bpc.portal.ideas.references import normalise
from bpc.portal.ideas.visibility import is_author, moderates
from bpc.portal.observations.models import Answer, Confirmation, Evidence, Observation
from bpc.portal.observations.queries import PAGE_SIZE, categories, public_cards, recent_in, whole_observations
from bpc.portal.observations.states import OBSERVATION_MOVES, PUBLIC_STATES
from bpc.portal.observations.timeline import author_timeline, public_timeline
from bpc.portal.people.queries import organisations_of
from bpc.portal.web.ideas.list_views import author_name, list_chips, page_number, serve_file
from bpc.portal.web.observations.answers import answers_shown
from bpc.portal.web.observations.list_forms import FilterForm
from bpc.portal.web.observations.page_words import WORDS


@require_safe
@kept_for_strangers("observations", "reference")
def observations(request: HttpRequest, kind: str) -> HttpResponse:
    """Public ones of a kind: filtered, searched, by pages; everything in the address."""
    form = FilterForm(request.GET, kind=kind)
    wanted = form.wanted(page_number(request))
    page = public_cards(wanted)
    place = form.place(wanted.facets.territory)
    context = {
        "words": WORDS[kind],
        "other": next(words for other, words in WORDS.items() if other != kind),
        "form": form,
        "page": page,
        "turning": Paginator(range(page.last * PAGE_SIZE), PAGE_SIZE).page(page.number),
        "place_name": form.label_of("commune", place.code) if place else "",
        "cut": page.number == page.last and page.total > page.last * PAGE_SIZE,
        "chips": list_chips(request, form),
        "query": wanted.query,
        "new_url": _new_url(kind, place.code if place else ""),
    }
    partial = bool(request.headers.get("HX-Request")) and not request.headers.get(
        "HX-History-Restore-Request"
    )
    name = "observations/_results.html" if partial else "observations/list.html"
    response = render(request, name, context)
    # the same address gives a fragment or a page: going back must not show a bare fragment
    patch_vary_headers(response, ("HX-Request",))
    return response


@require_safe
@kept_for_strangers("observations", "reference", "names", "ideas", "blueprints")
def observation(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """One of them with its evidence, who confirms it, what is answered, what became of it."""
    code = normalise(reference) or reference
    row = get_visible_or_404(request.user, whole_observations(), reference=code)
    if code != reference or row.kind != kind:
        return HttpResponseRedirect(reverse(f"web:{WORDS[row.kind].page}", args=[code]))
    files = list(row.attachments.all())
    person, wrote = request.user, is_author(request.user, row)
    own_view = wrote or moderates(person, row)
    timeline = author_timeline(row) if own_view else public_timeline(row)
    last_said = next((step.reason for step in reversed(timeline) if step.reason), "")
    context = {
        **confirmation_context(request, row),
        "photos": [file for file in files if file.kind == GivenFile.Kind.PHOTO],
        "documents": [file for file in files if file.kind == GivenFile.Kind.DOCUMENT],
        "other_subjects": [subject for code in row.other_categories if (subject := categories().get(code))],
        "author_name": author_name(row),
        "is_public": row.state in PUBLIC_STATES,
        "answers": answers_shown(person, visible(person, Answer).filter(observation=row)),
        "timeline": timeline,
        "asked": last_said if wrote and row.state == "returned" else "",
        "closing_words": last_said if row.state == "closed" else "",
        "near": [card for card in recent_in(kind, row.territory_id, number=4) if card.pk != row.pk][:3],
        "idea_url": _idea_answering(row),
        **_possible_acts(person, row),
    }
    return render(request, "observations/observation.html", context)


@require_safe
def evidence(request: HttpRequest, reference: str, pk: int) -> FileResponse:
    """A photo or a document in full, to whoever sees what it shows."""
    return _serve(request, reference, pk, small=False)


@require_safe
def thumbnail(request: HttpRequest, reference: str, pk: int) -> FileResponse:
    """A photo reduced for a page."""
    return _serve(request, reference, pk, small=True)


def confirmation_context(request: HttpRequest, row: Observation) -> dict[str, Any]:
    """What `_confirm.html` needs. Strangers get a link to sign in and come back, so no form token."""
    person, words = request.user, WORDS[row.kind]
    comes_back = reverse(f"web:{words.page}", args=[row.reference])
    return {
        "observation": row,
        "words": words,
        "may_confirm": can(person, "observations.confirm", row),
        "confirms": bool(
            person.is_authenticated and Confirmation.objects.filter(observation=row, user=person).exists()
        ),
        "sign_in_url": f"{reverse('account_login')}?{urlencode({'next': comes_back})}",
    }


def _possible_acts(person: Any, row: Observation) -> dict[str, bool]:
    """The buttons that the person is shown."""
    reacts = can(person, "observations.react", row)
    return {
        "moderates": moderates(person, row),
        "may_answer": reacts and (moderates(person, row) or organisations_of(person).exists()),
        "may_edit": can(person, "observations.edit", row),
        "may_withdraw": can(person, "observations.withdraw", row)
        and row.state in OBSERVATION_MOVES.named("withdraw").sources,
        "may_close": can(person, "observations.close", row)
        and row.state in OBSERVATION_MOVES.named("close").sources,
    }


def _idea_answering(row: Observation) -> str:
    """The deposit of an idea, with the commune and the need already there."""
    asked = {"besoin": row.reference}
    if row.commune_id is not None:
        asked["commune"] = row.commune_id
    return f"{reverse('web:idea_new')}?{urlencode(asked)}"


def _new_url(kind: str, commune: str) -> str:
    """The form, for the commune that is looked at."""
    of_commune = len(commune) > len("09.541")
    return WORDS[kind].new_url + (f"?{urlencode({'commune': commune})}" if of_commune else "")


def _serve(request: HttpRequest, reference: str, pk: int, *, small: bool) -> FileResponse:
    rows = Evidence.objects.select_related("observation")
    row = get_visible_or_404(request.user, rows, pk=pk, observation__reference=reference)
    return serve_file(row, reference, small=small, public=row.observation.state in PUBLIC_STATES)
