"""Inviting a jury, its answers, conflicts declared and found, readings given and passed on."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpc.portal.contests import assigning, jury_actions, reassigning
from bpc.portal.contests.conflict_finding import find_conflicts
from bpc.portal.contests.jury_actions import Acceptance, answer_invitation, declare_conflict, invite_juror
from bpc.portal.contests.jury_invitations import invitation_named, make_token
from bpc.portal.contests.models import AssignmentRun, Conflict, Edition, EntryMember, Juror, Reading
from bpc.portal.contests.states import Phase
from bpc.portal.contests.visibility.juries import invitations_for
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import ReasonMissing
from bpc.portal.people.contacts import Contact
from bpc.portal.people.models import Membership, Notification, Organisation, User
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import AdvisorAccess, ProjectMember
from bpc.portal.reference.models import Territory
from tests.portal.contests.contest_world import NOW, make_edition, make_entry, make_juror, make_reading
from tests.portal.projects.project_world import make_project
from tests.portal.world import ELSEWHERE, HERE, make_user

pytestmark = pytest.mark.django_db
YES = Acceptance(languages=("fr", "ar"), accepts_rules=True, woman="yes", body="Chambre d’agriculture")
OTHER = "09.541.03.05"


def organiser() -> User:
    return make_user(Role.DELEGATE)


def invited(edition: Edition, actor: User, contact: str, **changes: Any) -> Juror:
    return invite_juror(
        edition=edition, name="Zahra", contact=Contact(email=contact), actor=actor, at=NOW, **changes
    )


def readers(edition: Edition) -> set[tuple[int, int]]:
    rows = Reading.objects.filter(entry__edition=edition).exclude(state="released")
    return set(rows.values_list("entry_id", "juror_id"))


def test_somebody_without_account_gets_a_link_that_one_answer_ends(
    django_capture_on_commit_callbacks: Any,
) -> None:
    edition, delegate = make_edition(Phase.ENTRIES), organiser()
    with django_capture_on_commit_callbacks(execute=True):
        juror = invited(edition, delegate, "zahra@example.org", language="ar")
    assert [message.to for message in mail.outbox] == [["zahra@example.org"]]
    token = re.search(r"/ar/jury/invitation/(\S+)", mail.outbox[0].body)[1]  # type: ignore[index]
    assert invitation_named(token) == juror
    for forged in ("", "x", token + "x", token[:-2]):
        assert invitation_named(forged) is None
    answer_invitation(juror=juror, acceptance=None, actor=AnonymousUser(), at=NOW, by_link=True)
    assert Juror.objects.get(pk=juror.pk).state == "declined"
    assert invitation_named(token) is None
    with pytest.raises(jury_actions.InvitationGone):
        answer_invitation(juror=juror, acceptance=None, actor=AnonymousUser(), at=NOW, by_link=True)
    assert Notification.objects.get(user=delegate).kind == "jury.declined"
    invited(edition, delegate, "zahra@example.org")  # who declined may be asked again


def test_sending_again_ends_the_former_link() -> None:
    edition, delegate = make_edition(Phase.ENTRIES), organiser()
    juror = invited(edition, delegate, "zahra@example.org")
    before = make_token(juror)
    with pytest.raises(jury_actions.TooManyInvitations):
        jury_actions.invite_again(juror=juror, actor=delegate, at=NOW + timedelta(hours=2))
    jury_actions.invite_again(juror=juror, actor=delegate, at=NOW + timedelta(days=2))
    assert invitation_named(before) is None
    assert invitation_named(make_token(juror)) == juror


def test_accepting_gives_a_seat_and_the_role_that_asks_for_the_second_factor() -> None:
    edition, delegate, guest = make_edition(Phase.ENTRIES), organiser(), make_user()
    juror = invited(edition, delegate, guest.email or "")
    assert Notification.objects.get(user=guest).kind == "jury.invited"
    assert invitations_for(guest).get() == juror
    place = Territory.objects.get(pk=ELSEWHERE)
    said = Acceptance(("fr",), True, "yes", place, most_readings=4)
    answer_invitation(juror=juror, acceptance=said, actor=guest, at=NOW)
    row = Juror.objects.get(pk=juror.pk)
    assert (row.user, row.state, row.languages, row.region_id, row.most_readings) == (
        guest, "accepted", ["fr"], ELSEWHERE[:2], 4,
    )  # fmt: skip
    assert row.rules_accepted_at == NOW
    assert guest.role_grants.get(ended_at=None).role == Role.JUROR
    assert User.objects.get(pk=guest.pk).is_staff_member
    assert [entry.verb for entry in trail_of(edition)] == ["invite juror", "join jury"]
    jury_actions.release_juror(juror=juror, reason="Départ à l’étranger", actor=delegate, at=NOW)
    assert not guest.role_grants.filter(ended_at=None).exists()


def test_a_role_given_by_an_administrator_outlives_the_seat() -> None:
    edition, delegate, guest = make_edition(Phase.ENTRIES), organiser(), make_user(Role.JUROR)
    guest.role_grants.update(granted_by=delegate)
    juror = invited(edition, delegate, guest.email or "")
    answer_invitation(juror=juror, acceptance=YES, actor=guest, at=NOW)
    jury_actions.release_juror(juror=juror, reason="Départ à l’étranger", actor=delegate, at=NOW)
    assert guest.role_grants.filter(role=Role.JUROR, ended_at=None).count() == 1


def test_who_may_not_sit() -> None:
    edition, delegate, guest = make_edition(Phase.ENTRIES), organiser(), make_user()
    juror = invited(edition, delegate, guest.email or "")
    refused = Acceptance(("fr",), accepts_rules=False)
    cases: list[tuple[type[Exception], dict[str, Any]]] = [
        (PermissionDenied, {"acceptance": YES, "actor": make_user()}),
        (PermissionDenied, {"acceptance": YES, "actor": AnonymousUser(), "by_link": True}),
        (PermissionDenied, {"acceptance": None, "actor": AnonymousUser()}),
        (jury_actions.RulesNotAccepted, {"acceptance": refused, "actor": guest}),
        (jury_actions.NotNow, {"acceptance": YES, "actor": guest, "at": NOW + timedelta(days=40)}),
    ]
    for expected, asked in cases:
        with pytest.raises(expected):
            answer_invitation(**{"juror": juror, "at": NOW, **asked})
    make_entry(edition, guest)
    with pytest.raises(jury_actions.IsCandidate):
        answer_invitation(juror=juror, acceptance=YES, actor=guest, at=NOW)
    assert Juror.objects.get(pk=juror.pk).state == "invited"
    assert not guest.role_grants.exists()


def test_inviting_is_for_organisers_in_time_and_once() -> None:
    edition, delegate = make_edition(Phase.ENTRIES), organiser()
    for stranger in (make_user(), make_user(Role.DELEGATE, region="02"), make_user(Role.JUROR)):
        with pytest.raises(PermissionDenied):
            invited(edition, stranger, "a@example.org")
    first = invited(edition, delegate, "a@example.org", is_president=True)
    with pytest.raises(jury_actions.AlreadyInvited):
        invited(edition, delegate, "a@example.org")
    with pytest.raises(jury_actions.HasPresident):
        invited(edition, delegate, "b@example.org", is_president=True)
    answer_invitation(juror=first, acceptance=None, actor=None, at=NOW, by_link=True)
    invited(edition, delegate, "b@example.org", is_president=True)
    for phase in (Phase.DRAFT, Phase.DISCUSSION, Phase.RESULTS, Phase.CANCELLED):
        with pytest.raises(jury_actions.NotNow):
            invited(make_edition(phase), delegate, "c@example.org")


def test_conflicts_are_found_from_what_the_site_knows() -> None:
    edition, author = make_edition(Phase.CHECKING), make_user()
    body = Organisation.objects.create(kind="cooperative", name="Tifaouine")
    project = make_project(author)
    far = Territory.objects.get(pk=ELSEWHERE)
    users = {name: make_user() for name in ("colleague", "member", "advisor", "neighbour", "team", "nobody")}
    for person in (users["colleague"], author):
        Membership.objects.create(organisation=body, user=person, accepted_at=NOW)
    Membership.objects.create(organisation=body, user=users["nobody"])  # invited, never joined
    ProjectMember.objects.create(project=project, user=users["member"], role="reader")
    AdvisorAccess.objects.create(project=project, advisor=users["advisor"], granted_at=NOW, ended_at=NOW)
    jurors = {
        name: make_juror(edition, user, commune_id=HERE if name == "neighbour" else far.pk)
        for name, user in users.items()
    }
    entry = make_entry(edition, author, project=project)
    other = make_entry(edition, make_user(), commune=OTHER)
    EntryMember.objects.create(entry=entry, user=users["team"], name="Membre")
    make_reading(jurors["member"], entry)
    assert find_conflicts(edition, NOW) == 5
    assert set(Conflict.objects.values_list("juror__user", "entry", "kind")) == {
        (users["colleague"].pk, entry.pk, "organisation"),
        (users["member"].pk, entry.pk, "project"),
        (users["advisor"].pk, entry.pk, "advisor"),
        (users["neighbour"].pk, entry.pk, "commune"),
        (users["team"].pk, entry.pk, "project"),
    }
    assert Reading.objects.get(juror=jurors["member"]).state == "released"
    assert not Conflict.objects.filter(entry=other).exists()
    lifted = Conflict.objects.get(kind="commune")
    delegate = organiser()
    with pytest.raises(ReasonMissing):
        jury_actions.lift_conflict(conflict=lifted, reason=" ", actor=delegate, at=NOW)
    jury_actions.lift_conflict(conflict=lifted, reason="Grande ville", actor=delegate, at=NOW)
    assert find_conflicts(edition, NOW) == 0  # one that was lifted is not found again
    assert Conflict.objects.get(kind="commune").lifted_reason == "Grande ville"


def test_finding_conflicts_takes_the_same_queries_for_a_large_jury() -> None:
    counts = []
    for size in (2, 12):
        edition = make_edition(Phase.CHECKING)
        for _number in range(size):
            make_juror(edition, make_user(), commune_id=ELSEWHERE)
            make_entry(edition, make_user())
        with CaptureQueriesContext(
            connection,
        ) as captured:
            find_conflicts(edition, NOW)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 14


def test_a_declared_conflict_takes_the_reading_back() -> None:
    edition, delegate, person = make_edition(Phase.MARKING), organiser(), make_user()
    juror = make_juror(edition, person, invited_by=delegate)
    entry = make_entry(edition, make_user())
    make_reading(juror, entry, (3, 3, 3, 3))
    with pytest.raises(PermissionDenied):
        declare_conflict(juror=juror, entry=entry, note="", language="fr", actor=delegate, at=NOW)
    for _twice in range(2):
        declare_conflict(juror=juror, entry=entry, note="Parenté", language="fr", actor=person, at=NOW)
    assert Conflict.objects.get().kind == "declared"
    assert Reading.objects.get().state == "released"
    assert Notification.objects.get(user=delegate).data["reference"] == entry.reference
    with pytest.raises(jury_actions.NotNow):
        declare_conflict(
            juror=juror, entry=entry, note="", language="fr", actor=person, at=NOW + timedelta(days=60)
        )


def full_jury(phase: Phase = Phase.CHECKING, *, jurors: int = 4, entries: int = 6) -> Edition:
    edition = make_edition(phase)
    for number in range(jurors):
        make_juror(
            edition, make_user(), woman="yes" if number == 0 else "no", commune_id=ELSEWHERE, region_id="02"
        )
    for _number in range(entries):
        make_entry(edition, make_user())
    make_entry(edition, make_user(), state="submitted")
    return edition


def test_readings_are_given_as_proposed_and_jurors_are_told_once() -> None:
    edition, delegate = full_jury(), organiser()
    run = assigning.propose_assignment(edition=edition, actor=delegate, at=NOW)
    assert (run.status, readers(edition)) == ("proposed", set())
    assert run.asked["entries"] == 6  # one more waits for its check
    assigning.apply_assignment(run=run, actor=delegate, at=NOW)
    pairs = readers(edition)
    assert pairs == {tuple(pair) for pair in run.report["pairs"]}
    assert len(pairs) == 18
    loads = sorted(load for _juror, load in run.report["loads"])
    assert loads == [4, 4, 5, 5]
    assert run.report["met"] == {"woman": 5, "outside": 6}  # one woman, who takes her share and no more
    assert Notification.objects.filter(kind="jury.readings").count() == 4
    with pytest.raises(assigning.ProposalStale):
        assigning.apply_assignment(run=run, actor=delegate, at=NOW)


def test_a_proposal_is_stale_as_soon_as_something_it_depends_on_changed() -> None:
    edition, delegate = full_jury(), organiser()
    run = assigning.propose_assignment(edition=edition, actor=delegate, at=NOW)
    Conflict.objects.create(juror=edition.jurors.first(), entry=edition.entries.last(), kind="declared")
    with pytest.raises(assigning.ProposalStale):
        assigning.apply_assignment(run=run, actor=delegate, at=NOW)
    assert readers(edition) == set()


def test_done_and_begun_readings_stay_when_it_is_run_again() -> None:
    edition, delegate = full_jury(Phase.MARKING), organiser()
    assigning.run_assignment(edition=edition, actor=delegate, at=NOW)
    done, begun = Reading.objects.order_by("pk")[:2]
    Reading.objects.filter(pk=done.pk).update(state="done", done_at=NOW)
    Reading.objects.filter(pk=begun.pk).update(saved_at=NOW)
    before = readers(edition)
    again = assigning.run_assignment(edition=edition, actor=delegate, at=NOW)
    assert readers(edition) == before  # nothing asked for a change
    assert (again.report["added"], again.report["released"]) == (0, 0)
    make_juror(edition, make_user(), commune_id=ELSEWHERE, region_id="02")
    assigning.run_assignment(edition=edition, actor=delegate, at=NOW)
    after = readers(edition)
    assert {(done.entry_id, done.juror_id), (begun.entry_id, begun.juror_id)} <= after
    assert len(after) == 18
    assert sorted(
        Reading.objects.exclude(state="released").values_list("juror").distinct().count() for _ in "x"
    ) == [5]
    taken_back = Reading.objects.filter(state="released").count()
    assert taken_back == len(before - after) <= 4  # the new juror's share, nothing more


def test_no_assignment_says_why_and_gives_nothing() -> None:
    edition, delegate = full_jury(jurors=4, entries=2), organiser()
    entry = edition.entries.filter(state="eligible").first()
    assert entry is not None
    named = list(edition.jurors.all())
    for juror in named[:2]:
        Conflict.objects.create(juror=juror, entry=entry, kind="declared")
    run = assigning.run_assignment(edition=edition, actor=delegate, at=NOW)
    assert run.status == "infeasible"
    assert run.report["reasons"] == [
        {"code": "conflicts", "entries": [entry.pk], "jurors": [one.pk for one in named[2:]], "short_by": 1}
    ]
    assert readers(edition) == set()


def test_a_language_nobody_reads_is_a_reason() -> None:
    edition, delegate = full_jury(entries=0), organiser()
    edition.jurors.update(languages=["fr"])
    entry = make_entry(edition, make_user(), language="ar")
    run = assigning.run_assignment(edition=edition, actor=delegate, at=NOW)
    assert run.report["reasons"][0] | {"jurors": []} == {
        "code": "language", "entries": [entry.pk], "jurors": [], "short_by": 3,
    }  # fmt: skip


def test_who_may_assign_and_when() -> None:
    edition = full_jury()
    for stranger in (make_user(), make_user(Role.DELEGATE, region="02")):
        with pytest.raises(PermissionDenied):
            assigning.run_assignment(edition=edition, actor=stranger, at=NOW)
    for phase in (Phase.ENTRIES, Phase.DISCUSSION, Phase.RESULTS):
        with pytest.raises(jury_actions.NotNow):
            assigning.run_assignment(edition=make_edition(phase), actor=organiser(), at=NOW)
    with pytest.raises(assigning.NothingToRead):
        assigning.run_assignment(edition=make_edition(Phase.CHECKING), actor=organiser(), at=NOW)


def silent(edition: Edition, at: datetime) -> list[int]:
    return [juror.pk for juror in reassigning.silent_jurors(edition, at)]


def test_silence_is_counted_from_the_last_sign() -> None:
    edition = make_edition(Phase.MARKING)
    entry = make_entry(edition, make_user())
    quiet, seen, saved, done, new = (make_juror(edition, make_user()) for _number in range(5))
    long_ago = NOW - timedelta(days=9)
    for juror in (quiet, seen, saved, new):
        make_reading(juror, entry)
    make_reading(done, entry, (3, 3, 3, 3))
    Reading.objects.exclude(juror=new).update(assigned_at=long_ago)
    Juror.objects.filter(pk=seen.pk).update(seen_at=NOW - timedelta(days=2))
    Reading.objects.filter(juror=saved).update(saved_at=NOW - timedelta(days=2))
    assert silent(edition, NOW) == [quiet.pk]
    assert set(silent(edition, NOW + timedelta(days=6))) == {quiet.pk, seen.pk, saved.pk}


def test_a_reminder_leaves_once_in_three_days() -> None:
    edition, delegate, person = make_edition(Phase.MARKING), organiser(), make_user()
    juror = make_juror(edition, person)
    with pytest.raises(reassigning.TooSoon):  # nothing to read
        reassigning.remind_juror(juror=juror, actor=delegate, at=NOW)
    make_reading(juror, make_entry(edition, make_user()))
    reassigning.remind_juror(juror=juror, actor=delegate, at=NOW)
    assert Notification.objects.get(user=person).data["count"] == 1
    with pytest.raises(reassigning.TooSoon):
        reassigning.remind_juror(juror=juror, actor=delegate, at=NOW + timedelta(days=2))
    reassigning.remind_juror(juror=juror, actor=delegate, at=NOW + timedelta(days=4))


def test_a_silent_juror_is_replaced_and_nobody_else_loses_a_reading() -> None:
    edition, delegate = full_jury(Phase.MARKING, jurors=5), organiser()
    assigning.run_assignment(edition=edition, actor=delegate, at=NOW)
    juror = edition.jurors.order_by("pk").first()
    assert juror is not None
    own = Reading.objects.filter(juror=juror)
    done = own.order_by("pk").first()
    assert done is not None
    Reading.objects.filter(pk=done.pk).update(state="done", done_at=NOW)
    before = readers(edition)
    waiting = own.filter(state="assigned").count()
    replaced = reassigning.reassign(juror=juror, reason="Sans réponse", actor=delegate, at=NOW)
    assert replaced.done
    assert replaced.released == waiting
    after = readers(edition)
    assert {pair for pair in before if pair[1] != juror.pk} <= after
    assert [pair for pair in after if pair[1] == juror.pk] == [(done.entry_id, juror.pk)]
    assert len(after) == len(before) == 18
    assert Juror.objects.get(pk=juror.pk).state == "released"


def test_a_juror_nobody_can_replace_stays_and_the_run_says_why() -> None:
    edition, delegate = full_jury(Phase.MARKING, jurors=3), organiser()
    assigning.run_assignment(edition=edition, actor=delegate, at=NOW)
    before = readers(edition)
    juror = edition.jurors.order_by("pk").first()
    assert juror is not None
    replaced = reassigning.reassign(juror=juror, reason="Sans réponse", actor=delegate, at=NOW)
    assert not replaced.done
    assert replaced.run.report["reasons"][0]["short_by"] == 6
    assert readers(edition) == before
    assert Juror.objects.get(pk=juror.pk).state == "accepted"
    assert AssignmentRun.objects.filter(edition=edition, status="infeasible").count() == 1


def test_a_further_reading_asked_by_the_president_is_left_alone_and_never_doubled() -> None:
    edition, delegate = full_jury(Phase.MARKING, jurors=5, entries=3), organiser()
    assigning.run_assignment(edition=edition, actor=delegate, at=NOW)
    entry = edition.entries.filter(state="eligible").first()
    assert entry is not None
    free = edition.jurors.exclude(readings__entry=entry).first()
    assert free is not None
    extra = Reading.objects.create(juror=free, entry=entry, is_extra=True)
    before = readers(edition)
    assigning.run_assignment(edition=edition, actor=delegate, at=NOW)
    extra.refresh_from_db()
    assert extra.state == "assigned"
    assert readers(edition) == before
