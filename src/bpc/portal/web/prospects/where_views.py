"""« Où faire cela ? »: the map and the ranked communes of one model, or of a sector by its best model."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bpc.portal.atlas.country import country, name_in
from bpc.portal.atlas.fit import (
    GENERATIONS,
    PARTS,
    Fit,
    Weights,
    models_with_fit,
    places_for_model,
    places_for_sector,
)
from bpc.portal.atlas.fit_words import ToldFit, tell
from bpc.portal.blueprints.catalogue import Published, catalogue
from bpc.portal.foundation.page_cache import kept_for_strangers, same_moment
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import reference
from bpc.portal.web.prospects.fit_map import NATION, FitView, map_context
from bpc.portal.web.prospects.scores import commune_scores
from bpc.portal.web.prospects.sentences import best_reason
from bpc.portal.web.prospects.weights_form import PRESETS, WeightsForm, address_of

RANKED = 10


@dataclass(frozen=True)
class Subject:
    """What is asked where to do: a model, or a sector. `slugs`: the models with a fit that answer."""

    kind: str
    code: str
    name: str
    entries: dict[str, Published]
    slugs: tuple[str, ...]

    @property
    def url(self) -> str:
        """The address of its page."""
        return reverse(f"web:{self.kind}_where", args=[self.code])

    def ranked(self, weights: Weights, within: str, limit: int | None) -> list[Fit]:
        """The communes of a territory, the best first."""
        if not self.slugs:
            return []
        if self.kind == "model":
            return places_for_model(self.code, weights, within=within, limit=limit)
        return places_for_sector(self.code, weights, within=within, limit=limit)


@dataclass(frozen=True)
class RankedPlace:
    """A commune of the ranked list, with its reasons."""

    name: str
    province: str
    url: str
    here_url: str
    model: str
    told: ToldFit
    objections: tuple[str, ...]
    score: float | None
    reason: str


@require_safe
@kept_for_strangers(*GENERATIONS)
@same_moment()
def model_where(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a model could be done."""
    return _page(request, _model_subject(slug))


@require_safe
@kept_for_strangers(*GENERATIONS)
@same_moment()
def sector_where(request: HttpRequest, code: str) -> HttpResponse:
    """Where something could be done in a sector: each commune by the model of the sector that suits it best."""
    return _page(request, _sector_subject(code))


@require_safe
@kept_for_strangers(*GENERATIONS)
@same_moment()
def model_where_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The scores of a model in every commune, with their parts."""
    return _table(request, _model_subject(slug))


@require_safe
@kept_for_strangers(*GENERATIONS)
@same_moment()
def sector_where_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The scores of a sector in every commune, with their parts."""
    return _table(request, _sector_subject(code))


def _model_subject(slug: str) -> Subject:
    entry = catalogue().get(slug)
    if entry is None:
        raise Http404(_("Aucun modèle publié ne porte ce nom."))
    return Subject("model", slug, _name(entry), {slug: entry}, tuple({slug} & set(models_with_fit())))


def _sector_subject(code: str) -> Subject:
    sector = reference().sectors.get(code)
    if sector is None:
        raise Http404(_("Aucun secteur ne porte ce code."))
    entries = {slug: entry for slug, entry in catalogue().items() if entry.model.sector == code}
    with_fit = set(models_with_fit())
    return Subject("sector", code, sector.name, entries, tuple(slug for slug in entries if slug in with_fit))


def _page(request: HttpRequest, subject: Subject) -> HttpResponse:
    form, within = WeightsForm(request.GET), _within(request)
    context: dict[str, Any] = {
        "subject": subject,
        "weights": form,
        "within": within,
        "regions": _regions(within),
        "trail": _trail(subject),
        **_presets(form.weights, within),
    }
    if subject.kind == "model":
        sector = reference().sectors[subject.entries[subject.code].model.sector]
        context |= {"sector_name": sector.name, "sector_url": reverse("web:sector_where", args=[sector.code])}
    if subject.slugs:
        context |= _scored(subject, form.weights, within)
    partial = bool(request.headers.get("HX-Request")) and not request.headers.get(
        "HX-History-Restore-Request"
    )
    response = render(request, "prospects/_where.html" if partial else "prospects/where.html", context)
    patch_vary_headers(response, ("HX-Request",))
    return response


