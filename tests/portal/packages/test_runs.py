"""What a lesson tells of a run is judged, kept, never undone; resumed where it was left."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied

from bpc.portal.foundation.audit import trail_of
from bpc.portal.packages import completions
from bpc.portal.packages.actions import withdraw_package
from bpc.portal.packages.models import Package, PackageRun
from bpc.portal.packages.running import NeverOpened, open_run, report_run, state_of
from bpc.portal.packages.told import Told, Unfit, told_from
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import export
from bpc.portal.people.roles import Role
from tests.portal.packages.package_world import NOW, added, h5p, published
from tests.portal.world import make_user


def tell(package: Package, person: User, at: datetime = NOW, **said: Any) -> PackageRun:
    return report_run(package=package, told=told_from({"opening": 1, **said}), actor=person, at=at)


@pytest.mark.django_db
def test_a_run_is_resumed_where_it_was_left() -> None:
    package, person = published(), make_user()
    run = open_run(package=package, actor=person, at=NOW)
    assert state_of(run) == {
        "opening": 1, "place": "", "suspended": "", "seconds": 0, "completed": False, "success": "", "score": None
    }  # fmt: skip
    tell(package, person, NOW + timedelta(minutes=10), place="2", suspended="a=1", seconds=540)
    again = open_run(package=package, actor=person, at=NOW + timedelta(days=1))
    told = state_of(again)
    assert (told["opening"], told["place"], told["suspended"], told["seconds"]) == (2, "2", "a=1", 540)
    assert PackageRun.objects.count() == 1
    assert [one.verb for one in trail_of(run)] == ["begin package"]


@pytest.mark.django_db
def test_what_is_completed_or_passed_stays_so() -> None:
    package, person = published(), make_user()
    open_run(package=package, actor=person, at=NOW)
    tell(package, person, completed=True, success="passed", score={"raw": 90})
    run = tell(
        package, person, NOW + timedelta(hours=1), completed=False, success="failed", score={"raw": 10}
    )
    assert (run.completed_at, run.success, run.score) == (NOW, "passed", 90)
    assert [one.verb for one in trail_of(run)] == ["begin package", "complete package"]


@pytest.mark.django_db
def test_a_failed_test_completes_nothing_until_it_is_passed() -> None:
    package, person = published(), make_user()
    open_run(package=package, actor=person, at=NOW)
    run = tell(package, person, completed=True, success="failed", score={"scaled": 0.4})
    assert (run.completed_at, run.success, run.score) == (None, "failed", 40)
    run = tell(package, person, completed=True, score={"scaled": 0.9})
    assert (run.completed_at, run.success, run.score) == (NOW, "passed", 90)  # 90 is over the 70 it asks for


@pytest.mark.django_db
def test_the_score_it_asks_for_decides_where_it_gives_no_verdict() -> None:
    package, person = published(), make_user()
    open_run(package=package, actor=person, at=NOW)
    assert tell(package, person, completed=True, score={"raw": 69}).success == "failed"
    assert tell(package, person, completed=True, score={"raw": 70}).success == "passed"
    other = published(h5p())  # asks for none
    open_run(package=other, actor=person, at=NOW)
    assert tell(other, person, completed=True, score={"scaled": 0.1}).success == ""


@pytest.mark.django_db
def test_an_older_opening_completes_but_no_longer_says_where_one_is() -> None:
    package, person = published(), make_user()
    open_run(package=package, actor=person, at=NOW)
    open_run(package=package, actor=person, at=NOW)
    run = tell(package, person, opening=1, completed=True, place="9", suspended="old", seconds=30)
    assert (run.completed_at, run.place, run.suspended, run.seconds) == (NOW, "", "", 0)
    run = tell(package, person, opening=2, place="3", seconds=30)
    assert (run.place, run.seconds) == ("3", 30)
    with pytest.raises(NeverOpened):
        tell(package, person, opening=3)


@pytest.mark.django_db
def test_time_is_never_more_than_passed() -> None:
    package, person = published(), make_user()
    open_run(package=package, actor=person, at=NOW)
    assert tell(package, person, NOW + timedelta(seconds=100), seconds=50_000).seconds == 160
    assert tell(package, person, NOW + timedelta(seconds=100), seconds=10).seconds == 160
    open_run(package=package, actor=person, at=NOW + timedelta(days=2))
    assert tell(package, person, NOW + timedelta(days=2, seconds=90), opening=2, seconds=90).seconds == 250


@pytest.mark.django_db
def test_only_who_opened_a_published_package_tells_of_it() -> None:
    package, person, trainer = published(), make_user(), make_user(Role.TRAINER)
    with pytest.raises(NeverOpened):
        tell(package, person)
    open_run(package=package, actor=person, at=NOW)
    withdraw_package(package=package, actor=trainer, at=NOW)
    for act in (lambda: tell(package, person), lambda: open_run(package=package, actor=person, at=NOW)):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(PermissionDenied):  # a draft is looked at, never taken
        open_run(package=added(h5p()), actor=trainer, at=NOW)


@pytest.mark.django_db
def test_other_rooms_hear_of_a_completion_once_and_may_refuse_it(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[int, datetime]] = []
    monkeypatch.setattr(completions, "_readers", {})
    completions.on_completed("essai", lambda run, at: heard.append((run.pk, at)))
    with pytest.raises(ImproperlyConfigured):
        completions.on_completed("essai", lambda run, at: None)
    package, person = published(), make_user()
    run = open_run(package=package, actor=person, at=NOW)
    for _time in range(2):
        tell(package, person, completed=True)
    assert heard == [(run.pk, NOW)]

    def refuse(run: PackageRun, at: datetime) -> None:
        raise RuntimeError("not now")

    completions.on_completed("refus", refuse)
    other = published(h5p())
    open_run(package=other, actor=person, at=NOW)
    with pytest.raises(RuntimeError, match="not now"):
        tell(other, person, completed=True)
    assert PackageRun.objects.get(package=other).completed_at is None


@pytest.mark.django_db
def test_runs_are_told_to_their_person_and_go_with_them() -> None:
    package, person, other = published(), make_user(), make_user()
    for one in (person, other):
        open_run(package=package, actor=one, at=NOW)
    tell(package, person, completed=True, score={"raw": 80}, suspended="etat")
    ((holding, rows),) = [(one, rows) for one, rows in export(person) if one.key == "package_runs"]
    assert [(row["code"], row["score"], row["suspended"]) for row in rows] == [
        (package.reference, 80.0, "etat")
    ]
    holding.forget(person)
    assert list(PackageRun.objects.values_list("user", flat=True)) == [other.pk]


@pytest.mark.parametrize(
    ("score", "kept"),
    [
        (None, None), ({}, None), ({"raw": 50}, 50), ({"raw": 8, "min": 0, "max": 10}, 80),
        ({"raw": 5, "min": 4, "max": 6}, 50), ({"scaled": 0.333333}, 33.33), ({"scaled": -0.5}, 0),
        ({"scaled": 1, "raw": 3}, 100), ({"raw": None, "scaled": None}, None),
    ],
)  # fmt: skip
def test_scores_are_out_of_100(score: Any, kept: float | None) -> None:
    assert told_from({"opening": 1, "score": score}).score == kept


@pytest.mark.parametrize(
    "said",
    [
        None, [], "x", {}, {"opening": "1"}, {"opening": True}, {"opening": 1.5}, {"opening": -1},
        {"opening": 2**40}, {"opening": 1, "user": 3}, {"opening": 1, "completed": "yes"},
        {"opening": 1, "completed": 1}, {"opening": 1, "success": "excellent"}, {"opening": 1, "success": None},
        {"opening": 1, "score": 90}, {"opening": 1, "score": {"raw": "90"}}, {"opening": 1, "score": {"raw": True}},
        {"opening": 1, "score": {"raw": 101}}, {"opening": 1, "score": {"raw": -1}},
        {"opening": 1, "score": {"scaled": 1.01}}, {"opening": 1, "score": {"scaled": float("nan")}},
        {"opening": 1, "score": {"raw": 1e300}}, {"opening": 1, "score": {"raw": 1, "min": 5, "max": 5}},
        {"opening": 1, "score": {"raw": 1, "other": 5}}, {"opening": 1, "place": 3},
        {"opening": 1, "place": "p" * 1001}, {"opening": 1, "suspended": "s" * 64_001},
        {"opening": 1, "suspended": "a\0b"}, {"opening": 1, "suspended": "\ud800"}, {"opening": 1, "seconds": -1},
        {"opening": 1, "seconds": 10**9}, {"opening": 1, "seconds": 1.5},
    ],
)  # fmt: skip
def test_what_is_no_report(said: Any) -> None:
    with pytest.raises(Unfit):
        told_from(said)


def test_the_longest_texts_stand() -> None:
    told = told_from({"opening": 1, "place": "p" * 1000, "suspended": "س" * 64_000, "seconds": 3600})
    assert told == Told(1, place="p" * 1000, suspended="س" * 64_000, seconds=3600)
