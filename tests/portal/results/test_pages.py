"""The pages of the group: two minutes, filled with last time's people, compared with the plan."""

import re
from typing import Any

import pytest
from django.test import Client

from bpc.portal.results.models import Following, PeriodResult
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.plain_words import plain
from tests.portal.plans.plan_world import make_plan
from tests.portal.projects.project_world import Group, make_group
from tests.portal.results.result_world import ENDS, LAUNCHED, launched, tell

pytestmark = pytest.mark.django_db


def address(group: Group, rest: str = "", language: str = "fr") -> str:
    return f"/{language}/mon-espace/projets/{group.project.reference}/resultats{rest}"


def as_(who: Any) -> Client:
    client = Client()
    sign_in_with_factor(client, who)
    return client


def test_strangers_find_nothing_and_readers_do_not_write() -> None:
    group = launched(make_group())
    day = ENDS[1].isoformat()
    for who in ("person", "other advisor", "delegate", "administrator"):
        client = as_(group.outside[who])
        assert client.get(address(group)).status_code == 404
        assert client.get(address(group, f"/{day}")).status_code == 404
        assert client.post(address(group, "/demarrage")).status_code == 404
        assert client.post(address(group, "/apres")).status_code == 404
        assert client.get(address(group, f"/{day}/pourquoi")).status_code == 404
    for who in ("reader", "advisor"):
        client = as_(group.inside[who])
        assert client.get(address(group)).status_code == 200
        assert client.get(address(group, f"/{day}")).status_code == 403
        assert client.post(address(group, "/demarrage")).status_code == 403
    assert as_(group.inside["editor"]).get(address(group, "/apres")).status_code == 403


def test_from_the_start_to_the_comparison() -> None:
    group = make_group()
    make_plan(group)
    client = as_(group.inside["owner"])
    assert client.get(address(group)).context["following"] is None
    day = {
        "launched_on_day": LAUNCHED.day,
        "launched_on_month": LAUNCHED.month,
        "launched_on_year": LAUNCHED.year,
    }
    assert client.post(address(group, "/demarrage"), {**day, "launched_on_year": 2090}).status_code == 422
    assert client.post(address(group, "/demarrage"), day).status_code == 302
    page = client.get(address(group))
    assert [row["ends_on"] for row in page.context["rows"]] == [end.isoformat() for end in reversed(ENDS)]
    assert page.context["due"]["ends_on"] == ENDS[2].isoformat()
    sent = {"alive": "yes", "members": "12", "women": "7", "turnover_mad": "1 200,4 MAD", "revision": "0"}
    answered = client.post(address(group, f"/{ENDS[1].isoformat()}"), sent)
    assert answered["Location"] == address(group)  # the plan begins later and says nothing of that year
    row = PeriodResult.objects.get()
    assert (row.members, row.women, row.youth, row.turnover_mad) == (12, 7, None, 1200)
    words = client.get(address(group)).content.decode()
    assert "inconnu" in words
    assert words.count('role="img"') == 3  # sales, members, women
    # the next form holds the people of the last one, and no amount
    form = client.get(address(group, f"/{ENDS[2].isoformat()}")).content.decode()
    assert re.search(r'name="members" value="12"', form)
    assert not re.search(r'name="turnover_mad" value=', form)
    assert "repris les nombres" in form


def test_hostile_and_impossible_answers_are_told() -> None:
    group = launched(make_group())
    client = as_(group.inside["editor"])
    day = f"/{ENDS[0].isoformat()}"
    for sent in (
        {"alive": "yes", "members": "<b>"},
        {"alive": "yes", "members": "-3"},
        {"alive": "yes", "members": "9" * 15},
        {"alive": "perhaps"},
        {"members": "3"},
        {"alive": "yes", "members": "3", "youth": "4"},
    ):
        assert client.post(address(group, day), {"revision": "0", **sent}).status_code == 422, sent
    assert not PeriodResult.objects.exists()
    for wrong in ("/2020-02-30", "/demain", "/2001-01-01"):
        assert client.get(address(group, wrong)).status_code == 404, wrong


