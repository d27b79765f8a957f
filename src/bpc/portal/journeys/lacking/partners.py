"""The courses of partners that say they answer what a project lacks, but those that a person has finished."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bpc.core.learning.gaps import Offer, advise
from bpc.portal.journeys.lacking.seen import SeenLack, lacks, reasons_told
from bpc.portal.partner_courses.models import PartnerCourse
from bpc.portal.partner_courses.queries import courses_that_answer

MOST_ADVISED = 3


@dataclass(frozen=True, slots=True)
class PartnerAdvice:
    """A course given elsewhere, and what was seen that it answers, the heaviest first."""

    course: PartnerCourse
    reasons: tuple[SeenLack, ...]


def advise_partner_courses(seen: Sequence[SeenLack], person: Any) -> tuple[PartnerAdvice, ...]:
    """The fewest that answer the most, as for our lessons; one query, none where nothing is lacking."""
    if not seen:
        return ()
    rows = {str(one.pk): one for one in courses_that_answer(person)}
    offers = [Offer(name, tuple(one.answers)) for name, one in rows.items()]
    return tuple(
        PartnerAdvice(rows[one.lesson], reasons_told([reason.code for reason in one.reasons], seen))
        for one in advise(lacks(seen), offers, most=MOST_ADVISED)
    )
