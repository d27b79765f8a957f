"""Certificates of laureates and mentions: given once, checked by anyone with their code."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bpc.portal.contests.models import Certificate, Entry
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.ranking import WrongPhase
from bpc.portal.contests.states import Outcome, Phase, TeamConsent
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.ideas.references import new_reference, normalise

CERTIFIED = (Outcome.LAUREATE, Outcome.MENTION)


@transaction.atomic
def issue_certificate(*, entry: Entry, actor: Any, at: datetime) -> Certificate:
    """The certificate of an entry, given once. Raises `WrongPhase` before publication or without such an outcome."""
    row = Entry.objects.select_for_update(of=("self",)).select_related("edition").get(pk=entry.pk)
    check(actor, "contests.tell_results", row.edition)
    decided = getattr(row, "decision", None)
    if phase_of(row.edition, at) != Phase.RESULTS or decided is None or decided.outcome not in CERTIFIED:
        raise WrongPhase(row.reference)
    certificate, created = Certificate.objects.get_or_create(
        entry=row, defaults={"code": new_reference(), "issued_at": at}
    )
    if created:
        record(actor=actor, verb="issue certificate", obj=row, at=at, data={"code": certificate.code})
    return certificate


def find_certificate(typed: str) -> Certificate | None:
    """The certificate of a code as somebody typed it; None when there is none."""
    code = normalise(typed)
    if not code:
        return None
    rows = Certificate.objects.select_related("entry__edition", "entry__decision", "entry__commune")
    return rows.filter(code=code).first()


def public_names(entry: Entry) -> list[str]:
    """The members who agreed to be named, in the order the team wrote them."""
    return list(entry.members.filter(consent=TeamConsent.GIVEN).order_by("pk").values_list("name", flat=True))
