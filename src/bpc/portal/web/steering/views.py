"""What is heard, week by week: the board of those who moderate, and what everybody may read of it."""

import csv
import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.atlas.heard import KINDS, Heard, heard_between, published_between
from bpc.portal.atlas.units import number_text
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.reference.models import Territory
from bpc.portal.web.results.figure_words import regions_table
from bpc.portal.web.steering import board
from bpc.portal.web.steering.forms import ListeningForm, PeriodForm

_CSV_KINDS = {"idea": "idee", "need": "besoin", "opportunity": "opportunite"}


@never_cache
@require_safe
def listening(request: HttpRequest) -> HttpResponse:
    """The board: delegates hear their region, national administrators all."""
    now = timezone.now()
    form, regions, heard = _asked(request)
    chosen = {name: str(value) for name, value in request.GET.items() if name in form.fields and value}
    context: dict[str, Any] = {
        "form": form,
        "regions": regions,
        "period": board.period_words(heard),
        "figures": board.opening(heard, now),
        "charts": board.weekly_charts(heard),
        "rows": board.region_rows(heard, regions, now),
        "subjects": board.subjects(heard),
        "received": heard.total("received"),
        "became": regions_table([region.pk for region in regions]),
        "csv_url": f"{reverse('web:listening_csv')}?{urlencode(chosen)}",
    }
    return render(request, "steering/listening.html", context)


@never_cache
@require_safe
def listening_csv(request: HttpRequest) -> HttpResponse:
    """Every region, kind and week of the board, zeros too; answers are none of an idea's life, so left empty."""
    _form, regions, heard = _asked(request)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["region", "nom_fr", "nom_ar", "semaine", "lundi", "genre", "recus", "publies", "reponses"]
    )
    for region in regions:
        for kind in KINDS:
            received, published, answered = (
                heard.by_week(measure, kind=kind, region=region.pk)
                for measure in ("received", "published", "answered")
            )
            for at, monday in enumerate(heard.period.weeks):
                year, week, _day = monday.isocalendar()
                counts = [received[at], published[at], "" if kind == "idea" else answered[at]]
                name = [region.pk, region.name_fr, region.name_ar]
                writer.writerow([*name, f"{year}-W{week:02}", monday, _CSV_KINDS[kind], *counts])
    answer = HttpResponse(f"\ufeff{text.getvalue()}", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = (
        f'attachment; filename="ecoute-{heard.period.first}-{heard.period.last}.csv"'
    )
    return answer


def _asked(request: HttpRequest) -> tuple[ListeningForm, list[Territory], Heard]:
    form = ListeningForm(request.GET, person=request.user)
    regions = form.regions()
    period = form.period(timezone.localdate())
    return form, regions, heard_between(period, [region.pk for region in regions])


@kept_for_strangers("ideas", "observations", "reference")
@require_safe
def heard_publicly(request: HttpRequest) -> HttpResponse:
    """« Ce que l’on nous dit »: what was published, by region and week."""
    form = PeriodForm(request.GET)
    regions = list(Territory.objects.filter(level=Territory.Level.REGION).order_by("code"))
    heard = published_between(form.period(timezone.localdate()), [region.pk for region in regions])
    rows = [
        {
            "region": region,
            "counts": [
                (name, number_text(heard.total("published", kind=kind, region=region.pk)))
                for kind, name in board.kind_names().items()
            ],
        }
        for region in regions
    ]
    context = {
        "form": form,
        "period": board.period_words(heard),
        "total": heard.total("published"),
        "charts": board.weekly_charts(heard, public=True),
        "rows": rows,
        "names": list(board.kind_names().values()),
    }
    return render(request, "steering/heard.html", context)