def test_a_jump_is_asked_to_be_confirmed_and_never_refused() -> None:
    group = launched(make_group())
    tell(group, ENDS[1], members=12, turnover_mad=100_000)
    client = as_(group.inside["owner"])
    day = address(group, f"/{ENDS[2].isoformat()}")
    sent = {"alive": "yes", "members": "120", "turnover_mad": "90000", "revision": "0"}
    asked = client.post(day, sent)
    assert asked.status_code == 422
    assert asked.context["doubtful"][0][0] == "members=120"
    assert len(asked.context["doubtful"]) == 1
    assert "contre 12 la dernière fois" in plain(asked.content.decode())
    # another number than the one confirmed is asked again
    assert client.post(day, {**sent, "members": "1200", "confirmed": "members=120"}).status_code == 422
    assert not PeriodResult.objects.filter(ends_on=ENDS[2]).exists()
    assert client.post(day, {**sent, "confirmed": "members=120"}).status_code == 302
    assert PeriodResult.objects.get(ends_on=ENDS[2]).members == 120


def test_the_form_says_how_many_questions_and_of_which_days() -> None:
    group = launched(make_group())
    page = as_(group.inside["owner"]).get(address(group, f"/{ENDS[1].isoformat()}"))
    words = plain(page.content.decode())
    assert page.context["questions"] == 8
    assert "8 questions, deux minutes" in words
    assert words.count("personnes</span>") == 5
    assert words.count(f"Du {LAUNCHED.day} ") == 2  # of sales and of income


def test_how_far_from_the_plan_and_why() -> None:
    group = launched(make_group())
    plan = make_plan(group)
    count = plan.document["members"]["count"]
    plan.document["start"] = f"{LAUNCHED:%Y-%m}"
    plan.save(update_fields=["document"])
    client = as_(group.inside["editor"])
    sent = {"alive": "yes", "members": str(count), "turnover_mad": "1000", "revision": "0"}
    day = f"/{ENDS[1].isoformat()}/pourquoi"
    assert client.post(address(group, f"/{ENDS[1].isoformat()}"), sent)["Location"] == address(group, day)
    assert "de moins que prévu" in client.get(address(group, day)).content.decode()
    words = plain(client.get(address(group)).content.decode())
    assert "Dire pourquoi" in words
    assert f"Membres : comme prévu, à peu près ({count} ; le plan disait {count})." in words
    assert "de moins que prévu (1 000 MAD" in words
    assert client.post(address(group, day), {"words": "Sans raison"}).status_code == 422
    assert client.post(address(group, day), {"cause": "weather"}).status_code == 422
    assert client.post(address(group, day), {"cause": "harvest", "words": "<i>Sec</i>"}).status_code == 302
    row = PeriodResult.objects.get()
    assert (row.cause, row.cause_words, row.turnover_mad) == ("harvest", "<i>Sec</i>", 1_000)
    told = as_(group.inside["advisor"]).get(address(group)).content.decode()
    assert "&lt;i&gt;Sec&lt;/i&gt;" in told
    assert "Dire pourquoi" not in told
    assert as_(group.inside["advisor"]).post(address(group, day), {"cause": "price"}).status_code == 403
    assert client.get(address(group, f"/{ENDS[2].isoformat()}/pourquoi")).status_code == 404


def test_owners_agree_and_take_back() -> None:
    group = launched(make_group())
    client = as_(group.inside["owner"])
    no_story = client.post(address(group, "/apres"), {"is_over": "on", "public": "on", "revision": "1"})
    assert no_story.status_code == 422
    sent = {"is_over": "on", "public": "on", "story": "Nous vendons.", "revision": "1"}
    assert client.post(address(group, "/apres"), sent).status_code == 302
    assert Following.objects.get().public_agreed_at is not None
    assert "Nous vendons." not in Client().get("/fr/resultats").content.decode()  # nobody has read it yet
    desk = "/fr/moderation/temoignages"
    delegate = as_(group.outside["delegate"])
    assert "Safran" in delegate.get(desk).content.decode()
    one = f"{desk}/{group.project.reference}"
    assert delegate.post(one, {"step": "publish", "revision": "2"}).status_code == 302
    assert "Nous vendons." in Client().get("/fr/resultats").content.decode()
    client.post(address(group, "/apres"), {"is_over": "on", "story": "Nous vendons.", "revision": "2"})
    assert "Nous vendons." not in Client().get("/fr/resultats").content.decode()


def test_it_is_read_in_arabic_and_a_stopped_project_says_so() -> None:
    group = launched(make_group())
    tell(group, ENDS[2], alive="no")
    page = as_(group.inside["advisor"]).get(address(group, language="ar"))
    assert page.status_code == 200
    assert page.context["rows"][0]["stopped"]
