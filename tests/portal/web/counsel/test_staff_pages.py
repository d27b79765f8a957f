"""The advisor's portfolio and the delegate's region: what presses first, at a cost that does not grow."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.portal.counsel.handing import owner_of
from bpc.portal.counsel.models import Absence, AdvisorSheet, HelpRequest, Ownership
from bpc.portal.counsel.ownership import Desk, Owner
from bpc.portal.people.models import Notification, User
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import AdvisorAccess, Project
from bpc.portal.projects.sharing import grant_advisor
from tests.portal.costs import count_rows
from tests.portal.counsel.counsel_world import make_request
from tests.portal.projects.project_world import make_project
from tests.portal.web.projects.entering import entered
from tests.portal.world import HERE, make_user

pytestmark = pytest.mark.django_db
PORTFOLIO, REGION = "/fr/mon-espace/accompagnement", "/fr/mon-espace/accompagnement/region"


def fill(advisor: User, asker: User, number: int, first: int = 0) -> None:
    """So many requests of one advisor, one in three late, one in ten at the region's desk without anybody's word."""
    now, today = timezone.now(), timezone.localdate()
    delegate = User.objects.filter(role_grants__role=Role.DELEGATE, role_grants__region=HERE[:2]).get()
    rows = HelpRequest.objects.bulk_create(
        HelpRequest(
            reference=f"T{rank:07d}", asker=asker, region_id=HERE[:2], language="fr", subject="papers",
            desk="region" if rank % 10 == 0 else "advisor",
            holder=delegate if rank % 10 == 0 else advisor, asked_at=now - timedelta(days=9),
            due_on=today + timedelta(days=-1 if rank % 3 == 0 else 4),
        )
        for rank in range(first, first + number)
    )  # fmt: skip
    Ownership.objects.bulk_create(
        Ownership(
            request=row, turn=1, desk=row.desk, holder_id=row.holder_id, since=row.asked_at, why="asked"
        )
        for row in rows
    )
    count_rows()


def advise_projects(advisor: User, owner: User, number: int) -> None:
    """So many projects opened a long time ago, where nothing moved since."""
    before = datetime(2026, 1, 5, tzinfo=UTC)
    sample = make_project(owner)
    made = Project.objects.bulk_create(
        Project(
            reference=f"P{sample.pk}{rank:05d}", name=f"Projet {rank}", language="fr", sector=sample.sector,
            commune=sample.commune, province=sample.province, region=sample.region, last_sign_at=before,
            submission_key=uuid4(),
        )
        for rank in range(number)
    )  # fmt: skip
    AdvisorAccess.objects.bulk_create(
        AdvisorAccess(project=row, advisor=advisor, granted_at=before) for row in made
    )
    count_rows()


def measured(client: Client, address: str) -> tuple[int, int]:
    """Queries, and bytes of the page."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(captured), len(answer.content)


def test_ten_thousand_requests_cost_as_many_queries_as_a_hundred() -> None:
    advisor, delegate, asker = (
        make_user(Role.ADVISOR),
        make_user(Role.DELEGATE),
        make_user(display_name="Amina"),
    )
    pages = [
        (entered(advisor), PORTFOLIO),
        (entered(delegate), REGION),
        (entered(asker), "/fr/mon-espace/aide"),
    ]
    fill(advisor, asker, 100)
    advise_projects(advisor, asker, 100)
    few = [measured(client, address) for client, address in pages]
    fill(advisor, asker, 9_900, first=100)
    advise_projects(advisor, asker, 900)
    many = [measured(client, address) for client, address in pages]
    assert [queries for queries, _size in many] == [queries for queries, _size in few]
    assert max(queries for queries, _size in many) <= 25
    for (_few, before), (_many, after) in zip(few, many, strict=True):
        assert after < before * 1.1 + 500  # longer numbers, no more rows
    page = entered(advisor).get(PORTFOLIO).content.decode()
    assert "<strong>9\u202f000</strong> demandes en attente" in page
    assert "<strong>3\u202f000</strong> en retard" in page  # a third of 9,000


def test_whom_to_call_first_and_why() -> None:
    advisor, asker = make_user(Role.ADVISOR), make_user(display_name="Fadma")
    now = timezone.now()
    new = make_project(make_user(), name="Le projet neuf")
    silent = make_project(make_user(), name="Le projet muet")
    grant_advisor(project=new, advisor=advisor, actor=new.members.get().user, at=now)
    grant_advisor(
        project=silent, advisor=advisor, actor=silent.members.get().user, at=now - timedelta(days=90)
    )
    Project.objects.filter(pk=silent.pk).update(last_sign_at=now - timedelta(days=45))
    late = make_request(asker, at=now - timedelta(days=15))
    blocked = make_request(asker, subject="blocked", at=now)
    later = make_request(asker, subject="money", at=now)
    page = entered(advisor).get(PORTFOLIO).content.decode()
    first = page.index("À appeler d’abord")
    order = [
        page.index(sign, first)
        for sign in (late.reference, blocked.reference, "Le projet neuf", "Le projet muet", later.reference)
    ]
    assert order == sorted(order)
    for why in (
        "En retard de",
        "Une étape est bloquée",
        "Vient de vous ouvrir son projet",
        "rien depuis 45 jours",
    ):
        assert why in page


