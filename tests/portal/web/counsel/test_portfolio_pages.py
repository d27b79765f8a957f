"""An advisor's projects with their reasons, laureates first, at a cost that does not grow."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.portal.contests.models import Entry, Publication
from bpc.portal.counsel.models import HelpRequest
from bpc.portal.counsel.portfolio import Worry, advised_by, project_counts
from bpc.portal.followup.models import ProjectPath, StepMark
from bpc.portal.journeys.portfolio import signals
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import AdvisorAccess, Project
from bpc.portal.projects.sharing import grant_advisor
from tests.portal.contests.result_world import decide_all, make_world
from tests.portal.costs import count_rows, rows_read
from tests.portal.followup.followup_world import NOW, TODAY, open_creation, say
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import make_project
from tests.portal.web.projects.entering import entered
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
PORTFOLIO = "/fr/mon-espace/accompagnement"
PROJECTS = f"{PORTFOLIO}/projets"
LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)


def advised(advisor: User, name: str, days_ago: int = 90) -> tuple[Project, User]:
    """A project opened so many days ago, whose group has just given a sign."""
    owner = make_user()
    project = make_project(owner, name=name)
    grant_advisor(project=project, advisor=advisor, actor=owner, at=timezone.now() - timedelta(days=days_ago))
    return project, owner


def silenced(project: Project, days: int) -> None:
    Project.objects.filter(pk=project.pk).update(last_sign_at=timezone.now() - timedelta(days=days))


def crown(project: Project) -> None:
    """The project won an ideathon whose results are known."""
    world = make_world()
    decide_all(world)
    Entry.objects.filter(pk=world.entries[0].pk).update(project=project)
    Publication.objects.create(edition=world.edition, text="{}", head="0" * 64, software="1")


def fill(advisor: User, number: int, first: int = 0) -> None:
    """So many projects, every third blocked, every fourth late, every other silent."""
    sample, _owner = advised(advisor, f"Modèle {first}")
    path = open_creation(sample, sample.members.get().user)
    rows = Project.objects.bulk_create(
        Project(
            reference=f"Q{rank:07d}", name=f"Projet {rank}", language="fr", sector_id=sample.sector_id,
            commune_id=sample.commune_id, province_id=sample.province_id, region_id=sample.region_id,
            last_sign_at=LONG_AGO if rank % 2 else timezone.now(), submission_key=uuid4(),
        )
        for rank in range(first, first + number)
    )  # fmt: skip
    AdvisorAccess.objects.bulk_create(
        AdvisorAccess(project=row, advisor=advisor, granted_at=LONG_AGO) for row in rows
    )
    paths = ProjectPath.objects.bulk_create(
        ProjectPath(project=row, template_id=path.template_id, version_id=path.version_id, opened_at=LONG_AGO)
        for row in rows
    )
    StepMark.objects.bulk_create(
        StepMark(path=one, step="founders", state="blocked", note="Il manque une personne.", made_at=LONG_AGO)
        for one in paths[::3]
    )
    StepMark.objects.bulk_create(
        StepMark(path=one, step="name", state="doing", due_on=LONG_AGO.date(), made_at=LONG_AGO)
        for one in paths[::4]
    )
    count_rows()


def test_a_thousand_projects_cost_as_many_queries_and_rows_as_ten() -> None:
    advisor = make_user(Role.ADVISOR)
    client = entered(advisor)
    pages = (PORTFOLIO, PROJECTS, f"{PROJECTS}?etat=blocked", f"{PROJECTS}?etat=silent")

    def measure() -> list[tuple[int, Counter[str]]]:
        found = []
        for address in pages:
            with CaptureQueriesContext(connection) as captured, rows_read() as made:
                assert client.get(address).status_code == 200
            found.append((len(captured), Counter(made)))
        return found

    fill(advisor, 59)
    client.get(PORTFOLIO)  # what a first page reads once for all
    few = measure()
    fill(advisor, 940, first=59)
    many = measure()
    assert [queries for queries, _rows in many] == [queries for queries, _rows in few]
    assert max(queries for queries, _rows in many) <= 16
    assert many[0][1]["Project"] <= 60
    assert all(rows["Project"] <= 25 for _queries, rows in many[1:])
    assert all(rows["StepMark"] + rows["HelpRequest"] == 0 for _queries, rows in many)
    counts = project_counts(advised_by(advisor, NOW, signals(NOW)), NOW)
    assert counts.all == 1001
    assert counts.by_worry[Worry.BLOCKED] == 20 + 314
    assert counts.by_worry[Worry.LATE] == 15 + 235
    assert counts.by_worry[Worry.SILENT] == 499


def test_ten_projects_and_a_thousand_cost_the_same_queries() -> None:
    advisor = make_user(Role.ADVISOR)
    client = entered(advisor)
    fill(advisor, 10)
    client.get(PROJECTS)
    with CaptureQueriesContext(connection) as few:
        client.get(PROJECTS)
    fill(advisor, 990, first=10)
    with CaptureQueriesContext(connection) as many:
        client.get(PROJECTS)
    assert len(many) == len(few)


def make_varied(advisor: User) -> None:
    """A project of each worry, a laureate, and one where nothing presses."""
    blocked, owner = advised(advisor, "Le projet bloqué")
    say(
        open_creation(blocked, owner),
        "founders",
        "blocked",
        owner,
        note="Il manque quelqu’un.",
        language="fr",
    )
    late, keeper = advised(advisor, "Le projet en retard")
    path = open_creation(late, keeper)
    say(path, "founders", "doing", keeper, at=NOW - timedelta(days=9), due_on=TODAY - timedelta(days=4))
    silent, _other = advised(advisor, "Le projet muet")
    silenced(silent, 45)
    advised(advisor, "Le projet neuf", days_ago=1)
    advised(advisor, "Le projet tranquille")
    winner, _winners = advised(advisor, "Le projet lauréat")
    crown(winner)
    silenced(late, 0)


def test_each_project_says_why_laureates_first_and_each_filter_keeps_its_own() -> None:
    advisor = make_user(Role.ADVISOR)
    make_varied(advisor)
    page = plain(entered(advisor).get(PROJECTS).content.decode())
    order = [
        page.index(name)
        for name in (
            "Le projet lauréat", "Le projet bloqué", "Le projet en retard", "Le projet muet", "Le projet neuf",
            "Le projet tranquille",
        )
    ]  # fmt: skip
    assert order == sorted(order)
    for why in (
        "Une étape est bloquée",
        "Le jour que le groupe s’était donné pour une étape est passé de 4 jours",
        "Le groupe ne donne plus de nouvelles : rien depuis 45 jours",
        "Vient de vous ouvrir son projet",
        "Rien ne presse.",
    ):
        assert why in page
    for worry, name in {
        "blocked": "Le projet bloqué", "late": "Le projet en retard", "silent": "Le projet muet",
        "new": "Le projet neuf", "laureate": "Le projet lauréat",
    }.items():  # fmt: skip
        kept = entered(advisor).get(f"{PROJECTS}?etat={worry}").content.decode()
        assert name in kept
        assert "Le projet tranquille" not in kept
        assert kept.count('<li class="card">') == 1


def test_a_mark_taken_back_or_of_a_closed_path_worries_nobody() -> None:
    advisor = make_user(Role.ADVISOR)
    project, owner = advised(advisor, "Le projet repris")
    path = open_creation(project, owner)
    say(path, "founders", "blocked", owner, at=NOW - timedelta(days=3), note="Bloqué.", language="fr")

    def counted() -> int:
        return project_counts(advised_by(advisor, NOW, signals(NOW)), NOW).by_worry[Worry.BLOCKED]

    assert counted() == 1
    say(path, "founders", "doing", owner)
    assert counted() == 0
    say(path, "founders", "blocked", owner, at=NOW + timedelta(minutes=1), note="Encore.", language="fr")
    assert counted() == 1
    ProjectPath.objects.filter(pk=path.pk).update(closed_at=NOW)
    assert counted() == 0


def test_a_laureate_that_presses_is_called_before_anybody_and_one_that_waits_is_not() -> None:
    advisor = make_user(Role.ADVISOR)
    winner, _owner = advised(advisor, "Le projet lauréat")
    silenced(winner, 40)
    asker = make_user()
    today = timezone.localdate()
    for rank, days in enumerate((-3, 0)):
        HelpRequest.objects.create(
            reference=f"T{rank:07d}", asker=asker, region_id=winner.region_id, language="fr", subject="papers",
            desk="advisor", holder=advisor, due_on=today + timedelta(days=days),
        )  # fmt: skip
    page = entered(advisor).get(PORTFOLIO).content.decode()
    first = page.index("À appeler d’abord")
    assert page.index("T0000000", first) < page.index("Le projet lauréat", first)
    crown(winner)
    page = entered(advisor).get(PORTFOLIO).content.decode()
    assert page.index("Le projet lauréat", first) < page.index("T0000000", first)


def test_empty_lists_say_why() -> None:
    client = entered(make_user(Role.ADVISOR))
    assert "Un groupe vous ouvre son projet" in client.get(PROJECTS).content.decode()
    for worry, why in {
        "blocked": "Aucune étape n’est bloquée", "late": "Aucun projet n’est en retard",
        "silent": "Chaque groupe a donné des nouvelles", "new": "cette semaine", "laureate": "lauréat d’un idéathon",
        "nonsense": "Un groupe vous ouvre",
    }.items():  # fmt: skip
        assert why in client.get(f"{PROJECTS}?etat={worry}").content.decode()
    assert entered(make_user()).get(PROJECTS).status_code == 403
