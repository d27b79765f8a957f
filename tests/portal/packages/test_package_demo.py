"""The demonstration's modules: made once, one published, gone without a trace."""

from typing import Any

import pytest
from django.core.files.storage import default_storage

from bpc.portal.packages.demo import create_demo_packages, remove_demo_packages
from bpc.portal.packages.models import Package, PackageRun
from bpc.portal.packages.running import open_run
from bpc.portal.people.demo import create_demo_people
from tests.portal.packages.package_world import NOW
from tests.portal.world import make_user


@pytest.mark.django_db
def test_the_demonstration_is_made_once_and_goes_with_its_files(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.DEMO = True
    create_demo_people()
    assert (create_demo_packages(), create_demo_packages()) == (2, 0)
    made = {row.language: row for row in Package.objects.all()}
    assert {row.state for row in made.values()} == {"published", "draft"}
    assert (made["fr"].kind, made["fr"].mastery, made["ar"].kind) == ("scorm-1.2", 70, "scorm-2004")
    open_run(package=made["fr"], actor=make_user(), at=NOW)
    files = [str(row.file.name) for row in made.values()]
    with django_capture_on_commit_callbacks(execute=True):
        remove_demo_packages()
    assert (Package.objects.count(), PackageRun.objects.count()) == (0, 0)
    assert not any(default_storage.exists(name) for name in files)
