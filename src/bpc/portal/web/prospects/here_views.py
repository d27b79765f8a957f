"""« Que peut-on faire ici ? »: the models that fit a commune, each with its reasons and its objections."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bpc.portal.atlas.country import name_in
from bpc.portal.atlas.fit import GENERATIONS, Fit, fits_of_place, models_with_fit
from bpc.portal.atlas.fit_words import ToldFit, tell
from bpc.portal.blueprints.catalogue import Published
from bpc.portal.foundation.page_cache import kept_for_strangers, same_moment
from bpc.portal.reference.models import Sector
from bpc.portal.reference.places import Place, reference
from bpc.portal.web.atlas.sheet_links import place_link
from bpc.portal.web.prospects.here_query import HereQuery, read_query
from bpc.portal.web.prospects.sentences import best_reason
from bpc.portal.web.prospects.weights_form import PRESETS, address_of

#: So many are shown with their reasons; the others are asked for, and come in a line each: a phone need not carry them.
SHOWN = 8


@dataclass(frozen=True)
class Prospect:
    """A model for a commune as shown. `brief`: in a line; `opened`: its reasons are unfolded."""

    slug: str
    name: str
    sector: Sector
    women: bool
    told: ToldFit
    score: float | None
    reason: str
    opened: bool
    brief: bool
    open_url: str
    adapt_url: str
    where_url: str


@require_safe
@kept_for_strangers(*GENERATIONS)
@same_moment()
def what_here(request: HttpRequest) -> HttpResponse:
    """The question, then the models for the commune, the best first; everything in the address."""
    query = read_query(request.GET)
    if query.place is not None and not request.GET.get("commune"):
        return HttpResponseRedirect(f"{reverse('web:what_here')}?commune={query.place.code}")
    context: dict[str, Any] = {
        "query": query,
        "weights": query.weights,
        "trail": _trail(query.place),
        "here_base": f"{reverse('web:what_here')}?commune=",
    }
    if query.place is not None:
        context |= _place_context(query, query.place)
    partial = bool(request.headers.get("HX-Request")) and not request.headers.get(
        "HX-History-Restore-Request"
    )
    response = render(request, "prospects/_here.html" if partial else "prospects/here.html", context)
    patch_vary_headers(response, ("HX-Request",))
    return response


def _place_context(query: HereQuery, place: Place) -> dict[str, Any]:
    with_fit = set(models_with_fit())
    assessed = tuple(entry.slug for entry in query.models if entry.slug in with_fit)
    fits = fits_of_place(place.code, query.weights.weights, models=assessed)
    entries = {entry.slug: entry for entry in query.models}
    weights = query.weights.weights
    return {
        "place": place,
        "place_link": place_link(place),
        "prospects": [
            _prospect(fit, entries[fit.model], place, query, position)
            for position, fit in enumerate(fits)
            if query.all or position < SHOWN or fit.model == query.opened
        ],
        "count": len(fits),
        "all_url": ""
        if query.all or len(fits) <= SHOWN
        else f"{address_of({**query.kept, 'tous': '1'}, weights)}#tous",
        "first_other": SHOWN,
        "unassessed": [_named(entry) for entry in query.models if entry.slug not in with_fit],
        "presets": [
            {"label": one.label, "url": address_of(query.kept, one.weights), "on": one.weights == weights}
            for one in PRESETS
        ],
        "reset_url": address_of(query.kept, type(weights)()),
    }


def _all_url(query: HereQuery) -> str:
    """The same page with the models that fit less."""
    return f"{address_of({**query.kept, 'tous': '1'}, query.weights.weights)}#tous"


def _prospect(fit: Fit, entry: Published, place: Place, query: HereQuery, position: int) -> Prospect:
    model = entry.model
    weights = query.weights.weights
    asked = fit.model == query.opened
    where = reverse("web:model_where", args=[entry.slug])
    return Prospect(
        slug=entry.slug,
        name=_named(entry)["name"],
        sector=reference().sectors[model.sector],
        women=model.women_led_typical,
        told=tell(fit),
        score=fit.score,
        reason=best_reason(fit),
        opened=asked or (position == 0 and not query.opened),
        brief=position >= SHOWN and not asked,
        open_url=f"{address_of({**query.kept, 'modele': entry.slug}, weights)}#modele-{entry.slug}",
        adapt_url=f"{reverse('web:model', args=[entry.slug])}?commune={place.code}#adapter",
        where_url=f"{where}{address_of({'dans': place.code[:2]}, weights)}",
    )


def _named(entry: Published) -> dict[str, str]:
    model = entry.model
    name = model.name_ar if get_language() == "ar" else model.name_fr
    return {"name": name, "url": reverse("web:model", args=[entry.slug])}


def _trail(place: Place | None) -> list[tuple[str, str | None]]:
    steps: list[tuple[str, str | None]] = [(_("Accueil"), reverse("web:home"))]
    if place is not None:
        name = name_in(place, get_language() or "")
        steps.append((name, reverse("web:territory", args=[place.code])))
    return [*steps, (_("Que peut-on faire ici ?"), None)]
