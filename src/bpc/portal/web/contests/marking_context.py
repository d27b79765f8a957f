"""What the pages of a juror share: the seat, the reading, the deadline, the edition in the page's words."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from bpc.portal.contests.blind import entry_as_read
from bpc.portal.contests.marking import may_write
from bpc.portal.contests.models import Criterion, Edition, Entry, Juror, Reading
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import EntryState, JurorState, Phase, ReadingState
from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.web.templatetags.components import localname


def seat_or_404(request: HttpRequest, slug: str) -> Juror:
    """The person's accepted seat in the jury of the edition."""
    rows = Juror.objects.select_related("edition")
    return get_visible_or_404(
        request.user, rows, edition__slug=slug, user=request.user, state=JurorState.ACCEPTED
    )


def own_reading_or_404(request: HttpRequest, pk: int) -> Reading:
    """A reading of one's own, of an entry still in the contest."""
    rows = Reading.objects.select_related(
        "juror__edition", "entry__edition", "entry__sector", "entry__commune", "entry__province",
        "entry__region", "entry__organisation",
    )  # fmt: skip
    reading = get_visible_or_404(request.user, rows, pk=pk)
    check(request.user, "contests.mark", reading)
    if reading.entry.state != EntryState.ELIGIBLE:
        raise Http404(f"entry of reading {pk}")
    return reading


def discussed_or_404(request: HttpRequest, slug: str, reference: str) -> Entry:
    """An entry one discusses; its jurors alone know that it may be."""
    rows = Entry.objects.select_related("edition", "sector", "commune", "province", "region", "organisation")
    entry = get_visible_or_404(request.user, rows, edition__slug=slug, reference=reference)
    check(request.user, "contests.discuss", entry)
    if entry.state != EntryState.ELIGIBLE:
        raise Http404(reference)
    return entry


def deadline_of(reading: Reading, edition: Edition) -> datetime:
    """Until when it may be marked: a further reading as long as jurors discuss."""
    return edition.discussion_until if reading.is_extra else edition.marking_until


def reading_context(reading: Reading, *, at: datetime) -> dict[str, Any]:
    """The entry as it may be read, and what may be done with the reading now."""
    edition = reading.juror.edition
    phase = phase_of(edition, at)
    return {
        "reading": reading,
        "edition": edition,
        "entry": entry_as_read(reading.entry, at=at),
        "deadline": deadline_of(reading, edition),
        "writes": may_write(reading, edition, at) and reading.state == ReadingState.ASSIGNED,
        "reopens": phase == Phase.MARKING and reading.state == ReadingState.DONE,
        "discusses": edition.marking_until <= at and reading.state == ReadingState.DONE,
        "amends": phase == Phase.DISCUSSION and reading.state == ReadingState.DONE,
        "crumbs": [
            (_("Mon espace"), reverse("web:my_space")),
            (str(localname(edition)), reverse("web:marking_list", args=[edition.slug])),
            (reading.entry.reference, None),
        ],
    }


def criteria_of(edition: Edition) -> list[Criterion]:
    """In the order of the rules."""
    return list(edition.criteria.all())
