"""Reports of visits: kept once, read by who may, put right for seven days, photos withdrawn; what leaves with whom."""

import io
import random
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.utils import timezone

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.permissions import visible
from bpc.portal.ideas.photos import PhotoRefusal, RefusedPhoto
from bpc.portal.people.departure import delete_account
from bpc.portal.people.models import Notification
from bpc.portal.people.personal_data import export
from bpc.portal.projects.actions import archive_project, delete_project
from bpc.portal.projects.models import AdvisorAccess
from bpc.portal.visits.models import Agreement, FormerVisit, StaffPart, VisitPhoto, VisitReport
from bpc.portal.visits.notices import REPORTED
from bpc.portal.visits.photos import (
    MOST_PHOTOS,
    NotAgreed,
    TooManyPhotos,
    receive_photo,
    withdraw_photo,
)
from bpc.portal.visits.queries import own_visits, projects_to_visit, visit_sheet, visits_of
from bpc.portal.visits.reporting import (
    MOST_A_DAY,
    OtherWords,
    Stale,
    TooLate,
    TooMany,
    Withdrawn,
    change_visit,
)
from bpc.portal.visits.states import Mood, Need, Part
from bpc.portal.visits.told import Agreed
from bpc.portal.visits.visibility import CHANGE_WITHIN
from tests.portal.projects.project_world import Group, make_group, make_project
from tests.portal.visits.visit_world import NOW, attach, picture, report, told
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    return make_group()


def end_access(group: Group) -> None:
    AdvisorAccess.objects.filter(project=group.project, ended_at=None).update(ended_at=timezone.now())


def test_the_advisor_let_in_reports_and_nobody_else(group: Group) -> None:
    visit = report(group.project, group.inside["advisor"], mood=Mood.TIRED)
    others = {name: person for name, person in group.everybody.items() if name != "advisor"}
    for person in others.values():
        with pytest.raises(Withdrawn):
            report(group.project, person)
    assert VisitReport.objects.get() == visit
    for name, person in group.everybody.items():
        assert visible(person, VisitReport).exists() == (name in group.inside), name
        assert visible(person, Agreement).exists() == (name in group.inside), name
        assert visible(person, StaffPart).exists() == (name == "advisor"), name
    assert [entry.verb for entry in trail_of(visit)] == ["report visit"]


def test_an_advisor_of_the_group_itself_keeps_nothing_apart(group: Group) -> None:
    """Whoever belongs to the group never reads what staff keep, even as its advisor."""
    report(group.project, group.inside["advisor"])
    group.project.members.create(user=group.inside["advisor"], role="reader")
    assert not visible(group.inside["advisor"], StaffPart).exists()
    with pytest.raises(Withdrawn):
        report(group.project, group.inside["advisor"])


def test_the_group_is_told_once_and_nothing_private(group: Group) -> None:
    key = uuid4()
    for _time in range(3):
        report(group.project, group.inside["advisor"], key, staff_text="Secret", themes={"money": "Secret"})
    told_to = Notification.objects.filter(kind=REPORTED)
    members = {group.inside[name].pk for name in ("owner", "editor", "reader")}
    assert {notice.user_id for notice in told_to} == members
    assert told_to.count() == len(members)
    assert {tuple(sorted(notice.data)) for notice in told_to} == {("reference", "visit")}


def test_a_key_is_one_report_and_other_words_are_refused(group: Group) -> None:
    advisor, key = group.inside["advisor"], uuid4()
    first = report(group.project, advisor, key)
    assert report(group.project, advisor, key, at=NOW + timedelta(days=3)) == first
    with pytest.raises(OtherWords) as other:
        report(group.project, advisor, key, place="Ailleurs")
    assert other.value.visit == first
    elsewhere = make_group().project
    with pytest.raises(OtherWords):
        report(elsewhere, advisor, key)
    with pytest.raises(PermissionDenied):  # another person's key opens nothing
        report(group.project, make_user("advisor"), key)
    assert VisitReport.objects.count() == 1


def test_a_replay_after_the_right_was_withdrawn_is_answered_as_kept(group: Group) -> None:
    """The answer was lost, not the report; a report that never came is refused."""
    advisor, key = group.inside["advisor"], uuid4()
    first = report(group.project, advisor, key)
    end_access(group)
    assert report(group.project, advisor, key) == first
    with pytest.raises(Withdrawn):
        report(group.project, advisor)
    assert not visible(advisor, VisitReport).exists()
    assert VisitReport.objects.count() == 1


