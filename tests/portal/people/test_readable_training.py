"""What the rooms of training hold on a person is told in words: no act, state or column as the code writes it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

import bpc.portal
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.packages.demo import create_demo_packages
from bpc.portal.packages.states import PACKAGE_MOVES
from bpc.portal.partner_courses.demo import create_demo_partner_courses
from bpc.portal.partner_courses.states import COURSE_MOVES, PARTNER_MOVES
from bpc.portal.people.demo import create_demo_people
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import export
from bpc.portal.training.demo import create_demo_courses
from bpc.portal.training.states import VERSION_MOVES
from bpc.portal.web.people.readable import readable_rows
from bpc.portal.web.people.readable_words import said_in_words
from bpc.portal.workshops.demo import create_demo_workshops
from bpc.portal.workshops.states import WORKSHOP_MOVES

_ROOMS = ("training", "learning", "badges", "packages", "partner_courses", "workshops")
#: Done by the site itself: in nobody's own list of acts.
_BY_NOBODY = {"forget enrolments", "finish partner course", "load"}
_HELD = {
    "acts", "badges", "course_requests", "course_versions", "followings", "lesson_sounds", "package_runs",
    "packages_uploaded", "partner_courses", "training_records", "workshop_enrolments", "workshops_taught",
}  # fmt: skip


def _verbs() -> set[str]:
    """The acts these rooms write in the trail."""
    rooms = [Path(bpc.portal.__file__).parent / room for room in _ROOMS]
    written = {
        verb
        for room in rooms
        for file in room.glob("*.py")
        for verb in re.findall(r'verb="([^"]+)"', file.read_text())
    }
    tables = (VERSION_MOVES, PACKAGE_MOVES, PARTNER_MOVES, COURSE_MOVES, WORKSHOP_MOVES)
    return written | {step.name for table in tables for step in table.moves}


def test_every_act_of_training_has_words_in_both_languages() -> None:
    verbs = _verbs()
    assert len(verbs) > 40
    for language in ("fr", "ar"):
        with translation.override(language):
            assert {verb for verb in verbs if said_in_words("act", verb) is None} <= _BY_NOBODY


@pytest.mark.django_db
def test_the_data_of_the_demonstration_is_told_in_words(settings: Any) -> None:
    settings.DEMO = True
    create_demo_people()
    for create in (
        create_demo_courses,
        create_demo_workshops,
        create_demo_packages,
        create_demo_partner_courses,
    ):
        assert create() > 0
    kinds = set(AuditEntry.objects.values_list("object_kind", flat=True))
    assert {
        kind for kind in kinds if kind.split(".")[0] in _ROOMS and not said_in_words("on", f"{kind} 1")
    } == set()
    told: dict[str, str] = {}
    for person in User.objects.filter(is_demo=True):
        for holding, rows in export(person):
            for row in readable_rows(rows) if holding.key in _HELD else ():
                told |= {one.label: one.text for one in row}
    assert {label for label in told if re.fullmatch("[a-z_]+", label)} == set()
    codes = {"price-and-margin", "waiting", "review", "zgh", "note presence", "FullyGraded", "completed"}
    assert codes & set(told.values()) == set()


@pytest.mark.django_db
def test_what_only_software_reads_is_left_to_the_download() -> None:
    told = readable_rows(
        [{"course": "price-and-margin", "token": "eyJ…", "suspended": "x", "language": "zgh"}]
    )
    with translation.override("fr"):
        assert [(str(one.label), one.text) for one in told[0]] == [
            ("Cours", "Le prix et la marge"), ("Langue", "Amazighe"),
        ]  # fmt: skip
