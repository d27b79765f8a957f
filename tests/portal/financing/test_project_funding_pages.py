"""What a project can have: read by its group, answered by its editors, unknown to strangers."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.test import Client

from bpc.portal.financing.answering import answer_questions
from bpc.portal.financing.models import FundingProfile, Watch
from bpc.portal.people.delivery import agreed_to
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.plan_world import make_plan
from tests.portal.projects.project_world import NOW, Group, make_group

pytestmark = pytest.mark.django_db


def address(group: Group, rest: str = "") -> str:
    """The page of the project."""
    return f"/fr/mon-espace/projets/{group.project.reference}/financements{rest}"


def as_(who: Any) -> Client:
    """Signed in."""
    client = Client()
    sign_in_with_factor(client, who)
    return client


def send(group: Group, who: str, **answers: str) -> Any:
    """One form."""
    names = ",".join(name.removeprefix("r-") for name in answers if name.startswith("r-"))
    return as_(group.everybody[who]).post(address(group), {"cases": names, "revision": "0", **answers})


def test_the_group_and_its_advisor_read_strangers_find_nothing() -> None:
    group = make_group()
    for who in ("owner", "editor", "reader", "advisor"):
        page = as_(group.inside[who]).get(address(group))
        assert page.status_code == 200
        assert (page.context["form"] is not None) == (who in {"owner", "editor"})
        total = sum(page.context["results"].counts[one] for one in ("possible", "to_complete", "excluded"))
        assert total >= 100
    for who in ("person", "other advisor", "delegate", "administrator"):
        for rest in ("", "/avertir", "/reprendre", "/reponses-du-simulateur"):
            client = as_(group.outside[who])
            response = client.get(address(group)) if not rest else client.post(address(group, rest))
            assert response.status_code == 404, (who, rest)
    assert Client().get(address(group)).status_code == 302
    assert not Watch.objects.exists()


def test_it_leads_to_the_financing_plan_and_to_the_files_of_those_who_open_them() -> None:
    group = make_group()
    make_plan(group)
    here = f"/fr/mon-espace/projets/{group.project.reference}"
    for who in ("owner", "editor", "reader", "advisor"):
        client = as_(group.inside[who])
        page = client.get(address(group)).content.decode()
        assert f'href="{here}/plan-de-financement"' in page
        plan = client.get(f"{here}/plan-de-financement").content.decode()
        assert "<h1>Plan de financement</h1>" in plan
        for one in (page, plan):  # those who may not open the files are not led to a refusal
            assert (f'href="{here}/dossiers"' in one) == (who != "reader"), who


def test_an_editor_answers_a_reader_may_not() -> None:
    group = make_group()
    sent = {"repond": "members", "r-members": "20", "r-women": "20"}
    assert send(group, "editor", **sent).status_code == 302
    assert FundingProfile.objects.get().answers == {"members": 20, "women": 20}
    for who in ("reader", "advisor"):
        assert send(group, who, **sent).status_code == 403
    refused = send(group, "owner", repond="members", **{"r-members": "cinq", "r-women": "3"})
    assert refused.status_code == 422
    assert FundingProfile.objects.get().answers["members"] == 20
    stale = send(group, "owner", repond="members", **{"r-members": "30"})
    assert stale.status_code == 422
    assert "répondre autrement" in stale.content.decode()


def test_what_is_not_known_is_kept_as_such_and_not_asked_again() -> None:
    group = make_group()
    client = as_(group.inside["owner"])
    first = client.get(address(group)).context["form"]
    client.post(address(group), {"repond": first.screen, "cases": ",".join(first.names), "act": "nsp"})
    assert set(FundingProfile.objects.get().answers.values()) == {None}
    assert client.get(address(group)).context["form"].screen != first.screen


def test_nothing_known_elsewhere_is_asked_and_each_answer_says_where_it_comes_from() -> None:
    group = make_group()
    page = as_(group.inside["owner"]).get(address(group))
    told = {line.name: line for line in page.context["told"]}
    assert set(told) == {"sector", "commune", "stage"}
    assert told["sector"].origin == "d’après la page du projet"
    assert page.context["form"].screen not in {"sector", "commune", "stage"}
    answer_questions(
        project=group.project, answers={"sector": "crafts"}, revision=0, actor=group.inside["owner"], at=NOW
    )
    told = {line.name: line for line in as_(group.inside["owner"]).get(address(group)).context["told"]}
    assert (told["sector"].answer, told["sector"].other) == ("Artisanat", "Transformation alimentaire")
    as_(group.inside["owner"]).post(address(group, "/reprendre"), {"champ": "sector"})
    assert FundingProfile.objects.get().answers == {}


def test_answers_of_the_simulator_are_taken_over_for_what_is_not_known() -> None:
    group = make_group()
    client = as_(group.inside["owner"])
    query = "legal_form=cooperative&sector=crafts&members=12&women=4"
    start = f"/fr/financements/pour-nous/projet?{query}"
    assert group.project.name in client.get(start).content.decode()
    sent = {**dict(part.split("=") for part in query.split("&")), "projet": group.project.reference}
    assert client.post(start, sent)["Location"] == address(group)
    assert client.get(address(group)).context["pending"] == 3
    client.post(address(group, "/reponses-du-simulateur"))
    assert FundingProfile.objects.get().answers == {"legal_form": "cooperative", "members": 12, "women": 4}
    assert client.get(address(group)).context["pending"] == 0


def test_watching_from_the_page_and_from_the_simulator_then_the_list() -> None:
    group = make_group()
    reader = group.inside["reader"]
    client = as_(reader)
    assert client.post(address(group, "/avertir")).status_code == 302
    assert agreed_to(reader, "funding_alerts")
    new = "/fr/mon-espace/alertes-financement/nouvelle"
    assert client.post(new, {"members": "20", "nom": " "}).status_code == 422
    client.post(new, {"members": "20", "sector": "food", "nom": "Miel"})
    page = client.get("/fr/mon-espace/alertes-financement")
    assert [line.title for line in page.context["lines"]] == [group.project.name, "Miel"]
    assert all(line.coming == [] for line in page.context["lines"])
    mine = Watch.objects.get(name="Miel")
    leads_to = client.get(f"/fr/mon-espace/alertes-financement/{mine.pk}")["Location"]
    # PostgreSQL keeps no order of what was answered
    assert dict(parse_qsl(leads_to.partition("?")[2])) == {"members": "20", "sector": "food"}
    change = f"/fr/mon-espace/alertes-financement/{mine.pk}/changer"
    assert as_(group.inside["owner"]).post(change, {"act": "stop"}).status_code == 404
    client.post(change, {"act": "pause"})
    assert Watch.objects.get(pk=mine.pk).paused_at is not None
    client.post(change, {"act": "stop"})
    assert not Watch.objects.filter(pk=mine.pk).exists()
    assert "/fr/financements/pour-nous" in client.get(new).content.decode()  # nothing was answered
    assert client.post(new, {"nom": "Vide"}).status_code == 422
    assert not Watch.objects.filter(name="Vide").exists()
