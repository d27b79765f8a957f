"""Teams that were not written to yet, counted by region with the free moments of its advisors."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from bpc.portal.contests.feedback import undelivered
from bpc.portal.contests.models import AdvisorSlot, Edition, Entry, Feedback
from bpc.portal.people.models import RoleGrant
from bpc.portal.people.roles import Role
from bpc.portal.reference.models import Territory


def waiting_context(edition: Edition, at: datetime) -> dict[str, Any]:
    """How many were told and how many wait, region by region, and why: constant queries."""
    waiting = undelivered(edition)
    by_region = dict(
        waiting.filter(feedback__isnull=False).values_list("region").annotate(number=Count("pk")).order_by()
    )
    free = _free_slots(edition, at, list(by_region))
    names = Territory.objects.in_bulk(list(by_region))
    unanswered = Entry.objects.filter(edition=edition, feedback__sent_at__isnull=False, advisor_slot=None)
    held = dict(unanswered.values_list("region").annotate(number=Count("pk")).order_by())
    return {
        "told": Feedback.objects.filter(entry__edition=edition, sent_at__isnull=False).count(),
        "unread": waiting.filter(feedback=None).count(),
        "waiting": sum(by_region.values()),
        "regions": [
            {
                "place": names[code], "waiting": number, "free": free.get(code, 0), "held": held.get(code, 0),
                "short": max(0, number + held.get(code, 0) - free.get(code, 0)),
            }
            for code, number in sorted(by_region.items())
        ],
    }  # fmt: skip


def waiting_teams(edition: Edition) -> QuerySet[Entry]:
    """The teams whose feedback waits, in a fixed order, with what a list shows of them."""
    rows = undelivered(edition).filter(feedback__isnull=False).select_related("feedback").order_by("pk")
    return rows.only("reference", "title", "language", "feedback__words", "feedback__improvements")


def _free_slots(edition: Edition, at: datetime, regions: list[str]) -> dict[str, int]:
    """Free moments to come, by region of the advisor who keeps them."""
    slots = AdvisorSlot.objects.filter(edition=edition, entry=None, starts_at__gt=at, advisor__is_active=True)
    grants = RoleGrant.objects.filter(role=Role.ADVISOR, ended_at=None, region__in=regions)
    counted = grants.values_list("region").annotate(
        number=Count(
            "user__contest_slots", filter=Q(user__contest_slots__in=slots.values("pk")), distinct=True
        )
    )
    return dict(counted.order_by())
