"""What becomes of projects, for everybody: figures counted together, and the cards of those that agreed."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.foundation.writing import written_amount, written_number
from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.reference.places import reference
from bpc.portal.results.names import GENERATION
from bpc.portal.results.public_figures import AMOUNTS, MEASURES, SILENT, Figure, Row, public_figures
from bpc.portal.results.queries import alumni_cards
from bpc.portal.web.templatetags.components import localname

CARDS = 12  # a page
NAMES: dict[str, Any] = {
    "living": gettext_lazy("Vivent encore"),
    "members": gettext_lazy("Membres"),
    "women": gettext_lazy("Femmes"),
    "youth": gettext_lazy("Moins de 35 ans"),
    "jobs_permanent": gettext_lazy("Emplois toute l’année"),
    "jobs_seasonal": gettext_lazy("Emplois de saison"),
    "turnover_mad": gettext_lazy("Ventes d’un an, au milieu"),
    "income_per_member_mad": gettext_lazy("Revenu d’un an par membre, au milieu"),
    SILENT: gettext_lazy("Projets sans réponse"),
}


@kept_for_strangers(GENERATION, "reference")
@require_safe
def public_results(request: HttpRequest) -> HttpResponse:
    """The figures by region and by sector, with what is not known; then the cards."""
    found = public_figures(timezone.now())
    places, sectors = gazetteer().by_code, reference().sectors
    context = {
        "until": found.until - timedelta(days=1),
        "answered": _count(found.whole),
        "whole": [(name, written_figure(measure, found.whole.figures[measure])) for measure, name in NAMES.items()],
        "tables": [
            _table(_("Région par région"), _("Chiffres de chaque région"), _("Région"), found.regions, places),
            _table(_("Secteur par secteur"), _("Chiffres de chaque secteur"), _("Secteur"), found.sectors, sectors),
        ],
        "has_figures": bool(found.whole.answered),
        "page": Paginator(alumni_cards(), CARDS).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "results/public.html", context)


def written_figure(measure: str, figure: Figure) -> str:
    """A figure as written: hidden and unknown are two things, and neither is zero."""
    if figure.hidden:
        return _("caché")
    return written_amount(figure.value) if measure in AMOUNTS else written_number(figure.value)


def _count(row: Row) -> str:
    return _("moins de cinq") if row.answered is None else written_number(row.answered)


def _table(
    title: str, caption: str, first: str, rows: Sequence[Row], named: Mapping[str, Any]
) -> dict[str, Any]:
    """A table that becomes cards on a phone."""
    heads = [_("Projets qui ont répondu"), *NAMES.values()]
    return {
        "title": title,
        "caption": caption,
        "columns": [{"label": first}, *({"label": head, "numeric": True} for head in heads)],
        "rows": [_shown(row, localname(named[row.code])) for row in rows],
    }


def _shown(row: Row, name: str) -> list[str]:
    answered = _("caché") if row.answered is None else written_number(row.answered)
    return [name, answered, *(written_figure(measure, row.figures[measure]) for measure in NAMES)]


@require_safe
def public_results_csv(request: HttpRequest) -> HttpResponse:
    """The same figures, a line each; `hidden` says that an empty value comes from too few, else it is not known."""
    found = public_figures(timezone.now())
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["until", "by", "code", "projects_answered", "measure", "value", "projects", "hidden"])
    groups = (("country", (found.whole,)), ("region", found.regions), ("sector", found.sectors))
    for kind, rows in groups:
        for row in rows:
            for measure in MEASURES:
                figure = row.figures[measure]
                writer.writerow(
                    [
                        found.until - timedelta(days=1), kind, row.code, _empty(row.answered), measure,
                        _empty(figure.value), _empty(figure.projects), "yes" if figure.hidden else "no",
                    ]
                )  # fmt: skip
    answer = HttpResponse(f"\ufeff{text.getvalue()}", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="resultats-{found.until}.csv"'
    return answer


def _empty(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) and value < 1e6 else str(value)
