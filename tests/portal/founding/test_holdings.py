"""What a creation file holds on people: shown to its group alone, left without a name when someone leaves."""

import pytest

from bpc.portal.founding.models import CreationFile, FoundingMember
from bpc.portal.people.departure import delete_account
from bpc.portal.people.personal_data import export
from tests.portal.founding.founding_world import complete
from tests.portal.projects.project_world import NOW

pytestmark = pytest.mark.django_db


def test_a_member_of_the_group_takes_away_what_the_file_says() -> None:
    group, file = complete()
    rows = {holding.key: rows for holding, rows in export(group.inside["owner"])}["creation_files"]
    assert [row["code"] for row in rows] == [file.project.reference]
    assert rows[0]["people"][0]["address"] == "Douar Tagmout"
    for name in ("advisor", "person"):
        person = {**group.inside, **group.outside}[name]
        assert {holding.key: rows for holding, rows in export(person)}["creation_files"] == []


def test_leaving_takes_the_name_off_and_the_addresses_when_nobody_is_left() -> None:
    group, file = complete()
    owner = group.inside["owner"]
    assert CreationFile.objects.get(pk=file.pk).changed_by == owner
    delete_account(user=owner, actor=owner, at=NOW)
    assert CreationFile.objects.get(pk=file.pk).changed_by is None
    for name in ("editor", "reader"):
        delete_account(user=group.inside[name], actor=group.inside[name], at=NOW)
    assert not FoundingMember.objects.exists()
