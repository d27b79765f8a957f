"""What became of the projects of a territory, for its sheet: the published figures, one query."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import Place
from bpc.portal.results.counting import LIVING
from bpc.portal.results.public_figures import row_of
from bpc.portal.web.results.figure_words import NAMES, answered_words, interval_words, written_figure

#: The figures a sheet has room for.
_SHOWN = (LIVING, "members", "women", "youth", "jobs_permanent", "turnover_mad", "income_per_member_mad")


def results_section(place: Place) -> dict[str, Any]:
    """What `atlas/_sheet_results.html` needs; `became` is None where no project that started was asked yet."""
    row = row_of(place.code)
    region = "" if place.level == Territory.Level.COUNTRY else place.code[:2]
    url = reverse("web:public_results")
    url = f"{url}?{urlencode({'region': region})}" if region else url
    if row is None:
        return {"became": None, "became_url": url}
    figures = [
        (NAMES[measure], written_figure(measure, row.figures[measure]), interval_words(measure, row.figures[measure]))
        for measure in _SHOWN
    ]  # fmt: skip
    return {
        "became": {
            "answered": answered_words(row),
            "is_hidden": row.answered is None,
            "figures": figures if row.answered else [],
            "last_day": row.last_day,
            "is_demo": row.is_demo,
        },
        "became_url": url,
    }
