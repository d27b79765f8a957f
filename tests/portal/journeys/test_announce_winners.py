"""What happens when winners are announced: once, all or nothing, and nobody leaves with an incomplete answer."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from bpc.portal.contests import feedback as feedback_actions
from bpc.portal.contests.deciding import decide
from bpc.portal.contests.feedback import IncompleteFeedback, add_words, missing_parts, send_feedback
from bpc.portal.contests.models import (
    AdvisorSlot,
    Certificate,
    Edition,
    Feedback,
    Publication,
    ReinforcedSupport,
)
from bpc.portal.contests.publishing import Undecided
from bpc.portal.contests.ranking import WrongPhase
from bpc.portal.contests.slots import HasSlot, SlotGone, give_back_slot, take_slot, withdraw_slot
from bpc.portal.contests.states import EditionState, SupportState
from bpc.portal.contests.support import NoAdvisor, answer_support
from bpc.portal.journeys.announce_winners import announce_winners, send_what_is_ready
from bpc.portal.journeys.portfolio import supports_offered
from bpc.portal.people.models import Notification
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import AdvisorAccess, Project
from tests.portal.contests.contest_world import NOW
from tests.portal.contests.result_world import TIED, World, decide_all, make_world, open_slots
from tests.portal.projects.project_world import make_project
from tests.portal.world import make_idea, make_user

pytestmark = pytest.mark.django_db


def announced(slots: int = 3) -> World:
    world = make_world()
    open_slots(world, slots)
    decide_all(world)
    announce_winners(edition=world.edition, actor=world.president, at=NOW)
    return world


def kinds(user: object) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))  # type: ignore[misc]


def test_everybody_is_told_what_concerns_them() -> None:
    world = announced()
    assert Edition.objects.get().state == EditionState.CLOSED
    assert set(Certificate.objects.values_list("entry", flat=True)) == {
        entry.pk for entry in world.entries[:2]
    }
    assert set(ReinforcedSupport.objects.values_list("entry", "advisor")) == {
        (entry.pk, world.advisor.pk) for entry in world.entries[:2]
    }
    assert [kinds(team) for team in world.teams[:2]] == [["contest.laureate"]] * 2
    assert [kinds(team) for team in world.teams[2:]] == [["contest.feedback"]] * 3
    assert kinds(world.advisor) == ["contest.support_offered"] * 2


def test_announced_again_nothing_more_is_done() -> None:
    world = announced()
    before = (Notification.objects.count(), Certificate.objects.get(entry=world.entries[0]).code)
    result = announce_winners(edition=world.edition, actor=world.president, at=NOW + timedelta(hours=1))
    assert (result.told, result.waiting) == ((), ())
    assert (Notification.objects.count(), Certificate.objects.get(entry=world.entries[0]).code) == before
    assert (Publication.objects.count(), ReinforcedSupport.objects.count()) == (1, 2)


def test_feedback_says_what_was_reached_two_improvements_and_a_course() -> None:
    world = announced()
    third = Feedback.objects.get(entry=world.entries[2])
    assert [(row["criterion"], row["mean"]) for row in third.reached] == [
        ("innovation", 3.0), ("impact", 3.0), ("environment", 3.0),
    ]  # fmt: skip
    assert [row["criterion"] for row in third.improvements] == ["impact", "innovation"]  # the heaviest two
    assert third.improvements[0] == {"criterion": "impact", "from": 3.0, "to": 4.0}
    assert third.course == "think_coop"
    last = Feedback.objects.get(entry=world.entries[4])
    assert last.reached == [{"criterion": "innovation", "mean": 1.0, "reached": False}]


def test_nothing_is_sent_without_a_slot_for_each_and_what_waited_leaves_later() -> None:
    world = announced(slots=2)
    sent = Feedback.objects.filter(sent_at__isnull=False)
    assert sent.count() == 2
    (waiting,) = [entry for entry in world.entries[2:] if not sent.filter(entry=entry).exists()]
    with pytest.raises(IncompleteFeedback) as incomplete:
        send_feedback(entry=waiting, actor=world.president, at=NOW)
    assert incomplete.value.missing == ("slot",)
    assert kinds(waiting.created_by) == []
    open_slots(world, 1)
    told, left = send_what_is_ready(edition=world.edition, actor=world.president, at=NOW)
    assert ([entry.pk for entry in told], left) == ([waiting.pk], ())


def test_nothing_is_sent_with_any_part_missing() -> None:
    world = announced(slots=0)
    entry = world.entries[2]
    assert missing_parts(None, entry, NOW) == feedback_actions.PARTS
    open_slots(world, 3)
    row = Feedback.objects.get(entry=entry)
    for column, empty, part in (
        ("reached", [], "reached"),
        ("improvements", [], "improvements"),
        ("course", "", "course"),
    ):
        spoiled = Feedback.objects.get(pk=row.pk)
        setattr(spoiled, column, empty)
        assert missing_parts(spoiled, entry, NOW) == (part,)
    assert missing_parts(row, entry, NOW) == ()


def test_a_mention_has_its_certificate_and_its_feedback() -> None:
    world = make_world()
    open_slots(world, 3)
    decide_all(world)
    from_jury = "Un projet à suivre."
    feedback_actions.prepare_feedback(edition=world.edition, actor=world.president, at=NOW)
    add_words(entry=world.entries[2], words=from_jury, language="fr", actor=world.president, at=NOW)
    world.entries[2].decision.delete()
    decide(
        entry=world.entries[2], outcome="mention", place=None, reason="Encourager.", language="fr",
        actor=world.president, at=NOW,
    )  # fmt: skip
    announce_winners(edition=world.edition, actor=world.president, at=NOW)
    assert kinds(world.teams[2]) == ["contest.mention", "contest.feedback"]
    assert Feedback.objects.get(entry=world.entries[2]).words == from_jury
    with pytest.raises(WrongPhase):
        add_words(entry=world.entries[2], words="Trop tard", language="fr", actor=world.president, at=NOW)


def test_all_or_nothing() -> None:
    world = make_world(TIED)
    decide_all(world)
    with pytest.raises(Undecided):
        announce_winners(edition=world.edition, actor=world.president, at=NOW)
    for model in (Publication, Certificate, ReinforcedSupport, Feedback, Notification):
        assert not model.objects.exists()
    with pytest.raises(PermissionDenied):
        announce_winners(edition=world.edition, actor=world.teams[0], at=NOW)


def test_accepting_makes_the_project_from_the_idea_and_lets_the_advisor_in() -> None:
    world = make_world()
    team, entry = world.teams[0], world.entries[0]
    entry.idea = make_idea(author=team)
    entry.save()
    decide_all(world)
    announce_winners(edition=world.edition, actor=world.president, at=NOW)
    support = ReinforcedSupport.objects.get(entry=entry)
    assert not Project.objects.exists()
    for _ in range(2):
        answer_support(support=support, accept=True, actor=team, at=NOW)
    project = Project.objects.get()
    assert (project.idea, project.name, project.created_by) == (entry.idea, entry.title, team)
    access = AdvisorAccess.objects.get()
    assert (access.project, access.advisor, access.granted_by, access.ended_at) == (
        project,
        world.advisor,
        team,
        None,
    )
    entry.refresh_from_db()
    assert entry.project == project
    support.refresh_from_db()
    assert (support.state, support.answered_at) == (SupportState.ACCEPTED, NOW)


def test_the_project_that_was_entered_is_the_one_opened_and_by_its_owner() -> None:
    world = make_world()
    team, entry = world.teams[0], world.entries[0]
    entry.project = make_project(make_user())
    entry.save()
    decide_all(world)
    announce_winners(edition=world.edition, actor=world.president, at=NOW)
    support = ReinforcedSupport.objects.get(entry=entry)
    with pytest.raises(PermissionDenied):
        answer_support(support=support, accept=True, actor=team, at=NOW)
    with pytest.raises(PermissionDenied):
        answer_support(support=support, accept=True, actor=world.teams[1], at=NOW)
    assert not AdvisorAccess.objects.exists()


def test_declining_lets_nobody_in_and_may_be_thought_over() -> None:
    world = announced()
    support = ReinforcedSupport.objects.get(entry=world.entries[0])
    answer_support(support=support, accept=False, actor=world.teams[0], at=NOW)
    assert not AdvisorAccess.objects.exists()
    assert kinds(world.advisor)[-1] == "contest.support_declined"
    answer_support(support=support, accept=True, actor=world.teams[0], at=NOW)
    assert AdvisorAccess.objects.count() == 1


def test_the_advisor_with_the_fewest_is_offered_and_where_there_is_none_the_delegation_is_told() -> None:
    world = make_world()
    idle = make_user(Role.ADVISOR, display_name="Zohra")
    make_project_advised_by(world)
    decide_all(world)
    announce_winners(edition=world.edition, actor=world.president, at=NOW)
    offered = ReinforcedSupport.objects.order_by("entry__decision__place")
    assert [row.advisor for row in offered] == [idle, world.advisor]  # equal then: by name


def make_project_advised_by(world: World) -> None:
    owner = make_user()
    AdvisorAccess.objects.create(project=make_project(owner), advisor=world.advisor, granted_by=owner)


def test_without_any_advisor_the_offer_waits_and_is_completed_later() -> None:
    world = make_world()
    world.advisor.role_grants.update(ended_at=NOW)
    delegate = make_user(Role.DELEGATE)
    decide_all(world)
    result = announce_winners(edition=world.edition, actor=world.president, at=NOW)
    assert [entry.pk for entry in result.without_advisor] == [entry.pk for entry in world.entries[:2]]
    assert kinds(delegate) == ["contest.support_without_advisor"] * 2
    support = ReinforcedSupport.objects.get(entry=world.entries[0])
    with pytest.raises(NoAdvisor):
        answer_support(support=support, accept=True, actor=world.teams[0], at=NOW)
    newcomer = make_user(Role.ADVISOR)
    announce_winners(edition=world.edition, actor=world.president, at=NOW)
    assert set(ReinforcedSupport.objects.values_list("advisor", flat=True)) == {newcomer.pk}
    assert kinds(delegate) == ["contest.support_without_advisor"] * 2


def test_a_slot_is_taken_once_given_back_and_a_withdrawn_one_is_told() -> None:
    world = announced()
    first, second, _third = AdvisorSlot.objects.order_by("starts_at")
    team, entry = world.teams[2], world.entries[2]
    take_slot(slot=first, entry=entry, actor=team, at=NOW)
    take_slot(slot=first, entry=entry, actor=team, at=NOW)
    with pytest.raises(HasSlot):
        take_slot(slot=second, entry=entry, actor=team, at=NOW)
    with pytest.raises(SlotGone):
        take_slot(slot=first, entry=world.entries[3], actor=world.teams[3], at=NOW)
    with pytest.raises(SlotGone):  # its hour has come
        take_slot(slot=second, entry=world.entries[3], actor=world.teams[3], at=second.starts_at)
    with pytest.raises(PermissionDenied):  # a laureate has an advisor
        take_slot(slot=second, entry=world.entries[0], actor=world.teams[0], at=NOW)
    give_back_slot(entry=entry, actor=team, at=NOW)
    first.refresh_from_db()
    assert (first.entry, first.taken_at) == (None, None)
    take_slot(slot=first, entry=world.entries[3], actor=world.teams[3], at=NOW)
    with pytest.raises(PermissionDenied):
        withdraw_slot(slot=first, actor=team, at=NOW)
    withdraw_slot(slot=first, actor=world.advisor, at=NOW)
    assert kinds(world.teams[3])[-1] == "contest.slot_cancelled"
    assert kinds(world.advisor)[-3:] == [
        "contest.slot_taken",
        "contest.slot_given_back",
        "contest.slot_taken",
    ]


def test_offered_supports_are_counted_in_the_places_a_region_will_need() -> None:
    world = announced()
    region = world.entries[0].region_id
    assert supports_offered(region) == 2
    assert supports_offered("02") == 0
    support = ReinforcedSupport.objects.get(entry=world.entries[0])
    answer_support(support=support, accept=True, actor=world.teams[0], at=NOW)
    assert supports_offered(region) == 1  # accepted, it is a project with its advisor
