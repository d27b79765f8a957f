"""Pages of paths ask and read as much with twelve projects as with two thousand."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from bpc.portal.followup.catalogue import published_versions
from bpc.portal.followup.models import LegalDate, ProjectPath, StepMark, TemplateVersion
from bpc.portal.followup.template_actions import start_draft
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import AdvisorAccess, Project, ProjectMember
from bpc.portal.web.followup.advising import PER_PAGE
from tests.portal.costs import cost, count_rows
from tests.portal.followup.followup_world import NOW, TODAY
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.projects.project_world import Group, make_group
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
FEW, MANY = 12, 2_000  # as many at least as a draft is tried on
STEPS = ("founders", "idea_check", "name_request")


def grow(group: Group, number: int) -> None:
    """Projects like the group's own until there are as many, each on its path, two of seven blocked."""
    first = group.project
    columns = {one.attname: getattr(first, one.attname) for one in Project._meta.concrete_fields}
    left = {
        name: value for name, value in columns.items() if name not in {"id", "reference", "submission_key"}
    }
    have = Project.objects.count()
    rows = Project.objects.bulk_create(
        [Project(**left, reference=f"T{at:07d}", submission_key=uuid4()) for at in range(have, number)],
        batch_size=500,
    )
    version = published_versions()["creation"]
    ProjectMember.objects.bulk_create(
        [ProjectMember(project=one, user=group.inside["owner"], role="owner") for one in rows], batch_size=500
    )
    AdvisorAccess.objects.bulk_create(
        [AdvisorAccess(project=one, advisor=group.inside["advisor"]) for one in rows], batch_size=500
    )
    paths = ProjectPath.objects.bulk_create(
        [
            ProjectPath(project=one, template_id=version.template_id, version=version, opened_at=NOW,
                        moved_at=NOW - timedelta(days=at % 90))
            for at, one in enumerate(rows)
        ],
        batch_size=500,
    )  # fmt: skip
    StepMark.objects.bulk_create(
        [
            StepMark(path=path, step=step, state="blocked" if at % 7 < 2 and step == STEPS[-1] else "done",
                     note="Un papier manque." if at % 7 < 2 and step == STEPS[-1] else "", made_at=NOW)
            for at, path in enumerate(paths)
            for step in STEPS
        ],
        batch_size=500,
    )  # fmt: skip
    LegalDate.objects.bulk_create(
        [LegalDate(project=one, event="name_requested", on=TODAY) for one in rows], batch_size=500
    )
    count_rows()


def client_of(person: User) -> Client:
    client = Client()
    sign_in_with_factor(client, person)
    return client


def test_pages_cost_the_same_with_a_dozen_and_two_thousand() -> None:
    group = make_group()
    keeper = make_user(Role.ADMINISTRATOR)
    grow(group, FEW)
    start_draft(template=published_versions()["creation"].template, actor=keeper, at=NOW)
    office, advisor, owner = (
        client_of(one) for one in (keeper, group.inside["advisor"], group.inside["owner"])
    )
    version = TemplateVersion.objects.get(template__slug="creation", state="draft")
    path = ProjectPath.objects.earliest("pk")
    pages = {
        "templates": (office, reverse("web:path_templates")),
        "template": (office, reverse("web:path_template", args=["creation"])),
        "trial": (office, reverse("web:path_template_trial", args=["creation"])),
        "advised": (advisor, reverse("web:advised_paths")),
        "path": (owner, reverse("web:path", args=[path.project.reference, path.pk])),
        "my space": (owner, reverse("web:my_space")),
    }
    assert version.number == 2
    few = {name: cost(client, url) for name, (client, url) in pages.items()}
    grow(group, MANY)
    many = {name: cost(client, url) for name, (client, url) in pages.items()}
    for name, (queries, rows) in many.items():
        assert queries == few[name][0], name
        # a page of twenty of them reads twenty, where there were twelve
        most = 2 * PER_PAGE / FEW if name in {"advised", "my space"} else 1
        assert rows <= few[name][1] * most + 5, (name, few[name], many[name])
    assert Project.objects.count() == MANY


def test_the_blocked_come_first_then_the_longest_silent_page_after_page() -> None:
    group = make_group()
    grow(group, 50)
    client = client_of(group.inside["advisor"])
    seen: list[tuple[bool, int]] = []
    for page in (1, 2, 3):
        rows = client.get(reverse("web:advised_paths"), {"page": page}).context["rows"]
        seen += [(bool(row.blocked), row.silent) for row in rows if row.shown is not None]
    assert len(seen) == 49
    assert [blocked for blocked, _silent in seen] == sorted((one for one, _ in seen), reverse=True)
    for wanted in (True, False):
        silent = [days for blocked, days in seen if blocked is wanted]
        assert silent == sorted(silent, reverse=True)