def test_an_archived_project_takes_no_report(group: Group) -> None:
    archive_project(project=group.project, actor=group.inside["owner"], at=NOW)
    with pytest.raises(Withdrawn):
        report(group.project, group.inside["advisor"])


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_cut_each_report_and_photo_is_kept_once(group: Group, seed: int) -> None:
    """A line that loses what is sent, or the answer to it, at random; the device repeats until it is answered."""
    chance, advisor = random.Random(seed), group.inside["advisor"]
    reports = {uuid4(): f"Visite {rank}" for rank in range(4)}
    photos = {uuid4(): key for key in reports for _time in range(chance.randrange(3))}
    waiting = [*reports, *photos]
    while waiting:
        key = chance.choice(waiting)
        if chance.random() < 0.4:
            continue  # lost on the way there
        if key in reports:
            report(group.project, advisor, key, place=reports[key], photos_agreed=True)
        else:
            visit = VisitReport.objects.filter(submission_key=photos[key]).first()
            if visit is None:
                continue
            attach(visit, advisor, key)
        if chance.random() < 0.6:
            waiting.remove(key)  # else the answer was lost: it will be sent again
    kept = VisitReport.objects.values_list("submission_key", "place")
    assert dict(kept) == reports
    assert len(kept) == len(reports)
    assert dict(VisitPhoto.objects.values_list("key", "visit__submission_key")) == photos
    assert Agreement.objects.count() == len(reports)
    assert Notification.objects.filter(kind=REPORTED).count() == 3 * len(reports)


def test_a_person_sends_so_many_reports_a_day(group: Group) -> None:
    advisor = group.inside["advisor"]
    VisitReport.objects.bulk_create(
        VisitReport(project=group.project, author=advisor, visited_at=NOW, place="x", language="fr", received_at=NOW)
        for _rank in range(MOST_A_DAY)
    )  # fmt: skip
    with pytest.raises(TooMany):
        report(group.project, advisor)


def test_a_report_is_put_right_for_seven_days_and_each_part_keeps_its_trace(group: Group) -> None:
    advisor, later = group.inside["advisor"], NOW + timedelta(days=2)
    visit = report(group.project, advisor)
    changed = told(women=5, agreements=(Agreed("Demander un écrit"),), staff_text="Rappeler.")
    change_visit(visit=visit, told=changed, revision=1, actor=advisor, at=later)
    visit.refresh_from_db()
    assert (visit.women, visit.revision, visit.changed_at) == (5, 2, later)
    assert [one.what for one in visit.agreements.all()] == ["Demander un écrit"]
    former = {one.part: one.contents for one in visible(advisor, FormerVisit)}
    due = (NOW + timedelta(days=9)).date().isoformat()
    assert former == {
        Part.SHARED: {"women": 4, "agreements": [["La présidente", "Demander la lettre", due]]},
        Part.STAFF: {"text": "À revoir bientôt."},
    }
    assert [one.part for one in visible(group.inside["owner"], FormerVisit)] == [Part.SHARED]
    with pytest.raises(Stale):
        change_visit(visit=visit, told=told(), revision=1, actor=advisor, at=later)
    after = NOW + CHANGE_WITHIN + timedelta(seconds=1)
    with pytest.raises(TooLate):
        change_visit(visit=visit, told=told(), revision=2, actor=advisor, at=after)


def test_what_changes_between_staff_only_does_not_show_to_the_group(group: Group) -> None:
    advisor = group.inside["advisor"]
    visit = report(group.project, advisor)
    change_visit(visit=visit, told=told(staff_text="Autre."), revision=1, actor=advisor, at=NOW)
    visit.refresh_from_db()
    assert (visit.changed_at, visit.revision) == (None, 2)
    assert not visible(group.inside["owner"], FormerVisit).exists()
    change_visit(visit=visit, told=told(staff_text="Autre."), revision=2, actor=advisor, at=NOW)
    visit.refresh_from_db()
    assert visit.revision == 2  # nothing changed, nothing written


def test_only_the_author_puts_right_and_only_while_advising(group: Group) -> None:
    visit = report(group.project, group.inside["advisor"])
    people = {name: one for name, one in group.everybody.items() if name != "advisor"}
    for person in people.values():
        with pytest.raises(PermissionDenied):
            change_visit(visit=visit, told=told(women=1), revision=1, actor=person, at=NOW)
    end_access(group)
    with pytest.raises(PermissionDenied):
        change_visit(visit=visit, told=told(women=1), revision=1, actor=group.inside["advisor"], at=NOW)


