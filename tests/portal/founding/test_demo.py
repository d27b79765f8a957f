"""The demonstration's creation file: made once, lawful, and honest about what is missing."""

import pytest

from bpc.portal.founding.demo import create_demo_founding
from bpc.portal.founding.models import CreationFile
from bpc.portal.founding.papers import fill_paper, paper_kinds
from tests.portal.projects.project_world import add_people, make_group

pytestmark = pytest.mark.django_db


def test_the_demonstration_begins_one_file_only() -> None:
    group = make_group()
    add_people(group.project, group.inside["owner"], 6)
    group.project.is_demo = True
    group.project.save()
    assert (create_demo_founding(), create_demo_founding()) == (1, 0)
    file = CreationFile.objects.get()
    founders = list(file.founders.all())
    assert {founder.shares for founder in founders} == {3}
    gaps = {kind.code: len(fill_paper(kind, file, founders, "fr").gaps) for kind in paper_kinds()}
    assert 0 < gaps["statutes"] < 20
