"""The courses of a role in their order: what the site knows suggests it, and what is finished counts."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bpc.portal.learning.models import Following
from bpc.portal.people.models import Membership, Organisation, User
from bpc.portal.people.roles import OrganisationKind, Role
from bpc.portal.training.catalogue import catalogue
from bpc.portal.web.training.role_path import role_path, suggested_role
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import make_project
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
MINE, COURSES = "/fr/mon-espace/formation", "/fr/formations"


def member(*, is_manager: bool, kind: str = OrganisationKind.COOPERATIVE, accepted: bool = True) -> User:
    person = make_user()
    body = Organisation.objects.create(name=f"Corps {person.pk}", kind=kind)
    at = timezone.now() if accepted else None
    Membership.objects.create(organisation=body, user=person, is_manager=is_manager, accepted_at=at)
    return person


def reading(person: User) -> Any:
    """The same person as another request sees them."""
    return User.objects.get(pk=person.pk)


def test_what_a_person_does_here_suggests_the_role_and_says_why() -> None:
    holder = make_user()
    make_project(holder)
    for person, role, word in (
        (make_user(Role.ADVISOR), "advisor", "accompagnez"), (member(is_manager=True), "board", "gérez"),
        (member(is_manager=False), "cooperative", "membre"), (holder, "holder", "projet"),
    ):  # fmt: skip
        found = suggested_role(reading(person))
        assert found is not None
        assert (found.role, word in str(found.because)) == (role, True)
    for person in (
        make_user(), member(is_manager=True, accepted=False), member(is_manager=True, kind=OrganisationKind.FUNDER),
    ):  # fmt: skip
        assert suggested_role(reading(person)) is None


def test_finished_courses_count_and_the_one_begun_comes_next() -> None:
    person, known = make_user(), catalogue()
    for_board = [one for one in known.values() if "board" in one.course.roles]
    first, second, third = for_board[:3]
    rows = {}
    for one, ended in ((first, timezone.now()), (third, None)):
        rows[one.key] = Following(user=person, course_id=one.key, finished_at=ended)
    path = role_path("board", known.values(), rows)
    assert path is not None
    assert (path.courses, path.finished, path.next_code, path.begun) == (len(for_board), 1, third.code, True)
    del rows[third.key]
    path = role_path("board", known.values(), rows)
    assert path is not None
    assert (path.next_code, path.begun) == (second.code, False)
    assert role_path("board", [], rows) is None


def test_the_pages_show_it_to_a_stranger_and_to_who_it_fits() -> None:
    page = plain(Client().get(f"{COURSES}?pour=advisor").content.decode())
    assert "Parcours : J’accompagne des groupes" in page
    assert "Commencez par :" in page
    assert "Parcours :" not in plain(Client().get(COURSES).content.decode())
    client = Client()
    client.force_login(member(is_manager=True))
    page = plain(client.get(MINE).content.decode())
    assert "Vous gérez l’espace d’une coopérative." in page
    assert "Voir tout le parcours" in page
