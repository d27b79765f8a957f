"""Demonstration hours and appointments: an advisor who receives, a group that comes; labelled wherever shown."""

from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from bpc.portal.appointments.booking import Ask, book, mark_held, mark_missed
from bpc.portal.appointments.calendars import Weekly, add_change, add_rule, open_calendar
from bpc.portal.appointments.models import Appointment, Calendar, OpeningRule
from bpc.portal.appointments.openings import Slot
from bpc.portal.appointments.queries import next_free
from bpc.portal.appointments.states import Audience, ChangeKind, Manner, Spoken, Subject
from bpc.portal.people.models import User
from bpc.portal.projects.models import AdvisorAccess
from bpc.portal.reference.models import Territory

_NAMESPACE = UUID("6b0c1c61-9d4e-4a0f-8c4e-5d1b9b7f5a10")
_AGADIR = "09.001.01.01"
_PLACE = "Délégation de Souss-Massa, bureau 4 (démonstration)"
_WORDS = "Nous voulons savoir comment fixer le prix de nos produits."
_BACK = timedelta(days=21)  # when the past appointments were booked


@transaction.atomic
def create_demo_appointments() -> int:
    """Open the hours and book, while there is nothing; returns how many appointments it made.

    Raises `ImproperlyConfigured` while the demonstration accounts do not exist.
    """
    people = {one.email.split("@")[0]: one for one in User.objects.filter(is_demo=True) if one.email}
    if not people.keys() >= {"conseillere", "delegue", "citoyenne", "porteuse"}:
        raise ImproperlyConfigured("demonstration appointments need the demonstration accounts")
    if Calendar.objects.filter(user__is_demo=True).exists():
        return 0
    now = timezone.now()
    calendar = _open_advisor(people["conseillere"], now)
    _open_delegation(people["delegue"], now)
    _make_past(calendar, people, now)
    _make_coming(calendar, people, now)
    return Appointment.objects.filter(is_demo=True).count()


@transaction.atomic
def remove_demo_appointments() -> int:
    """Remove the calendars of demonstration with all that was booked in them."""
    rows = Appointment.objects.filter(calendar__user__is_demo=True)
    number = rows.count()
    Calendar.objects.filter(user__is_demo=True).delete()
    return number


def _open_advisor(advisor: User, now: datetime) -> Calendar:
    calendar = open_calendar(actor=advisor, at=now)
    first = timezone.localdate(now) - 2 * _BACK
    agadir = Territory.objects.filter(pk=_AGADIR).first()
    for weekly in (
        Weekly(
            (1, 3), time(9), time(12), Manner.PLACE, first, minutes=45, pause=15, place=_PLACE, commune=agadir
        ),
        Weekly((2, 4), time(14), time(16, 30), Manner.PHONE, first, minutes=30, spoken=Spoken.BOTH),
        Weekly(
            (5,),
            time(9),
            time(11),
            Manner.PLACE,
            first,
            place=_PLACE,
            commune=agadir,
            audience=Audience.REGION,
        ),
    ):
        add_rule(calendar=calendar, weekly=weekly, actor=advisor, at=now)
    away = timezone.make_aware(datetime.combine(timezone.localdate(now) + timedelta(days=16), time.min))
    add_change(
        calendar=calendar, kind=ChangeKind.ABSENCE, starts_at=away, ends_at=away + timedelta(days=1),
        note="Formation (démonstration)", actor=advisor, at=now,
    )  # fmt: skip
    return calendar


def _open_delegation(delegate: User, now: datetime) -> None:
    calendar = open_calendar(actor=delegate, at=now)
    weekly = Weekly(
        (2, 4), time(9), time(12), Manner.PLACE, timezone.localdate(now), minutes=20, pause=10, place=_PLACE,
        commune=Territory.objects.filter(pk=_AGADIR).first(), audience=Audience.REGION,
    )  # fmt: skip
    add_rule(calendar=calendar, weekly=weekly, actor=delegate, at=now)


def _make_past(calendar: Calendar, people: dict[str, User], now: datetime) -> None:
    """Booked by the advisor three weeks ago; one held, one missed."""
    then = now - _BACK
    for number, (slot, mark) in enumerate(
        zip(next_free(calendar, at=then, number=2), (mark_held, mark_missed), strict=False)
    ):
        made = _book(calendar, slot, people["citoyenne"], f"past-{number}", then)
        mark(appointment=made, actor=calendar.user, at=slot.ends_at)


def _make_coming(calendar: Calendar, people: dict[str, User], now: datetime) -> None:
    """One for the group that lets the advisor in, one for somebody of the region, one for who has no account."""
    free = next_free(calendar, at=now, number=12)[1::3]
    access = AdvisorAccess.objects.filter(advisor=calendar.user, ended_at=None, project__is_demo=True)
    let_in = access.select_related("project").order_by("pk").first()
    asks: list[tuple[User | None, Ask]] = [
        (people["porteuse"], Ask(Subject.PLAN, _WORDS, project=let_in.project if let_in else None)),
        (people["citoyenne"], Ask(Subject.IDEA)),
        (None, Ask(Subject.CREATION, name="Personne 1 (démonstration)")),
    ]
    for number, (slot, (asker, ask)) in enumerate(zip(free, asks, strict=False)):
        _book(calendar, slot, asker, f"coming-{number}", now, ask)


def _book(
    calendar: Calendar, slot: Slot, asker: User | None, slug: str, at: datetime, ask: Ask | None = None
) -> Appointment:
    rule: OpeningRule = slot.rule
    return book(
        rule=rule, starts_at=slot.starts_at, ask=ask or Ask(Subject.MANAGEMENT), asker=asker,
        submission_key=uuid5(_NAMESPACE, f"{slug}-{at:%Y%m%d}"), actor=calendar.user, at=at, is_demo=True,
    )  # fmt: skip
