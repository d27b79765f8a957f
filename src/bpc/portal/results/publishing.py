"""A quarter of results is published once: counted, small figures taken out, then read by everybody as it is."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.results.counting import as_stored, count, last_told
from bpc.portal.results.models import PublishedQuarter, PublishedRow
from bpc.portal.results.names import GENERATION


def last_quarter(today: date) -> date:
    """The first day of the quarter of `today`: what was answered before it counts."""
    return date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)


@transaction.atomic
def publish_quarter(*, at: datetime, is_demo: bool = False) -> PublishedQuarter | None:
    """Publish what was answered before the quarter of `at`, in place of the quarter before; None if nothing changed.

    Run again, or by two machines at once, it publishes a quarter once. Nothing is published while nobody was asked.
    """
    until = last_quarter(timezone.localdate(at))
    if PublishedQuarter.objects.filter(is_demo=is_demo, until__gte=until).exists():
        return None
    told = last_told(timezone.make_aware(datetime.combine(until, time.min)), is_demo=is_demo)
    if not told:
        return None
    quarter, is_new = PublishedQuarter.objects.get_or_create(
        until=until, is_demo=is_demo, defaults={"published_at": at}
    )
    if not is_new:
        return None
    places = gazetteer().by_code
    PublishedRow.objects.bulk_create(
        [
            PublishedRow(
                quarter=quarter, place=row.place, level=places[row.place].level, sector=row.sector,
                answered=row.answered, figures=as_stored(row.figures),
            )
            for row in count(told)
        ],
        batch_size=500,
    )  # fmt: skip
    PublishedQuarter.objects.filter(is_demo=is_demo, until__lt=until).delete()
    record(actor=None, verb="publish results", obj=quarter, at=at, data={"until": until.isoformat()})
    outdate(GENERATION)
    return quarter


@transaction.atomic
def remove_demo_quarters() -> int:
    """Remove what was published of demonstration projects; returns how many quarters."""
    gone = PublishedQuarter.objects.filter(is_demo=True)
    number = gone.count()
    gone.delete()
    outdate(GENERATION)
    return number
