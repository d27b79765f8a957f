"""One's calendar: at a secret address, telling nothing private."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from bpc.portal.followup.feed import renew_feed, token_of, withdraw_feed
from bpc.portal.followup.models import CalendarFeed
from bpc.portal.people.departure import delete_account
from bpc.portal.people.models import User
from tests.portal.followup.followup_world import NOW, TODAY, done, open_creation
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import Group, make_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    made = make_group()
    path = open_creation(made.project, made.inside["owner"])
    for step in ("founders", "idea_check", "name_request", "name_certificate"):
        done(path, step, made.inside["owner"])
    return made


def address(user: User) -> str:
    feed = renew_feed(user=user, at=NOW)
    return reverse("web:calendar_file", args=[feed.pk, token_of(feed)])


def test_the_calendar_holds_the_delays_and_the_steps(client: Client, group: Group) -> None:
    answer = client.get(address(group.inside["owner"]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = {plain(one["summary"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}
    name = events["Dernier jour : Validité du nom : demander l’immatriculation"]
    assert name.decoded("dtstart") == TODAY + timedelta(days=60)
    assert events["Rédiger les statuts"].decoded("dtstart") == TODAY + timedelta(days=21)
    assert "Demander l’immatriculation" not in events  # told by its delay, and not possible yet


def test_neither_the_project_nor_a_person_is_named(client: Client, group: Group) -> None:
    text = client.get(address(group.inside["owner"])).content.decode()
    for private in ("Safran", "Igherm", "Amina", "example.org"):
        assert private not in text.replace("\r\n ", "")


def test_an_address_replaced_or_withdrawn_answers_no_more(client: Client, group: Group) -> None:
    owner = group.inside["owner"]
    first = address(owner)
    second = address(owner)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    withdraw_feed(user=owner, at=NOW)
    assert client.get(second).status_code == 404


def test_a_guessed_token_answers_nothing(client: Client, group: Group) -> None:
    feed = renew_feed(user=group.inside["owner"], at=NOW)
    assert feed.nonce not in token_of(feed)
    for token in ("0" * 64, token_of(feed)[:-1] + "g", feed.nonce):
        assert client.get(reverse("web:calendar_file", args=[feed.pk, token])).status_code == 404


def test_a_reader_has_the_dates_of_the_group_and_an_advisor_none(client: Client, group: Group) -> None:
    assert b"VEVENT" in client.get(address(group.inside["reader"])).content
    assert b"VEVENT" not in client.get(address(group.inside["advisor"])).content


def test_leaving_erases_the_address(client: Client, group: Group) -> None:
    reader = group.inside["reader"]
    kept = address(reader)
    delete_account(user=reader, actor=reader, at=NOW)
    assert not CalendarFeed.objects.exists()
    assert client.get(kept).status_code == 404


def test_the_page_makes_replaces_and_withdraws(client: Client, group: Group) -> None:
    client.force_login(group.inside["owner"])
    page = reverse("web:calendar_feed")
    assert "Créer mon adresse" in client.get(page).content.decode()
    client.post(page, {"act": "renew"})
    feed = CalendarFeed.objects.get()
    assert token_of(feed) in client.get(page).content.decode()
    client.post(page, {"act": "withdraw"})
    assert not CalendarFeed.objects.exists()
