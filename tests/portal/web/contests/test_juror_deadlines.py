"""A phase closes at the midnight after its last day: everybody is told that day, never the next."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from bpc.portal.contests.calendar import moment_of
from bpc.portal.contests.models import Edition, Juror
from bpc.portal.contests.states import Phase
from bpc.portal.foundation.writing import written_date
from tests.portal.contests.contest_world import make_edition, make_entry, make_juror, make_reading
from tests.portal.web.projects.entering import entered
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def closing_today(column: str, phase: Phase) -> tuple[Edition, Juror, Any]:
    """An edition whose phase ends tonight, with its president signed in, who has one reading to make."""
    user = make_user()
    edition = make_edition(phase)
    Edition.objects.filter(pk=edition.pk).update(**{column: moment_of(column, timezone.localdate())})
    juror = make_juror(edition, user, is_president=True)
    make_reading(juror, make_entry(edition, make_user()), (3, 3, 3, 3) if phase == Phase.DISCUSSION else ())
    return edition, juror, entered(user)


def told(day: date) -> str:
    return f'<time datetime="{day.isoformat()}">{written_date(day)}</time>'


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/fr/mon-espace/jury", "Notation du"),
        ("/fr/mon-espace/jury/{slug}", "À remettre au plus tard le"),
        ("/fr/mon-espace/jury/lectures/{reading}", "À remettre au plus tard le"),
        ("/fr/ideathons/{slug}/tableau", "Notation du"),
    ],
)
def test_marking_is_told_by_its_last_day(address: str, words: str) -> None:
    edition, juror, client = closing_today("marking_until", Phase.MARKING)
    answer = client.get(address.format(slug=edition.slug, reading=juror.readings.get().pk))
    html = answer.content.decode()
    today = timezone.localdate()
    assert answer.status_code == 200
    assert words in html
    assert told(today) in html
    assert "00:00" not in html
    assert written_date(date.fromordinal(today.toordinal() + 1)) not in html


@pytest.mark.parametrize("address", ["/fr/mon-espace/jury/{slug}", "/fr/mon-espace/jury/{slug}/{reference}"])
def test_discussion_is_told_by_its_last_day(address: str) -> None:
    edition, juror, client = closing_today("discussion_until", Phase.DISCUSSION)
    reference = juror.readings.get().entry.reference
    html = client.get(address.format(slug=edition.slug, reference=reference)).content.decode()
    today = timezone.localdate()
    assert told(today) in html
    assert "00:00" not in html
    assert written_date(date.fromordinal(today.toordinal() + 1)) not in html