def test_photos_need_the_group_s_agreement_and_are_so_many(group: Group) -> None:
    advisor = group.inside["advisor"]
    with pytest.raises(NotAgreed):
        attach(report(group.project, advisor), advisor)
    visit = report(group.project, advisor, photos_agreed=True)
    photos = [attach(visit, advisor) for _rank in range(MOST_PHOTOS)]
    assert len({photo.file.name for photo in photos}) == MOST_PHOTOS
    with photos[0].file.open("rb") as kept:
        assert kept.read(3) == b"\xff\xd8\xff"
    with pytest.raises(TooManyPhotos):
        attach(visit, advisor)
    with pytest.raises(TooLate):
        attach(visit, advisor, at=NOW + CHANGE_WITHIN + timedelta(seconds=1))
    with pytest.raises(PermissionDenied):  # the key of another report's photo
        attach(report(group.project, advisor, photos_agreed=True), advisor, photos[0].key)
    with pytest.raises(PermissionDenied):
        attach(visit, group.inside["owner"])


def test_whoever_is_on_a_photo_has_it_taken_off(
    group: Group, django_capture_on_commit_callbacks: Any
) -> None:
    visit = report(group.project, group.inside["advisor"], photos_agreed=True)
    photo = attach(visit, group.inside["advisor"])
    name = photo.file.name
    for refused in ("reader", "delegate", "other advisor"):
        with pytest.raises(PermissionDenied):
            withdraw_photo(photo=photo, actor=group.everybody[refused], at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_photo(photo=photo, actor=group.inside["editor"], at=NOW)
    photo.refresh_from_db()
    assert (bool(photo.file), photo.withdrawn_at) == (False, NOW)
    assert not default_storage.exists(name)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", PhotoRefusal.EMPTY),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", PhotoRefusal.NOT_A_PHOTO),
        (b"%PDF-1.7\n", PhotoRefusal.NOT_A_PHOTO),
        (picture()[:200], PhotoRefusal.DAMAGED),
        (picture("GIF"), PhotoRefusal.NOT_A_PHOTO),
    ],
)
def test_what_is_no_photo_is_refused_by_its_content(data: bytes, reason: PhotoRefusal) -> None:
    with pytest.raises(RefusedPhoto) as refusal:
        receive_photo(io.BytesIO(data), len(data))
    assert refusal.value.reason == reason


def test_lists_read_a_constant_number_of_rows(group: Group, django_assert_num_queries: Any) -> None:
    advisor = group.inside["advisor"]
    advisor.regions_as("advisor")  # read once for the whole request
    for rank in range(6):
        report(group.project, advisor, visited_at=NOW - timedelta(days=rank + 1), place=f"Lieu {rank}")
        with django_assert_num_queries(1):
            rows = [
                (row.place, row.agreed_count, row.author.display_name) for row in visits_of(group.project)
            ]
        with django_assert_num_queries(1):
            own = [(row.project.name, row.place) for row in own_visits(advisor)]
        assert len(rows) == len(own) == rank + 1
    assert rows[0][:2] == ("Lieu 0", 1)
    with django_assert_num_queries(5):
        sheet = visit_sheet(
            VisitReport.objects.select_related("author", "commune", "project").latest("pk"), advisor
        )
    assert sheet.staff_part is not None


def test_the_projects_to_visit_are_those_one_may_report_on(group: Group) -> None:
    make_project(group.inside["owner"], name="Un autre")
    assert [row.pk for row in projects_to_visit(group.inside["advisor"])] == [group.project.pk]
    for name in ("owner", "other advisor", "delegate", "administrator", "stranger"):
        assert projects_to_visit(group.everybody[name]) == [], name
    end_access(group)
    assert projects_to_visit(group.inside["advisor"]) == []


def test_who_leaves_leaves_the_report_without_their_name(group: Group) -> None:
    advisor = group.inside["advisor"]
    visit = report(group.project, advisor, need=Need.BLOCKED, blocked_on="Le local")
    held = {holding.key: rows for holding, rows in export(advisor)}
    assert held["visit_reports"][0]["staff_words"] == "À revoir bientôt."
    assert held["visit_reports"][0]["need"] == "Le local"
    groups = {holding.key: rows for holding, rows in export(group.inside["reader"])}
    assert groups["visits_to_projects"][0]["how_many"] == 1
    assert "À revoir" not in str(groups)
    delete_account(user=advisor, actor=advisor, at=NOW)
    visit.refresh_from_db()
    assert visit.author is None


def test_a_project_erased_takes_its_photos_along(
    group: Group, django_capture_on_commit_callbacks: Any
) -> None:
    visit = report(group.project, group.inside["advisor"], photos_agreed=True)
    name = attach(visit, group.inside["advisor"]).file.name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        delete_project(
            project=group.project, typed_name=group.project.name, actor=group.inside["owner"], at=NOW
        )
    assert not default_storage.exists(name)
    assert not VisitReport.objects.exists()