def test_the_region_shows_sheets_loads_and_what_nobody_has() -> None:
    delegate = make_user(Role.DELEGATE, display_name="Brahim")
    asker = make_user(display_name="Fadma")
    alone = make_request(asker, text="Une question que la délégation ne lit pas encore.")
    assert owner_of(alone) == Owner(Desk.REGION, delegate.pk)
    advisor = make_user(Role.ADVISOR, display_name="Salma")
    AdvisorSheet.objects.create(user=advisor, requests_a_week=1)
    held = make_request(asker, text="Une autre question.", at=timezone.now())
    assert owner_of(held) == Owner(Desk.ADVISOR, advisor.pk)
    page = entered(delegate).get(REGION).content.decode()
    assert "<strong>1</strong> sans conseiller" in page
    assert alone.reference in page
    assert held.reference not in page  # neither late nor without an advisor
    assert "Salma" in page
    assert "1 sur 1" in page
    assert "pleine" in page
    assert "Une question" not in page
    assert entered(delegate).get(f"{REGION}?region=02").status_code == 404
    assert entered(advisor).get(REGION).status_code == 403
    assert entered(asker).get(PORTFOLIO).status_code == 403
    assert entered(make_user(Role.ADMINISTRATOR)).get(f"{REGION}?region=02").status_code == 200


def test_a_request_is_handed_on_and_a_stale_form_is_told() -> None:
    advisor = make_user(Role.ADVISOR, display_name="Salma")
    made = make_request(make_user(display_name="Fadma"), at=timezone.now())
    other = make_user(Role.ADVISOR, display_name="Driss")
    delegate = entered(make_user(Role.DELEGATE))
    address = f"/fr/mon-espace/aide/{made.reference}/confier"
    page = delegate.get(address).content.decode()
    assert "Driss" in page
    given = {"to": f"advisor-{other.pk}", "note": "Il connaît la filière.", "turn": made.turns}
    assert delegate.post(address, {**given, "note": ""}).status_code == 422
    assert delegate.post(address, given).status_code == 302
    made.refresh_from_db()
    assert (made.holder, made.turns) == (other, 2)
    assert delegate.post(address, {**given, "to": "national"}).status_code == 422
    assert delegate.post(address, {**given, "to": "advisor-999999", "turn": 2}).status_code == 422
    assert (
        entered(advisor).get(f"/fr/mon-espace/aide/{made.reference}").status_code == 404
    )  # no longer theirs
    told = Notification.objects.filter(kind__startswith="counsel.").values_list("user", "kind")
    assert (other.pk, "counsel.given") in told
    assert (advisor.pk, "counsel.taken") in told
    page = entered(made.asker).get(f"/fr/mon-espace/aide/{made.reference}").content.decode()
    assert "Il connaît la filière." in page


def days(name: str, value: Any) -> dict[str, int]:
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def test_an_advisor_plans_and_leaves_for_a_while() -> None:
    advisor, colleague = make_user(Role.ADVISOR, display_name="Salma"), make_user(Role.ADVISOR)
    AdvisorSheet.objects.create(user=colleague, languages=["ar"])
    made = make_request(make_user(), at=timezone.now())
    assert made.holder == advisor
    client, address = entered(advisor), f"/fr/mon-espace/accompagnement/conseillers/{advisor.pk}"
    sheet = {
        "languages": ["fr"],
        "sectors": ["food"],
        "requests_a_week": 4,
        "projects_most": 9,
        "revision": 0,
    }
    assert client.post(address, sheet).status_code == 302
    assert client.post(address, sheet).status_code == 422  # read before it was changed
    assert AdvisorSheet.objects.get(user=advisor).requests_a_week == 4
    today = timezone.localdate()
    wrong = {**days("from_on", today), **days("until_on", today - timedelta(days=1))}
    assert client.post(f"{address}/absence", wrong).status_code == 422
    right = {**days("from_on", today), **days("until_on", today + timedelta(days=3))}
    assert client.post(f"{address}/absence", right).status_code == 302
    made.refresh_from_db()
    assert made.holder == colleague
    assert made.owners.get(until=None).why == "absence"
    absence = Absence.objects.get()
    assert entered(colleague).post(f"{address}/absences/{absence.pk}/annuler").status_code == 404
    assert client.post(f"{address}/absences/{absence.pk}/annuler").status_code == 302
    absence.refresh_from_db()
    assert absence.cancelled_at is not None


def test_a_portfolio_is_handed_over_whole() -> None:
    advisor = make_user(Role.ADVISOR, display_name="Salma")
    owner, now = make_user(), timezone.now()
    project = make_project(owner)
    grant_advisor(project=project, advisor=advisor, actor=owner, at=now)
    rows = [make_request(make_user(), at=now - timedelta(days=rank)) for rank in range(3)]
    next_one = make_user(Role.ADVISOR, display_name="Driss")
    address = f"/fr/mon-espace/accompagnement/conseillers/{advisor.pk}/passation"
    assert entered(advisor).get(address).status_code == 403
    assert entered(make_user(Role.DELEGATE, region="02")).get(address).status_code == 404
    delegate = entered(make_user(Role.DELEGATE))
    assert delegate.post(address, {"to": next_one.pk}).status_code == 422
    assert delegate.post(address, {"to": next_one.pk, "sure": "on"}).status_code == 302
    for row in rows:
        row.refresh_from_db()
        assert row.holder == next_one
        assert [one.holder_id for one in row.owners.all()] == [advisor.pk, next_one.pk]
    assert project.advisor_accesses.filter(ended_at=None).get().advisor == advisor  # the group alone opens
    assert Notification.objects.filter(user=owner, kind="counsel.advisor_leaves").count() == 1
