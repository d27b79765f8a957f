"""A watch: asked for, paused, stopped by its person or by the link of a message."""

import pytest
from django.core.exceptions import PermissionDenied

from bpc.portal.financing import watching
from bpc.portal.financing.models import Watch
from bpc.portal.people.delivery import agreed_to
from tests.portal.projects.project_world import NOW, make_group
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def test_watching_is_agreeing_and_twice_is_once() -> None:
    group = make_group()
    reader = group.inside["reader"]
    first = watching.watch_project(
        project=group.project, seen={"a": ["eligible", 1, ""]}, actor=reader, at=NOW
    )
    assert watching.watch_project(project=group.project, seen={}, actor=reader, at=NOW) == first
    assert first.seen == {"a": ["eligible", 1, ""]}
    assert agreed_to(reader, "funding_alerts")
    with pytest.raises(PermissionDenied):
        watching.watch_project(project=group.project, seen={}, actor=group.outside["delegate"], at=NOW)
    assert Watch.objects.count() == 1
    assert not agreed_to(group.outside["delegate"], "funding_alerts")


def test_answers_are_kept_under_a_name_so_many_times() -> None:
    person = make_user()
    for number in range(watching.MOST_WATCHES):
        answers = {"members": number}
        for _twice in range(2):
            watching.watch_answers(name=" Miel ", answers=answers, seen={}, actor=person, at=NOW)
    assert Watch.objects.count() == watching.MOST_WATCHES
    assert set(Watch.objects.values_list("name", flat=True)) == {"Miel"}
    with pytest.raises(watching.TooManyWatches):
        watching.watch_answers(name="Lait", answers={"rural": True}, seen={}, actor=person, at=NOW)


def test_only_its_person_pauses_and_stops_it() -> None:
    person = make_user()
    watch = watching.watch_answers(name="Miel", answers={}, seen={}, actor=person, at=NOW)
    watching.pause_watch(watch=watch, paused=True, actor=person, at=NOW)
    assert Watch.objects.get().paused_at == NOW
    watching.pause_watch(watch=watch, paused=False, actor=person, at=NOW)
    assert Watch.objects.get().paused_at is None
    with pytest.raises(Watch.DoesNotExist):
        watching.stop_watch(watch=watch, actor=make_user(), at=NOW)
    watching.stop_watch(watch=watch, actor=person, at=NOW)
    assert not Watch.objects.exists()


def test_links_of_messages_stop_one_or_all_and_forged_ones_nothing() -> None:
    person = make_user()
    one, two = (
        watching.watch_answers(name=name, answers={"members": number}, seen={}, actor=person, at=NOW)
        for number, name in enumerate(("Miel", "Lait"))
    )
    watching.watch_answers(name="Autre", answers={}, seen={}, actor=make_user(), at=NOW)
    assert watching.watches_to_stop(watching.stop_token(one)) == [one]
    assert watching.watches_to_stop(watching.stop_all_token(person)) == [one, two]
    assert watching.watches_to_stop(watching.stop_token(one) + "x") is None
    token = watching.stop_token(one)
    one.delete()
    assert watching.watches_to_stop(token) == []
