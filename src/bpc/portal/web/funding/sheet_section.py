"""The money that may be asked for, on the sheet of a place and on that of a model: the nearest, and how many."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language

from bpc.datasets.funding_sources import FundingSource
from bpc.portal.funding.calendar import next_window
from bpc.portal.funding.nearby import open_in
from bpc.portal.web.funding.when import Deadline, deadline_of
from bpc.portal.web.funding.words import KINDS, KindWords

SHOWN = 4


@dataclass(frozen=True)
class Near:
    """A source in one line."""

    name: str
    url: str
    kind: KindWords
    deadline: Deadline


def funding_section(place: str, sector: str | None = None) -> dict[str, Any]:
    """The nearest sources not known to be closed, and the list of all of them. `place`: a code, MA for the country."""
    code = "" if place == "MA" else place
    found = open_in(code, sector)
    asked = {"region": code[:2], "province": code[:6] if len(code) > 2 else "", "secteur": sector or ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    url = reverse("web:funding")
    return {
        "money": [_near(one) for one in found[:SHOWN]],
        "money_count": len(found),
        "money_url": f"{url}?{query}" if query else url,
    }


def _near(source: FundingSource) -> Near:
    today = timezone.localdate()
    return Near(
        name=source.name.in_language(get_language() or "fr"),
        url=reverse("web:funding_source", args=[source.id]),
        kind=KINDS[source.kind],
        deadline=deadline_of(next_window(source, today), today),
    )
