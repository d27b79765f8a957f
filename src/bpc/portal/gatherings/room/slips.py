"""Paper forms: codes drawn before anybody writes, each form entered once, under the code its author tore off."""

import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.gatherings.models import GatheredIdea, Gathering, PaperSlip
from bpc.portal.ideas import deposit
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.references import ALPHABET, PAPER, check_sign, dashed
from bpc.portal.ideas.states import Door

MOST_AT_ONCE = 200
MOST_OF_A_MEETING = 2_000
_DRAWS = 5


class TooManySlips(Exception):
    """More forms than one meeting may have, or than one print."""


class AlreadyEntered(Exception):
    """The form of this code was typed in before; `slip` says when."""

    def __init__(self, slip: PaperSlip) -> None:
        super().__init__(slip.code)
        self.slip = slip


def new_code() -> str:
    """A code whose first sign, kept for paper, no idea of the site is given.

    >>> new_code()[0]
    'P'
    """
    drawn = PAPER + "".join(secrets.choice(ALPHABET) for _ in range(5))
    return dashed(drawn + check_sign(drawn))


def print_slips(
    *, gathering: Gathering, number: int, language: str, actor: Any, at: datetime
) -> list[PaperSlip]:
    """`number` new codes, kept so that they are known when they come back. Raises `TooManySlips`."""
    check(actor, "gatherings.room", gathering)
    with transaction.atomic():
        Gathering.objects.select_for_update().get(pk=gathering.pk)
        if not 0 < number <= MOST_AT_ONCE or gathering.slips.count() + number > MOST_OF_A_MEETING:
            raise TooManySlips(number)
        codes = _free_codes(number)
        slips = PaperSlip.objects.bulk_create(
            PaperSlip(gathering=gathering, code=code, language=language, printed_at=at, printed_by=actor)
            for code in codes
        )
        record(
            actor=actor,
            verb="print_slips",
            obj=gathering,
            at=at,
            data={"number": number, "language": language},
        )
    return slips


def enter_slip(
    *,
    slip: PaperSlip,
    content: deposit.Content,
    hands: int | None,
    submission_key: UUID,
    actor: Any,
    at: datetime,
) -> Idea:
    """Hand in what is written on a form, under its code. Raises `AlreadyEntered`, unless it is the same form again."""
    check(actor, "gatherings.room", slip.gathering)
    with transaction.atomic():
        row = (
            PaperSlip.objects.select_for_update(of=("self",))
            .select_related("idea", "gathering")
            .get(pk=slip.pk)
        )
        if row.entered_at is not None:
            if row.idea is not None and row.idea.submission_key == submission_key:
                return row.idea
            raise AlreadyEntered(row)
        idea, _ = deposit.propose(
            content=content,
            submission_key=submission_key,
            actor=None,
            at=at,
            door=Door.PAPER,
            reference=row.code,
        )
        row.idea, row.entered_at, row.entered_by = idea, at, actor
        row.save(update_fields=["idea", "entered_at", "entered_by"])
        GatheredIdea.objects.create(gathering=row.gathering, idea=idea, hands=hands, paper_code=row.code)
        record(
            actor=actor, verb="said", obj=idea, at=at, data={"gathering": row.gathering.key, "code": row.code}
        )
    return idea


def _free_codes(number: int) -> list[str]:
    for _ in range(_DRAWS):
        codes = {new_code() for _ in range(number + number // 10 + 2)}
        codes -= set(PaperSlip.objects.filter(code__in=codes).values_list("code", flat=True))
        codes -= set(Idea.objects.filter(reference__in=codes).values_list("reference", flat=True))
        if len(codes) >= number:
            return sorted(codes)[:number]
    raise IntegrityError("no free code")
