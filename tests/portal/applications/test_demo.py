"""The demonstration: a vault with a paper about to expire, one file sent, all gone with the project."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from bpc.portal.applications.demo import create_demo_applications
from bpc.portal.applications.models import Application
from bpc.portal.applications.states import State
from bpc.portal.applications.success import success_rates
from bpc.portal.people.demo import create_demo_people
from bpc.portal.projects.demo import create_demo_projects, remove_demo_projects
from bpc.portal.vault.models import VaultDocument
from bpc.portal.vault.papers import Validity, validity

pytestmark = pytest.mark.django_db


def test_the_demonstration_has_a_vault_and_a_file_sent(
    django_capture_on_commit_callbacks: object, settings: Any
) -> None:
    settings.DEMO = True
    create_demo_people()
    create_demo_projects()
    assert (create_demo_applications(), create_demo_applications()) == (2, 0)
    papers = list(VaultDocument.objects.all())
    today = timezone.localdate()
    found = {paper.kind: validity(paper.expires_on, today) for paper in papers}
    assert found == {"statutes": Validity.UNDATED, "minutes": Validity.SOON}
    assert Application.objects.get().state == State.SENT
    assert success_rates() == {}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture of pytest-django
        remove_demo_projects()
    assert not VaultDocument.objects.exists()
    assert not any(default_storage.exists(str(paper.file.name)) for paper in papers)
