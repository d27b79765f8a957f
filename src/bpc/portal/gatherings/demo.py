"""The demonstration meetings: one to come with registrations, one held with its report; labelled wherever shown."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.gatherings.actions import (
    MeetingContent,
    ProgrammeLine,
    create_meeting,
    hold_meeting,
    open_registration,
    write_programme,
)
from bpc.portal.gatherings.attendance import check_in
from bpc.portal.gatherings.models import GatheredIdea, Gathering, PaperSlip
from bpc.portal.gatherings.registering import register
from bpc.portal.gatherings.reports import publish_report, write_report
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.projects.states import Answer
from bpc.portal.reference.models import Territory
from bpc.portal.seats.giving import Attendee

_NAMESPACE = UUID("0f7b2f3a-6f0d-4a55-9a4f-0b6d2a9c1e77")
_TAROUDANNT, _TIZNIT = "09.541.01.13", "09.581.01.07"
_PROGRAMME = (
    ProgrammeLine("Accueil", "الاستقبال", time(9), time(9, 30)),
    ProgrammeLine(
        "À quoi sert la banque de projets", "ما فائدة بنك المشاريع", time(9, 30), time(10),
        "Délégation régionale", "المندوبية الجهوية",
    ),
    ProgrammeLine("Chacun dit son idée ou son besoin", "كل واحد يقدم فكرته أو حاجته", time(10), time(12)),
    ProgrammeLine("Ce qui se passe ensuite", "ما يلي اللقاء", time(12), time(12, 30)),
)  # fmt: skip
_REPORT_FR = (
    "Compte rendu de démonstration. La matinée a commencé par une présentation de la banque de projets. "
    "Les personnes venues ont parlé de l’eau, du séchage des figues et de la vente des amandes.\n\n"
    "La délégation répond à chaque idée dans les quinze jours."
)
_REPORT_AR = (
    "تقرير تجريبي. افتُتحت الجلسة بتقديم بنك المشاريع. وتحدث الحاضرون عن الماء وتجفيف التين وتسويق اللوز.\n\n"
    "تجيب المندوبية عن كل فكرة خلال خمسة عشر يوما."
)


@transaction.atomic
def create_demo_gatherings() -> int:
    """Create the meetings while there are none, over the demonstration accounts; returns how many it created.

    Raises `ImproperlyConfigured` while those accounts do not exist.
    """
    people = list(User.objects.filter(is_demo=True).order_by("pk"))
    delegate = next((person for person in people if person.holds(Role.DELEGATE)), None)
    if delegate is None:
        raise ImproperlyConfigured("demonstration meetings need the demonstration accounts")
    if Gathering.objects.filter(is_demo=True).exists():
        return 0
    now = timezone.now()
    _make_held(delegate, now)
    _make_coming(delegate, people, now)
    return 2


@transaction.atomic
def remove_demo_gatherings() -> int:
    """Remove them with their registrations, reports, photos and what was taken down there."""
    rows = Gathering.objects.filter(is_demo=True)
    GatheredIdea.objects.filter(gathering__in=rows).delete()
    PaperSlip.objects.filter(gathering__in=rows).delete()
    number = rows.count()
    rows.delete()
    outdate("gatherings")
    return number


def _make_coming(delegate: User, people: list[User], now: datetime) -> None:
    day = timezone.localdate(now) + timedelta(days=24)
    gathering = _announce(
        _TAROUDANNT, day, delegate, now, capacity=12, venue=("Maison de la culture", "دار الثقافة")
    )
    gathering = open_registration(gathering=gathering, actor=delegate, at=now)
    for number in range(1, 10):
        _enrol(gathering, f"Personne {number} (démonstration)", f"coming-{number}", now, number=number)
    citizen = next((person for person in people if not person.grants), None)
    if citizen is not None:
        _enrol(gathering, citizen.display_name, "coming-citizen", now, user_id=citizen.pk)


def _make_held(delegate: User, now: datetime) -> None:
    day = timezone.localdate(now) - timedelta(days=20)
    began = timezone.make_aware(datetime.combine(day, time(9)))
    before = began - timedelta(days=30)
    gathering = _announce(
        _TIZNIT, day, delegate, before, capacity=60, venue=("Salle de la province", "قاعة الإقليم")
    )
    gathering = open_registration(gathering=gathering, actor=delegate, at=before)
    for number in range(1, 23):
        row = _enrol(gathering, f"Personne {number} (démonstration)", f"held-{number}", before, number=number)
        if number % 6:
            check_in(registration=row, actor=delegate, at=began)
    hold_meeting(gathering=gathering, actor=delegate, at=began + timedelta(hours=4))
    told = began + timedelta(days=3)
    write_report(
        gathering=gathering, text_fr=_REPORT_FR, text_ar=_REPORT_AR, revision=0, actor=delegate, at=told
    )
    publish_report(gathering=gathering, actor=delegate, at=told)


def _announce(
    commune: str, day: date, delegate: User, at: datetime, *, capacity: int, venue: tuple[str, str]
) -> Gathering:
    content = MeetingContent(
        commune=Territory.objects.get(pk=commune),
        day=day,
        starts_at=timezone.make_aware(datetime.combine(day, time(9))),
        ends_at=timezone.make_aware(datetime.combine(day, time(12, 30))),
        theme_fr="Dire une idée de coopérative, et ce qu’il faut pour la faire",
        theme_ar="تقديم فكرة تعاونية وما يلزم لإنجازها",
        venue_fr=venue[0],
        venue_ar=venue[1],
        partners=(("Conseil provincial (démonstration)", "المجلس الإقليمي (عرض تجريبي)"),),
        capacity=capacity,
    )
    made = create_meeting(content=content, actor=delegate, at=at, is_demo=True)
    return write_programme(gathering=made, lines=_PROGRAMME, revision=made.revision, actor=delegate, at=at)


def _enrol(
    gathering: Gathering, name: str, slug: str, at: datetime, *, number: int = 0, user_id: int | None = None
) -> Any:
    """Nobody's number: none is left, so that no message can ever leave."""
    answers = (Answer.YES, Answer.NO, Answer.UNKNOWN)
    kinds = ("citizen", "holder", "cooperative", "")
    attendee = Attendee(
        name=name, user_id=user_id, woman=answers[number % 3 if number % 4 else 0], young=answers[number % 2],
        actor_kind=kinds[number % 4],
    )  # fmt: skip
    return register(
        gathering=gathering, attendee=attendee, door="web", submission_key=uuid5(_NAMESPACE, slug), actor=None, at=at
    )  # fmt: skip
