"""Ten sessions or two thousand, ten requests or two thousand: the pages cost the same."""

from datetime import timedelta

import pytest
from django.test import Client

from bpc.portal.ideas.references import new_reference
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.reference.models import Territory
from bpc.portal.training.models import Course
from bpc.portal.workshops.models import CourseRequest, Opinion, Workshop, WorkshopTrainer
from tests.portal.costs import cost, count_rows
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.workshops.workshop_world import CODE, NOW
from tests.portal.world import HERE, make_user

pytestmark = pytest.mark.django_db
FEW, MANY = 60, 2000


def grow(trainer: User, first: int, last: int) -> None:
    """Sessions of every course in every region, past and to come, and as many requests and opinions."""
    courses = list(Course.objects.order_by("pk"))
    places = list(Territory.objects.filter(level="commune").order_by("pk"))
    here = Territory.objects.get(pk=HERE)
    people = User.objects.bulk_create([User(email=f"demande{one}@example.org") for one in range(first, last)])
    sessions, requests = [], []
    for number, person in zip(range(first, last), people, strict=True):
        place = here if number % 3 == 0 else places[number * 37 % len(places)]
        starts = NOW + timedelta(days=number * 7 % 120 - 60, hours=1)
        asked = courses[number % len(courses)]
        sessions.append(
            Workshop(
                reference=new_reference(), course=asked, state="announced", announced_at=NOW, capacity=10,
                commune=place, region_id=place.region_code, place="Salle", language="fr", spoken=["ar"],
                starts_at=starts, ends_at=starts + timedelta(hours=2),
            )
        )  # fmt: skip
        requests.append(
            CourseRequest(
                course=asked, user=person, commune=place, province_id=place.province_code,
                region_id=place.region_code, people=number % 50 + 1, spoken="ar",
            )
        )  # fmt: skip
    made = Workshop.objects.bulk_create(sessions)
    WorkshopTrainer.objects.bulk_create([WorkshopTrainer(workshop=one, user=trainer) for one in made])
    CourseRequest.objects.bulk_create(requests)
    faces = dict.fromkeys(("useful", "clear", "spoken", "place", "again"), 3)
    Opinion.objects.bulk_create(
        [Opinion(workshop=one, counted=True, language="fr", words="Bien", **faces) for one in made]
    )
    count_rows()


def test_pages_cost_the_same_for_sixty_and_two_thousand() -> None:
    trainer, office = make_user(Role.TRAINER), make_user(Role.ADMINISTRATOR)
    stranger, teaching, steering = Client(), Client(), Client()
    sign_in_with_factor(teaching, trainer)
    sign_in_with_factor(steering, office)
    visitor = make_user()
    learning = Client()
    learning.force_login(visitor)
    grow(trainer, 0, FEW)
    pages = {
        "calendar": (learning, "/fr/seances"),
        "past": (learning, "/fr/seances?passees=1"),
        "region": (learning, "/fr/seances?region=09"),
        "course": (learning, f"/fr/formations/{CODE}"),
        "asked": (learning, f"/fr/seances/demandes/{CODE}"),
        "ask": (learning, f"/fr/seances/demander/{CODE}"),
        "mine": (learning, "/fr/mon-espace/seances"),
        "desk": (teaching, "/fr/seances/tenir"),
        "where": (teaching, "/fr/seances/ou-ouvrir"),
        "opinions": (steering, "/fr/seances/avis"),
    }
    few = {name: cost(*page) for name, page in pages.items()}
    grow(trainer, FEW, MANY)
    many = {name: cost(*page) for name, page in pages.items()}
    assert {name: queries for name, (queries, _rows) in many.items()} == {
        name: queries for name, (queries, _rows) in few.items()
    }
    # a page of the calendar is full by sixty but for those of one region or one course
    for name in ("calendar", "past", "asked", "ask", "mine", "desk", "where", "opinions"):
        assert many[name][1] == few[name][1], name
    assert all(rows < 120 for _queries, rows in many.values()), many
    assert stranger.get("/fr/seances").status_code == 200
