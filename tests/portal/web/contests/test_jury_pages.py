"""The jury through its pages: the organisers' desk, an invitation's answer, a juror's own pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bpc.core.jury import assignment, assignment_parts
from bpc.portal.contests.jury_invitations import make_token
from bpc.portal.contests.models import AssignmentRun, Conflict, Edition, Juror, Reading
from bpc.portal.contests.states import Phase
from bpc.portal.people.models import Organisation
from bpc.portal.people.roles import Role
from tests.portal.contests.contest_world import NOW, make_edition, make_entry, make_juror, make_reading
from tests.portal.web.projects.entering import entered
from tests.portal.world import ELSEWHERE, make_user

pytestmark = pytest.mark.django_db
MINE = "/fr/mon-espace/jury"
ACCEPTED = {
    "act": "accept",
    "languages": ["fr", "ar"],
    "woman": "yes",
    "most_readings": "6",
    "accepts_rules": "on",
}


def desk_of(edition: Edition) -> str:
    return f"/fr/ideathons/{edition.slug}/jury"


def fill(edition: Edition, jurors: int, entries: int) -> None:
    for number in range(jurors):
        make_juror(edition, make_user(), woman="no" if number else "yes", region_id="02")
    for _number in range(entries):
        make_entry(edition, make_user())


def test_the_desk_and_all_under_it_are_the_organisers() -> None:
    edition = make_edition(Phase.MARKING)
    juror = make_juror(edition, make_user())
    conflict = Conflict.objects.create(juror=juror, entry=make_entry(edition, make_user()), kind="commune")
    member = f"{desk_of(edition)}/membres/{juror.pk}"
    pages = [
        desk_of(edition), f"{desk_of(edition)}/inviter", f"{desk_of(edition)}/repartition",
        f"{desk_of(edition)}/conflits", f"{desk_of(edition)}/conflits/{conflict.pk}", member, f"{member}/liberer",
    ]  # fmt: skip
    organiser, elsewhere = entered(make_user(Role.DELEGATE)), entered(make_user(Role.DELEGATE, region="02"))
    simple = entered(make_user())
    for page in pages:
        assert organiser.get(page).status_code == 200
        assert elsewhere.get(page).status_code == 403
        assert simple.get(page).status_code == 403
        assert Client().get(page).status_code == 302
    assert organiser.get(f"{desk_of(edition)}/membres/{juror.pk + 99}").status_code == 404


def test_invited_through_the_page_then_declined_by_the_link_without_account() -> None:
    edition = make_edition(Phase.ENTRIES)
    client = entered(make_user(Role.DELEGATE))
    page = f"{desk_of(edition)}/inviter"
    good = {"name": "Zahra Amrani", "contact": "zahra@example.org", "language": "ar"}
    for wrong in ({}, {**good, "contact": "zahra"}, {**good, "name": "<b>Z</b>"}, {**good, "language": "xx"}):
        assert client.post(page, wrong).status_code == 422
    assert client.post(page, good).headers["Location"] == desk_of(edition)
    assert client.post(page, good).status_code == 422
    assert "Zahra Amrani" in client.get(desk_of(edition)).content.decode()
    link = f"/fr/jury/invitation/{make_token(Juror.objects.get())}"
    stranger = Client()
    shown = stranger.get(link)
    assert (shown.status_code, "no-store" in shown.headers["Cache-Control"]) == (200, True)
    account_first = stranger.post(link, ACCEPTED)
    assert account_first.status_code == 302
    assert link.split("/")[-1].split(":")[0] in account_first.headers["Location"]
    assert Juror.objects.get().state == "invited"
    assert stranger.post(link, {"act": "decline"}).status_code == 200
    assert Juror.objects.get().state == "declined"
    assert stranger.get(link).status_code == 410
    assert stranger.get("/fr/jury/invitation/forged").status_code == 410


def test_accepting_by_the_link_leads_to_the_second_factor() -> None:
    edition, person = make_edition(Phase.ENTRIES), make_user()
    juror = make_juror(edition, None, state="invited", email="work@example.org", answered_at=None)
    client, link = entered(person), f"/fr/jury/invitation/{make_token(juror)}"
    assert "second facteur" in client.get(link).content.decode()
    for wrong in (
        {**ACCEPTED, "languages": []}, {**ACCEPTED, "accepts_rules": ""}, {**ACCEPTED, "most_readings": "-1"},
        {**ACCEPTED, "place": "Nulle-Part-Ville"},
    ):  # fmt: skip
        assert client.post(link, wrong).status_code == 422
    assert client.post(link, {**ACCEPTED, "place": "Oujda"}).status_code in {302, 422}
    juror.refresh_from_db()
    if juror.state == "invited":  # several communes answer to this name: the page asks which
        assert client.post(link, {**ACCEPTED, "place": "Oujda", "commune": ELSEWHERE}).status_code == 302
        juror.refresh_from_db()
    assert (juror.state, juror.user, juror.most_readings, juror.region_id) == ("accepted", person, 6, "02")
    assert client.get(MINE).headers["Location"].endswith("/2fa/")


def test_invited_by_an_address_one_has_the_invitation_is_in_one_s_space() -> None:
    edition, person = make_edition(Phase.ENTRIES), make_user()
    juror = make_juror(edition, None, state="invited", email=person.email, answered_at=None)
    client = entered(person)
    answer = f"{MINE}/invitations/{juror.pk}"
    assert client.get("/fr/mon-espace").context["next"].url == answer
    assert answer in client.get(MINE).content.decode()
    assert client.get(answer).status_code == 200
    assert entered(make_user()).get(answer).status_code == 404
    assert client.post(answer, {"act": "decline"}).status_code == 200
    assert client.get(answer).status_code == 404


def test_readings_that_wait_are_the_next_thing_to_do_while_marking_runs() -> None:
    for phase, address in ((Phase.MARKING, MINE), (Phase.DISCUSSION, "/fr/mon-espace/profil")):
        edition, person = make_edition(phase), make_user(Role.JUROR)
        make_reading(make_juror(edition, person), make_entry(edition, make_user()))
        assert entered(person).get("/fr/mon-espace").context["next"].url == address


def test_proposed_read_and_given() -> None:
    edition = make_edition(Phase.CHECKING)
    fill(edition, jurors=4, entries=5)
    client = entered(make_user(Role.DELEGATE))
    page = f"{desk_of(edition)}/repartition"
    assert client.post(page, {"act": "propose"}).status_code == 302
    shown = client.get(page)
    text = shown.content.decode()
    assert not Reading.objects.exists()
    assert "de 3 à 4" in text
    assert "4 sur 5" in text  # one woman, who takes her share
    assert "servent autant d’autres candidatures" in text
    run = shown.context["run"]
    assert client.post(page, {"act": "apply", "run": "x"}).status_code == 404
    client.post(page, {"act": "apply", "run": str(run.pk)})
    assert Reading.objects.count() == 15
    assert "Répartition confiée" in client.get(page).content.decode()
    assert client.get(desk_of(edition)).context["progress"].lacking == 0


def test_wishes_granted_in_parts_are_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assignment, "WHOLE", 10)
    monkeypatch.setattr(assignment_parts, "PART", 8)
    edition = make_edition(Phase.CHECKING)
    fill(edition, jurors=4, entries=5)
    client, page = entered(make_user(Role.DELEGATE)), f"{desk_of(edition)}/repartition"
    client.post(page, {"act": "propose"})
    run = client.get(page).context["run"]
    assert run.report["parts"] == 3
    assert sorted(load for _juror, load in run.report["loads"]) == [3, 4, 4, 4]
    for proved, told in ((True, False), (False, True)):
        AssignmentRun.objects.update(report=run.report | {"proved": proved})
        assert ("les souhaits ont été servis en 3 parts" in client.get(page).content.decode()) is told


def test_no_assignment_is_told_with_its_reason_and_what_would_help() -> None:
    edition = make_edition(Phase.CHECKING)
    fill(edition, jurors=2, entries=2)
    client = entered(make_user(Role.DELEGATE))
    page = f"{desk_of(edition)}/repartition"
    client.post(page, {"act": "propose"})
    text = client.get(page).content.decode()
    assert "Aucune répartition n’est possible" in text
    assert "Il manque 2 lectures." in text
    assert "Invitez d’autres personnes" in text


def test_a_silent_member_is_listed_reminded_and_replaced() -> None:
    edition = make_edition(Phase.MARKING)
    fill(edition, jurors=4, entries=3)
    client = entered(make_user(Role.DELEGATE))
    client.post(f"{desk_of(edition)}/repartition", {"act": "propose"})
    run = client.get(f"{desk_of(edition)}/repartition").context["run"]
    client.post(f"{desk_of(edition)}/repartition", {"act": "apply", "run": str(run.pk)})
    Reading.objects.update(assigned_at=NOW - timedelta(days=20))
    juror = Juror.objects.order_by("pk")[0]
    Juror.objects.exclude(pk=juror.pk).update(seen_at=NOW)
    silent = client.get(desk_of(edition)).context["silent"]
    assert [one.pk for one in silent] == [juror.pk]
    member = f"{desk_of(edition)}/membres/{juror.pk}"
    client.post(f"{member}/geste", {"act": "remind"})
    juror.refresh_from_db()
    assert juror.reminded_at is not None
    assert client.post(f"{member}/liberer", {"act": "replace", "reason": ""}).status_code == 422
    replaced = client.post(
        f"{member}/liberer", {"act": "replace", "reason": "Sans réponse depuis trois semaines"}
    )
    assert replaced.headers["Location"] == desk_of(edition)
    assert not juror.readings.exclude(state="released").exists()
    assert Reading.objects.exclude(state="released").count() == 9


def test_a_jury_whose_president_left_gets_another() -> None:
    edition = make_edition(Phase.DECIDING)
    first, second = (make_juror(edition, make_user()) for _number in range(2))
    waiting = make_juror(edition, None, state="invited")
    client = entered(make_user(Role.DELEGATE))
    assert "n’a pas de président" in client.get(desk_of(edition)).content.decode()
    for juror in (waiting, first, second):  # one who does not sit, then the first asked, then one too many
        client.post(f"{desk_of(edition)}/membres/{juror.pk}/geste", {"act": "preside"})
    assert [juror.pk for juror in edition.jurors.filter(is_president=True)] == [first.pk]
    assert first.user is not None
    assert first.user.notifications.get().kind == "jury.president"


def test_who_cannot_be_replaced_stays_and_the_page_says_why() -> None:
    edition = make_edition(Phase.MARKING)
    fill(edition, jurors=3, entries=1)
    entry = edition.entries.get()
    for juror in edition.jurors.all():
        make_reading(juror, entry)
    client = entered(make_user(Role.DELEGATE))
    page = f"{desk_of(edition)}/membres/{edition.jurors.order_by('pk')[0].pk}/liberer"
    answer = client.post(page, {"act": "replace", "reason": "Sans réponse"})
    assert answer.status_code == 422
    assert "rien n’a changé" in answer.content.decode()
    assert Reading.objects.exclude(state="released").count() == 3


def test_a_juror_declares_by_organisation_without_learning_whose_entry_it_is() -> None:
    edition, person = make_edition(Phase.CHECKING), make_user()
    juror = make_juror(edition, person)
    body = Organisation.objects.create(kind="cooperative", name="Tifaouine")
    entry = make_entry(edition, make_user(), organisation=body, title="Miel de la coopérative Tifaouine")
    other = make_entry(edition, make_user())
    client, page = entered(person), f"{MINE}/{edition.slug}/conflits"
    text = client.get(page).content.decode()
    assert "Miel de la coopérative █████" in text
    assert text.count("Tifaouine") == 1
    assert client.get(page, {"q": "introuvable"}).context["shown"] == []
    assert client.post(page, {"note": "Parenté"}).status_code == 422
    assert client.post(page, {"organisation": [str(body.pk), "x"], "entry": ["²"]}).status_code == 302
    assert [conflict.entry for conflict in Conflict.objects.all()] == [entry]
    assert client.post(page, {"entry": [str(other.pk)], "note": "Voisin"}).status_code == 302
    assert Conflict.objects.filter(juror=juror, entry=other, note="Voisin").exists()
    assert entered(make_user()).get(page).status_code == 404


def test_a_conflict_is_lifted_with_its_reason() -> None:
    edition = make_edition(Phase.CHECKING)
    juror = make_juror(edition, make_user())
    conflict = Conflict.objects.create(juror=juror, entry=make_entry(edition, make_user()), kind="commune")
    client, page = entered(make_user(Role.DELEGATE)), f"{desk_of(edition)}/conflits"
    assert client.post(f"{page}/{conflict.pk}", {"reason": " "}).status_code == 422
    assert client.post(f"{page}/{conflict.pk}", {"reason": "Grande ville"}).headers["Location"] == page
    assert "Grande ville" in client.get(page).content.decode()


def test_the_desk_asks_the_same_queries_and_shows_a_hundred_rows() -> None:
    small, large = make_edition(Phase.MARKING), make_edition(Phase.MARKING)
    for edition, count in ((small, 3), (large, 103)):
        entry = make_entry(edition, make_user())
        Juror.objects.bulk_create(
            [
                Juror(edition=edition, name=f"J{number}", state="accepted", answered_at=NOW, region_id="02")
                for number in range(count)
            ]
        )
        Reading.objects.bulk_create([Reading(juror=juror, entry=entry) for juror in edition.jurors.all()])
        Conflict.objects.bulk_create(
            [Conflict(juror=juror, entry=entry, kind="commune") for juror in edition.jurors.all()]
        )
    client = entered(make_user(Role.DELEGATE))
    for address in ("", "/conflits", "/repartition"):
        counts = []
        for edition in (small, large):
            client.get(f"{desk_of(edition)}{address}")
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(f"{desk_of(edition)}{address}")
            counts.append(len(captured))
            if "page_obj" in answer.context:
                assert len(answer.context["page_obj"]) == min(100, 3 if edition == small else 103)
        assert counts[0] == counts[1] <= 25, address
