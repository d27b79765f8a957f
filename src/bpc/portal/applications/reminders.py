"""Papers about to expire and answers about to be due: the group is told, each date once."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from bpc.portal.applications.models import Application
from bpc.portal.applications.states import State
from bpc.portal.vault.reminders import remind_papers, tell_keepers

DUE_SOON = timedelta(days=7)


def remind(at: datetime) -> tuple[int, int]:
    """Tell those who keep the papers; returns how many papers and how many answers were told."""
    today = timezone.localtime(at).date()
    return remind_papers(today, at), _remind_answers(today, at)


def _remind_answers(today: date, at: datetime) -> int:
    waiting = Application.objects.filter(
        Q(reminded_for=None) | ~Q(reminded_for=F("due_on")),
        state=State.MORE_ASKED, project__archived_at=None, due_on__gte=today, due_on__lte=today + DUE_SOON,
    )  # fmt: skip
    told = 0
    for application in list(waiting.select_related("project")):
        with transaction.atomic():
            mine = waiting.filter(pk=application.pk)
            if not mine.update(reminded_for=F("due_on")):
                continue
            tell_keepers(application.project, "applications.due", {"application": application.pk}, at)
            told += 1
    return told