def _scored(subject: Subject, weights: Weights, within: str) -> dict[str, Any]:
    names = {slug: _name(subject.entries[slug]) for slug in subject.slugs}
    view = FitView(
        within,
        commune_scores(subject.slugs, weights),
        names,
        lambda code: f"{subject.url}{address_of({'dans': code}, weights)}",
    )
    query = address_of({} if within == NATION else {"dans": within}, weights)
    fits = [(fit, tell(fit)) for fit in subject.ranked(weights, within, RANKED)]
    shared = _shared([told.objections for _, told in fits])
    return {
        **map_context(view),
        "label": subject.name,
        "shared_objections": shared,
        "ranked": [_ranked(fit, told, names, weights, shared) for fit, told in fits],
        "csv_url": f"{reverse(f'web:{subject.kind}_where_csv', args=[subject.code])}{query}",
        "nation_url": f"{subject.url}{address_of({}, weights)}",
    }


def _shared(said: list[tuple[str, ...]]) -> tuple[str, ...]:
    """What is objected to each of several communes alike: told once, above them."""
    if len(said) < 2:
        return ()
    return tuple(text for text in said[0] if all(text in other for other in said[1:]))


def _ranked(
    fit: Fit, told: ToldFit, names: dict[str, str], weights: Weights, shared: tuple[str, ...]
) -> RankedPlace:
    known, language = country(), get_language() or ""
    place = known.places[fit.place]
    here = address_of({"commune": fit.place, "modele": fit.model}, weights)
    return RankedPlace(
        name=name_in(place, language),
        province=name_in(known.places[place.parent], language),
        url=reverse("web:territory", args=[fit.place]),
        here_url=f"{reverse('web:what_here')}{here}#modele-{fit.model}",
        model=names[fit.model] if len(names) > 1 else "",
        told=told,
        objections=tuple(text for text in told.objections if text not in shared),
        score=fit.score,
        reason=best_reason(fit),
    )


def _table(request: HttpRequest, subject: Subject) -> HttpResponse:
    form, within = WeightsForm(request.GET), _within(request)
    places = reference().places
    buffer = io.StringIO()
    buffer.write("\ufeff")  # or spreadsheets take Arabic for something else
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(["commune", "name_fr", "name_ar", "model", "score", "low", "high", "coverage", *PARTS])
    for fit in subject.ranked(form.weights, within, None):
        place = places[fit.place]
        figures = (fit.score, fit.low, fit.high, fit.coverage, *(part.score for part in fit.parts))
        cells = ("" if value is None else value for value in figures)
        writer.writerow([fit.place, place.name_fr, place.name_ar, fit.model, *cells])
    headers = {"Content-Disposition": f'attachment; filename="ou-{subject.code}-{within}.csv"'}
    return HttpResponse(buffer.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _within(request: HttpRequest) -> str:
    """The region asked for; the country for anything else."""
    place = reference().places.get(request.GET.get("dans", ""))
    return place.code if place is not None and place.level == Territory.Level.REGION else NATION


def _regions(within: str) -> list[dict[str, Any]]:
    language = get_language() or ""
    places = reference().at(Territory.Level.REGION)
    rows = [
        {"code": one.code, "name": name_in(one, language), "on": one.code == within}
        for one in sorted(places, key=lambda place: place.code)
    ]
    return [{"code": "", "name": _("Tout le pays"), "on": within == NATION}, *rows]


def _presets(weights: Weights, within: str) -> dict[str, Any]:
    kept = {} if within == NATION else {"dans": within}
    presets = [
        {"label": one.label, "url": address_of(kept, one.weights), "on": one.weights == weights}
        for one in PRESETS
    ]
    return {"presets": presets, "reset_url": address_of(kept, Weights())}


def _trail(subject: Subject) -> list[tuple[str, str | None]]:
    above: list[tuple[str, str | None]] = [(_("Modèles de projets"), reverse("web:models"))]
    if subject.kind == "model":
        above.append((subject.name, reverse("web:model", args=[subject.code])))
    else:
        above.append((subject.name, f"{reverse('web:models')}?secteur={subject.code}"))
    return [*above, (_("Où faire cela ?"), None)]


def _name(entry: Published) -> str:
    return entry.model.name_ar if get_language() == "ar" else entry.model.name_fr
