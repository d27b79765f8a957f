"""A small calendar of sessions: one in the state and at the distance asked, who comes, who asks for one."""

import itertools
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from bpc.portal.ideas.references import new_reference
from bpc.portal.people.models import Membership, Organisation, User
from bpc.portal.people.roles import Role
from bpc.portal.reference.models import Territory
from bpc.portal.seats.giving import Attendee
from bpc.portal.seats.states import RegistrationState
from bpc.portal.training.models import Course
from bpc.portal.workshops.asking import Wish, ask_for_session
from bpc.portal.workshops.models import CourseRequest, Enrolment, Presence, Workshop, WorkshopDay
from bpc.portal.workshops.registering import register
from bpc.portal.workshops.sessions import DayHours, SessionContent
from bpc.portal.workshops.states import Audience, WorkshopState
from tests.portal.world import ELSEWHERE, HERE, make_user

NOW = timezone.now().replace(microsecond=0)
CODE, OTHER = "price-and-margin", "bookkeeping-from-zero"
NEIGHBOUR = "09.541.01.01"  # another commune of the province of HERE
_numbers = itertools.count(1)


def course(code: str = CODE) -> Course:
    """A real course."""
    return Course.objects.get(code=code)


def make_workshop(
    state: str = WorkshopState.ANNOUNCED, *, days: int = 10, length: int = 1, commune: str = HERE,
    trainer: User | None = None, code: str = CODE, **changes: Any,
) -> Workshop:  # fmt: skip
    """A session beginning `days` from now, at the hour it is now, for `length` days of an hour."""
    begins: datetime = timezone.localtime(NOW + timedelta(days=days))
    ends = min(begins + timedelta(hours=1), datetime.combine(begins.date(), time(23, 59), begins.tzinfo))
    values: dict[str, Any] = {
        "reference": new_reference(), "course": course(code), "state": state, "region_id": commune[:2],
        "commune_id": commune, "place": "Maison de la culture", "language": "fr", "starts_at": begins,
        "ends_at": ends + timedelta(days=length - 1), "spoken": ["ar"], "capacity": 3,
        "cancel_reason": "Salle fermée." if state == WorkshopState.CANCELLED else "",
        "announced_at": None if state == WorkshopState.DRAFT else NOW,
    }  # fmt: skip
    made = Workshop.objects.create(**{**values, **changes})
    for number in range(length):
        WorkshopDay.objects.create(
            workshop=made, day=begins.date() + timedelta(days=number), starts=begins.time(), ends=ends.time()
        )
    if trainer is not None:
        made.trainers.create(user=trainer)
    return made


def content(**changes: Any) -> SessionContent:
    """What a trainer says of a session of two days, in two weeks."""
    first = timezone.localdate(NOW) + timedelta(days=14)
    values: dict[str, Any] = {
        "course": course(), "commune": Territory.objects.get(pk=HERE), "capacity": 3, "place": "Maison de la culture",
        "days": tuple(DayHours(first + timedelta(days=one), time(9), time(12)) for one in (0, 1)),
        "spoken": ("ar",), "trainers": (), "language": "fr",
    }  # fmt: skip
    return SessionContent(**{**values, **changes})


def enrol(
    workshop: Workshop, number: int = 1, *, door: str = "web", actor: User | None = None, **said: Any
) -> Enrolment:
    """Somebody registers, with a number of their own unless said otherwise."""
    values: dict[str, Any] = {"name": f"Personne {number}", "phone": f"+21260000{number:04d}", **said}
    return register(
        workshop=workshop, attendee=Attendee(**values), door=door, submission_key=uuid4(), actor=actor, at=NOW
    )


def make_enrolment(workshop: Workshop, *, present: int = 0, **changes: Any) -> Enrolment:
    """A seat of somebody with a number, there on the first `present` days."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "code": new_reference(), "state": RegistrationState.REGISTERED, "name": f"Personne {number}",
        "phone": f"+2126{number:08d}", "registered_at": NOW - timedelta(days=30), "seated_at": NOW,
    }  # fmt: skip
    made = Enrolment.objects.create(workshop=workshop, **{**values, **changes})
    for day in workshop.days.all()[:present]:
        Presence.objects.create(enrolment=made, day=day)
    running = workshop.registrations
    workshop.seat_count = running.filter(state=RegistrationState.REGISTERED).count()
    workshop.waiting_count = running.filter(state=RegistrationState.WAITING).count()
    workshop.save(update_fields=["seat_count", "waiting_count"])
    return made


def make_request(
    people: int = 4, *, commune: str = HERE, code: str = CODE, actor: User | None = None, **wish: Any
) -> CourseRequest:
    """Somebody asks for a session."""
    said: dict[str, Any] = {"spoken": "ar", "moments": ("evening",), **wish}
    place = Territory.objects.get(pk=commune)
    return ask_for_session(
        course=course(code), wish=Wish(place, people, **said), actor=actor or make_user(), at=NOW
    )


def fill_workshops(author: User, people: dict[str, Any]) -> None:
    """Sessions of two regions in every state, open to all or for a cooperative, with who comes and who asks."""
    body = Organisation.objects.create(kind="cooperative", name="Tazart")
    Membership.objects.create(organisation=body, user=people["holder"], accepted_at=NOW)
    Membership.objects.create(organisation=body, user=people["juror"])  # invited, has not joined
    for commune, state in itertools.product((HERE, ELSEWHERE), WorkshopState.values):
        for organisation in (None, body):
            audience = Audience.ALL if organisation is None else Audience.COOPERATIVE
            workshop = make_workshop(state, commune=commune, audience=audience, organisation=organisation)
            make_enrolment(workshop, user=author)
            make_enrolment(workshop, state=RegistrationState.CANCELLED, user=people["person"])
        make_workshop(state, commune=commune, trainer=people[Role.TRAINER])
        make_workshop(state, commune=commune, trainer=author)  # who is a trainer no more
    make_workshop(WorkshopState.CANCELLED, announced_at=None)  # never announced
    for person in (author, people["advisor"]):
        make_request(actor=person)
