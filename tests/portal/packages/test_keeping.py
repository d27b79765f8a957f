"""Packages put in, described, published, withdrawn; who may."""

from typing import Any
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.packages.actions import (
    NEEDED,
    AlreadyHere,
    NotADraft,
    Unsaid,
    Words,
    describe_package,
    discard_package,
    publish_package,
    unsaid,
    withdraw_package,
)
from bpc.portal.packages.models import Package
from bpc.portal.packages.refusals import RefusedPackage
from bpc.portal.people.personal_data import export
from bpc.portal.people.roles import Role
from tests.portal.packages.package_world import NOW, WORDS, added, files_of, h5p, published, scorm, zipped
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def test_a_package_is_kept_as_a_draft_with_what_it_says() -> None:
    trainer = make_user(Role.TRAINER)
    kept = added(zipped({**files_of(scorm()), "modele.xlsx": "x"}), trainer=trainer, name="../Prix.ZIP")
    assert (kept.state, kept.kind, kept.title_fr, kept.title_ar) == (
        "draft",
        "scorm-1.2",
        "Le prix et la marge",
        "",
    )
    assert (kept.launch, kept.mastery, kept.file_count, kept.original_name) == (
        "index.html",
        70,
        5,
        "Prix.zip",
    )
    assert kept.report == {"left_out": ["modele.xlsx"], "left_out_count": 1, "missing": []}
    with kept.file.open("rb") as stored, ZipFile(stored) as opened:
        assert sorted(opened.namelist()) == [
            "course.css",
            "course.js",
            "imsmanifest.xml",
            "index.html",
            "pot.png",
        ]
    assert [one.verb for one in trail_of(kept)] == ["add package"]


def test_an_h5p_file_brings_its_licence_and_its_authors() -> None:
    kept = added(h5p(), name="question.h5p")
    assert (kept.kind, kept.launch, kept.main_library) == ("h5p", "", "H5P.PlainQuestion-1.0")
    assert (kept.licence, kept.credit, kept.original_name) == (
        "CC BY 4.0",
        "Association Tifaouine",
        "question.h5p",
    )


def test_the_same_file_is_one_package() -> None:
    first = added()
    with pytest.raises(AlreadyHere) as known:
        added()
    assert known.value.package == first
    assert Package.objects.count() == 1


def test_a_refused_package_leaves_nothing() -> None:
    with pytest.raises(RefusedPackage):
        added(b"PK")
    assert (Package.objects.count(), AuditEntry.objects.filter(verb="add package").count()) == (0, 0)


@pytest.mark.parametrize("role", [None, Role.HOLDER, Role.DELEGATE, Role.ADVISOR, Role.FUNDER])
def test_only_trainers_and_administrators_keep_packages(role: str | None) -> None:
    person = make_user(*([role] if role else []))
    package = added()
    for act in (
        lambda: added(h5p(), trainer=person),
        lambda: describe_package(package=package, words=WORDS, actor=person, at=NOW),
        lambda: publish_package(package=package, actor=person, at=NOW),
        lambda: withdraw_package(package=published(h5p()), actor=person, at=NOW),
        lambda: discard_package(package=package, actor=person, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_nothing_is_published_unsaid() -> None:
    package, administrator = added(), make_user(Role.ADMINISTRATOR)
    assert unsaid(package) == [name for name in NEEDED if name != "title_fr"]
    with pytest.raises(Unsaid) as refused:
        publish_package(package=package, actor=administrator, at=NOW)
    assert "licence" in refused.value.missing
    assert Package.objects.get(pk=package.pk).state == "draft"


def test_from_draft_to_published_to_withdrawn_and_back() -> None:
    trainer = make_user(Role.TRAINER)
    package = published(trainer=trainer)
    assert (package.state, package.published_at, package.title_ar) == ("published", NOW, "الثمن والهامش")
    with pytest.raises(Unsaid):
        describe_package(package=package, words=Words("Titre", "عنوان"), actor=trainer, at=NOW)
    with pytest.raises(NotADraft):
        discard_package(package=package, actor=trainer, at=NOW)
    withdraw_package(package=package, actor=trainer, at=NOW)
    with pytest.raises(IllegalMove):
        withdraw_package(package=package, actor=trainer, at=NOW)
    publish_package(package=package, actor=trainer, at=NOW)
    verbs = ["add package", "describe package", "publish package", "withdraw package", "publish package"]
    assert [one.verb for one in trail_of(package)] == verbs


def test_a_draft_thrown_away_takes_its_file(django_capture_on_commit_callbacks: Any) -> None:
    package = added()
    name = str(package.file.name)
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        discard_package(package=package, actor=make_user(Role.TRAINER), at=NOW)
    assert (default_storage.exists(name), Package.objects.count()) == (False, 0)


def test_what_a_trainer_uploaded_is_told_and_outlives_them() -> None:
    trainer = make_user(Role.TRAINER)
    package = added(trainer=trainer)
    ((holding, rows),) = [(one, rows) for one, rows in export(trainer) if one.key == "packages_uploaded"]
    assert [row["code"] for row in rows] == [package.reference]
    holding.forget(trainer)
    assert Package.objects.get(pk=package.pk).uploaded_by is None


def test_a_scanner_that_does_not_answer_stops_the_package(settings: Any) -> None:
    settings.SCANNER = "/nowhere/clamd.sock"
    with pytest.raises(RefusedPackage, match="unscanned"):
        added()
