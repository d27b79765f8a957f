"""The weekly message: only what changed, once, to whoever agreed, stopped in one tap."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation

from bpc.portal.financing.models import Watch
from bpc.portal.financing.watching import pause_watch, watch_answers, watch_project
from bpc.portal.funding.queries import all_sources
from bpc.portal.journeys.funding_change_words import lines_of
from bpc.portal.journeys.funding_changes import Changed, changes_between, state_of, states_of
from bpc.portal.journeys.project_funding import answers_of
from bpc.portal.journeys.tell_funding_changes import APART, tell_funding_changes
from bpc.portal.people.actions import withdraw_consent
from bpc.portal.people.models import Notification, User
from bpc.portal.people.sms import MemoryGateway
from bpc.portal.projects.models import ProjectMember
from tests.portal.projects.project_world import make_group
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
WOMEN = {
    "legal_form": "cooperative",
    "commune": "09.541.01.13",
    "sector": "aromatic",
    "members": 20,
    "women": 20,
}
OPENED = "tamwil-el-fellah"


def watching(user: User, *, forgotten: tuple[str, ...] = (OPENED,), name: str = "Argan") -> Watch:
    """A watch whose last state did not know some sources that are possible today."""
    seen = {slug: was for slug, was in state_of(WOMEN, TODAY).items() if slug not in forgotten}
    return watch_answers(name=name, answers=WOMEN, seen=seen, actor=user, at=NOW)


def run(capture: Any, at: Any = NOW) -> int:
    """One run of the job, with the messages it orders."""
    with capture(execute=True):
        return tell_funding_changes(at=at).people


def test_what_changed_leaves_once(django_capture_on_commit_callbacks: Any) -> None:
    person = make_user(email="amina@example.org")
    watch = watching(person)
    assert run(django_capture_on_commit_callbacks) == 1
    (message,) = mail.outbox
    assert message.to == ["amina@example.org"]
    name = all_sources()[OPENED].name_fr
    body = message.body.replace("\xa0", " ")
    assert f"- « {name} » est maintenant possible pour vous." in body
    assert message.body.count("\n- ") == 1
    stop = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in message.body
    for later in (timedelta(0), timedelta(days=1), APART + timedelta(hours=1)):
        assert run(django_capture_on_commit_callbacks, NOW + later) == 0
    assert len(mail.outbox) == 1
    watch.refresh_from_db()
    assert watch.told_at == NOW
    assert OPENED in watch.seen
    notice = Notification.objects.get(user=person, kind="funding.changed")
    assert notice.data["summary"] == "1 changement"


def test_nothing_leaves_when_nothing_changed_or_it_is_not_wanted(
    django_capture_on_commit_callbacks: Any,
) -> None:
    calm, paused, refusing, leaving = (make_user() for _ in range(4))
    watching(calm, forgotten=())
    pause_watch(watch=watching(paused), paused=True, actor=paused, at=NOW)
    watching(refusing)
    withdraw_consent(user=refusing, purpose="funding_alerts", actor=refusing, at=NOW)
    watching(leaving)
    User.objects.filter(pk=leaving.pk).update(is_active=False)
    assert run(django_capture_on_commit_callbacks) == 0
    assert mail.outbox == []


def test_one_message_a_person_with_a_part_for_each_watch(django_capture_on_commit_callbacks: Any) -> None:
    person = make_user(language="ar")
    for name in ("Argan", "Huiles"):
        watch_answers(
            name=name,
            answers={**WOMEN, "jobs_created": len(name)},
            seen={slug: was for slug, was in state_of(WOMEN, TODAY).items() if slug != OPENED},
            actor=person,
            at=NOW,
        )
    assert run(django_capture_on_commit_callbacks) == 1
    (message,) = mail.outbox
    assert all_sources()[OPENED].name_ar in message.body
    assert message.body.index("Argan") < message.body.index("Huiles")
    assert message.body.count("/ar/alertes-financement/arreter/") == 3


def test_by_sms_without_an_address(django_capture_on_commit_callbacks: Any) -> None:
    watching(make_user(email=None, phone="+212612345670", phone_verified=True))
    run(django_capture_on_commit_callbacks)
    ((number, text),) = MemoryGateway.outbox
    assert number == "+212612345670"
    assert "/fr/alertes-financement/arreter/" in text


def test_a_project_is_told_of_while_it_is_seen(django_capture_on_commit_callbacks: Any) -> None:
    group = make_group()
    reader = group.inside["reader"]
    state = state_of(answers_of(group.project).answers, TODAY)
    dropped = next(slug for slug, was in state.items() if slug and was[0] == "to_complete")
    seen = {**state, dropped: ["eligible", state[dropped][1] - 1, state[dropped][2]]}
    watch = watch_project(project=group.project, seen=seen, actor=reader, at=NOW)
    ProjectMember.objects.filter(user=reader).delete()
    assert run(django_capture_on_commit_callbacks) == 0
    ProjectMember.objects.create(user=reader, project=group.project, role="reader")
    assert run(django_capture_on_commit_callbacks) == 1
    assert group.project.reference in mail.outbox[0].body
    assert Watch.objects.get(pk=watch.pk).seen[dropped] == state[dropped]


def test_each_kind_of_change_and_its_words() -> None:
    sources = all_sources()
    one, two, three, four, five = sorted(sources)[:5]
    before = {
        "": TODAY.isoformat(),
        one: ["to_complete", 1, ""],
        two: ["eligible", 1, ""],
        three: ["eligible", 1, ""],
        four: ["to_confirm", 1, ""],
    }
    after = {
        "": TODAY.isoformat(),
        one: ["eligible", 1, ""],
        two: ["eligible", 2, ""],
        four: ["to_confirm", 1, "closing:2026-12-01"],
        five: ["to_complete", 1, "forecast:2027-03-01"],
    }
    found = changes_between(before, after, sources)
    assert found == [
        Changed("closing", four, date(2026, 12, 1)),
        Changed("forecast", five, date(2027, 3, 1)),
        Changed("possible", one),
        Changed("terms", two),
        Changed("lost", three),
    ]
    with translation.override("fr"):
        closing, forecast, *_rest = lines_of(found)
    assert closing.endswith("se ferme le 1 décembre 2026.")
    assert "pourrait ouvrir vers mars 2027" in forecast
    assert changes_between(after, after, sources) == []


def test_all_profiles_are_judged_together_as_one_by_one() -> None:
    profiles: list[dict[str, Any]] = [{}, WOMEN, {**WOMEN, "women": 3}, {"legal_form": "association"}]
    assert states_of(profiles, TODAY) == [state_of(one, TODAY) for one in profiles]


def test_many_people_cost_few_queries(
    django_assert_max_num_queries: Any, django_capture_on_commit_callbacks: Any
) -> None:
    for _ in range(30):
        watching(make_user(), forgotten=())
    states_of([WOMEN], TODAY)
    with django_assert_max_num_queries(80):
        assert run(django_capture_on_commit_callbacks) == 0


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    watching(make_user())
    call_command("send_funding_alerts")
    assert capsys.readouterr().out == "alertes étudiées : 1\npersonnes averties : 1\n"
    call_command("send_funding_alerts", "--batch", "1")
    assert capsys.readouterr().out == "alertes étudiées : 0\npersonnes averties : 0\n"


def test_one_tap_asks_then_stops_without_signing_in(django_capture_on_commit_callbacks: Any) -> None:
    person = make_user()
    watching(person)
    run(django_capture_on_commit_callbacks)
    stop = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    path = stop[stop.index("/fr/") :]
    client = Client(enforce_csrf_checks=True)
    assert client.get(path).status_code == 200
    assert Watch.objects.filter(user=person).exists()  # a program that opens links stops nothing
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Watch.objects.filter(user=person).exists()
    assert "C’est fait" in client.get(path).content.decode()
    assert client.get(f"{path}x").status_code == 404
