"""The demonstration's sessions in Souss-Massa: one past with who came and what they think, one announced, requests."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.reference.models import Territory
from bpc.portal.seats.giving import Attendee
from bpc.portal.training.models import Course
from bpc.portal.workshops.asking import Wish, ask_for_session
from bpc.portal.workshops.attending import note_presence
from bpc.portal.workshops.judging import judge
from bpc.portal.workshops.models import QUESTIONS, CourseRequest, Workshop
from bpc.portal.workshops.registering import register
from bpc.portal.workshops.sessions import (
    GENERATION,
    DayHours,
    SessionContent,
    announce_workshop,
    hold_workshop,
    open_workshop,
)

_NAMESPACE = UUID("6d0a3a43-6bd8-4c31-8c0c-2c0b4a7a1c55")
_PRICE, _BOOKS = "price-and-margin", "bookkeeping-from-zero"
_TAROUDANNT, _TIZNIT = "09.541.01.13", "09.581.01.07"
#: Who asks: role ("" for none), course, commune, people, language, when.
_WISHES = (
    (Role.HOLDER, _BOOKS, "09.541.01.13", 8, "ar", ("evening", "weekend")),
    (Role.COOPERATIVE, _BOOKS, "09.541.01.11", 6, "zgh", ("morning",)),
    ("", _BOOKS, "09.581.01.07", 3, "fr", ()),
    (Role.HOLDER, _PRICE, "09.581.01.07", 4, "ar", ("weekend",)),
)
_WORDS = (
    "Les exemples avec le pot de miel m’ont aidée.",
    "",
    "Il faudrait une deuxième séance avec nos propres chiffres.",
    "",
    "نشكر المؤطرة على صبرها.",
    "",
)


@transaction.atomic
def create_demo_workshops() -> int:
    """Hold, announce and ask while nothing is there, over the demonstration accounts; returns how many sessions.

    None while those accounts or the courses do not exist.
    """
    people = {role: _first(role) for role in (Role.TRAINER, Role.HOLDER, Role.COOPERATIVE, "")}
    trainer, known = people[Role.TRAINER], Course.objects.filter(code__in=(_PRICE, _BOOKS)).count()
    if trainer is None or known < 2 or Workshop.objects.filter(is_demo=True).exists():
        return 0
    now = timezone.now()
    _hold(trainer, people[""], now)
    _ask(people, now)
    _announce(trainer, now)
    return 2


@transaction.atomic
def remove_demo_workshops() -> int:
    """Remove them with who came, what they think, and the requests."""
    CourseRequest.objects.filter(is_demo=True).delete()
    rows = Workshop.objects.filter(is_demo=True)
    number = rows.count()
    for row in rows:
        row.delete()
    outdate(GENERATION)
    return number


def _first(role: str) -> User | None:
    people = User.objects.filter(is_demo=True).order_by("pk")
    return next((one for one in people if (one.holds(role) if role else not one.grants)), None)


def _hold(trainer: User, citizen: User | None, now: datetime) -> None:
    """Two days three weeks ago, at Taroudannt: fourteen registered, twelve came, eleven judged."""
    first = timezone.localdate(now) - timedelta(days=21)
    days = tuple(DayHours(first + timedelta(days=number), time(9), time(12, 30)) for number in (0, 1))
    before = now - timedelta(days=40)
    workshop = _open(
        _PRICE, _TAROUDANNT, days, trainer, before, note="Apportez un cahier et vos derniers prix."
    )
    rows = [_enrol(workshop, f"Personne {number} (démonstration)", number, before) for number in range(1, 14)]
    if citizen is not None:
        rows.append(_enrol(workshop, citizen.display_name, 14, before, user=citizen))
    came = rows[2:]
    for number, row in enumerate(came):
        for day in list(workshop.days.all())[: 1 if number == 3 else 2]:
            note_presence(enrolment=row, day=day, actor=trainer, at=day.ends_at)
    hold_workshop(workshop=workshop, actor=trainer, at=now - timedelta(days=19))
    for number, row in enumerate(came[:11]):
        faces = dict.fromkeys(QUESTIONS, 3) | {
            "place": 2 if number % 3 else 3,
            "clear": 2 if number == 4 else 3,
        }
        words = _WORDS[number % len(_WORDS)] if number < len(_WORDS) else ""
        language = "ar" if "نشكر" in words else "fr"
        judge(
            enrolment=row,
            faces=faces,
            words=words,
            language=language,
            actor=None,
            at=now - timedelta(days=18),
        )


def _announce(trainer: User, now: datetime) -> None:
    """A morning in two weeks, at Tiznit."""
    day = timezone.localdate(now) + timedelta(days=15)
    workshop = _open(_BOOKS, _TIZNIT, (DayHours(day, time(9, 30), time(13)),), trainer, now, capacity=12)
    for number in range(1, 6):
        _enrol(workshop, f"Personne {number} (démonstration)", 100 + number, now)


def _open(
    code: str, commune: str, days: tuple[DayHours, ...], trainer: User, at: datetime, **more: Any
) -> Workshop:
    content = SessionContent(
        course=Course.objects.get(code=code), commune=Territory.objects.get(pk=commune), days=days,
        place="Maison de la coopération", address="Avenue principale", spoken=("ar", "zgh"), trainers=(trainer.pk,),
        language="fr", **{"capacity": 20, **more},
    )  # fmt: skip
    workshop = open_workshop(content=content, actor=trainer, at=at, is_demo=True)
    announce_workshop(workshop=workshop, actor=trainer, at=at)
    workshop.refresh_from_db()
    return workshop


def _enrol(workshop: Workshop, name: str, number: int, at: datetime, user: User | None = None) -> Any:
    """Nobody's number: none is left, so that no message can ever leave."""
    attendee = Attendee(
        name=name, woman="no" if number % 3 else "yes", young="yes" if number % 2 else "no",
        user_id=None if user is None else user.pk,
    )  # fmt: skip
    key = uuid5(_NAMESPACE, f"{workshop.course_id}-{number}")
    return register(workshop=workshop, attendee=attendee, door="web", submission_key=key, actor=user, at=at)


def _ask(people: dict[str, User | None], now: datetime) -> None:
    for number, (role, code, commune, many, spoken, moments) in enumerate(_WISHES):
        person = people[role]
        if person is not None:
            wish = Wish(Territory.objects.get(pk=commune), many, spoken, moments)
            at = now - timedelta(days=30 - 5 * number)
            ask_for_session(
                course=Course.objects.get(code=code), wish=wish, actor=person, at=at, is_demo=True
            )
