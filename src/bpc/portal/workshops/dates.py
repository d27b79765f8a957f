"""Sessions as dates of a calendar: one entry for each day."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.portal.foundation.calendar_files import Entry
from bpc.portal.people.notices import full_address
from bpc.portal.seats.states import RegistrationState
from bpc.portal.workshops.courses import Names, course_names, said
from bpc.portal.workshops.models import Workshop
from bpc.portal.workshops.states import WorkshopState
from bpc.portal.workshops.visibility import running_of, workshops_held_by

_DOMAIN = "banque-projets"
_MONTH = timedelta(days=31)
MOST = 100  # sessions in one calendar


def entries_of(workshops: Iterable[Workshop], *, at: datetime) -> list[Entry]:
    """The days of these sessions in the language of the page, places and days read with them."""
    rows = list(workshops)
    names = course_names({row.course_id for row in rows})
    return [entry for row in rows for entry in _entries(row, names[row.course_id], at)]


def own_entries(person: Any, *, at: datetime) -> list[Entry]:
    """The sessions one follows or teaches, of the last month and to come: three queries."""
    mine = running_of(person).filter(state=RegistrationState.REGISTERED).values("workshop")
    taught = workshops_held_by(person).filter(trainers__user=person, announced_at__isnull=False).values("pk")
    rows = Workshop.objects.filter(ends_at__gt=at - _MONTH)
    rows = (rows.filter(pk__in=mine) | rows.filter(pk__in=taught)).select_related("commune")
    return entries_of(rows.prefetch_related("days").order_by("starts_at", "pk")[:MOST], at=at)


def _entries(workshop: Workshop, names: Names, at: datetime) -> Iterator[Entry]:
    address = full_address(reverse("web:workshop", args=[workshop.reference]))
    summary = _("Formation : %(course)s") % {"course": said(names, get_language() or "fr")}
    where = (workshop.place, workshop.address, workshop.commune.name)
    for day in workshop.days.all():
        yield Entry(
            uid=f"seance-{workshop.reference}-{day.pk}@{_DOMAIN}", sequence=workshop.revision, stamp=at,
            starts=day.starts_at, ends=day.ends_at,
            summary=_("%(title)s (démonstration)") % {"title": summary} if workshop.is_demo else summary,
            location=", ".join(part for part in where if part), description=address, url=address,
            cancelled=workshop.state == WorkshopState.CANCELLED,
        )  # fmt: skip
