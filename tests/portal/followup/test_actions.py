"""What is done to a path, and where its steps stand after."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from bpc.core.law.events import Event
from bpc.portal.followup import actions
from bpc.portal.followup.models import LegalDate, ProjectPath
from bpc.portal.followup.standing import DueKind
from bpc.portal.followup.states import Question, StepState
from bpc.portal.followup.words import next_sentence
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.writing import written_date
from bpc.portal.people.models import Notification
from bpc.portal.projects.actions import set_stage
from tests.portal.followup.followup_world import NOW, TODAY, done, open_creation, read, say
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import Group, add_people, make_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    return make_group()


def test_the_first_step_is_one_sentence_with_a_date(group: Group) -> None:
    owner = group.inside["owner"]
    open_creation(group.project, owner)
    day = written_date(TODAY + timedelta(days=21))
    assert next_sentence(read(group.project), TODAY) == (
        f"Réunissez au moins cinq personnes qui fonderont la coopérative avant le {day}."
    )


def test_five_founders_tick_the_first_step_and_say_why(group: Group) -> None:
    owner = group.inside["owner"]
    open_creation(group.project, owner)
    add_people(group.project, owner, 5)
    standing = read(group.project).standing
    assert (standing.named("founders").state, standing.named("founders").reason) == (
        StepState.DONE,
        "five_founders",
    )
    following = standing.next_step(TODAY)
    assert following is not None
    assert following.step.id == "idea_check"


def test_a_path_is_opened_once(group: Group) -> None:
    first, second = (open_creation(group.project, group.inside["owner"]) for _ in range(2))
    assert first.pk == second.pk
    assert ProjectPath.objects.count() == 1


def test_an_answer_drops_a_step_and_no_answer_does_not(group: Group) -> None:
    owner = group.inside["owner"]
    open_creation(group.project, owner)
    assert read(group.project).standing.named("in_kind_valuation").state == StepState.TODO
    asked = {"project": group.project, "question": Question.IN_KIND, "actor": owner, "at": NOW}
    actions.answer_question(yes=False, **asked)
    dropped = read(group.project).standing.named("in_kind_valuation")
    assert (dropped.state, dropped.reason) == (StepState.SKIPPED, "no_in_kind")
    actions.answer_question(yes=True, **asked)
    assert read(group.project).standing.named("in_kind_valuation").state == StepState.TODO
    actions.answer_question(yes=None, **asked)
    assert read(group.project).standing.named("in_kind_valuation").state == StepState.TODO


def test_a_person_overrules_the_facts_with_a_note_only(group: Group) -> None:
    owner = group.inside["owner"]
    path = open_creation(group.project, owner)
    add_people(group.project, owner, 5)
    with pytest.raises(actions.NoteMissing):
        say(path, "founders", "todo", owner)
    say(path, "founders", "todo", owner, note="Deux se retirent.", language="fr")
    standing = read(group.project).standing.named("founders")
    assert (standing.state, standing.reason) == (StepState.TODO, None)
    actions.undo_mark(path=path, step="founders", actor=owner, at=NOW)
    assert read(group.project).standing.named("founders").state == StepState.DONE


def test_a_project_whose_cooperative_exists_has_the_creation_behind_it(group: Group) -> None:
    owner = group.inside["owner"]
    open_creation(group.project, owner)
    set_stage(project=group.project, stage="launch", actor=owner, at=NOW)
    standing = read(group.project).standing
    assert standing.named("statutes_draft").state == StepState.DONE
    following = standing.next_step(TODAY)
    assert following is not None
    assert following.step.id == "release_funds"


def test_the_date_of_the_certificate_starts_the_sixty_days(group: Group) -> None:
    owner = group.inside["owner"]
    path = open_creation(group.project, owner)
    say(path, "founders", "done", owner)
    done(path, "idea_check", owner)
    done(path, "name_request", owner)
    received = TODAY - timedelta(days=10)
    done(path, "name_certificate", owner, received)
    assert LegalDate.objects.get(event=Event.NAME_APPROVED).on == received
    due = read(group.project).standing.named("registration_request").due
    assert due is not None
    assert (due.on, due.kind) == (received + timedelta(days=60), DueKind.LEGAL)
    actions.undo_mark(path=path, step="name_certificate", actor=owner, at=NOW)
    assert not LegalDate.objects.filter(event=Event.NAME_APPROVED).exists()
    assert read(group.project).standing.named("registration_request").due is None


def test_the_date_follows_the_word_that_stands(group: Group) -> None:
    owner = group.inside["owner"]
    path = open_creation(group.project, owner)
    first, second = TODAY - timedelta(days=9), TODAY - timedelta(days=3)
    done(path, "name_certificate", owner, first)
    done(path, "name_certificate", owner, second)
    assert LegalDate.objects.get(event=Event.NAME_APPROVED).on == second
    actions.undo_mark(path=path, step="name_certificate", actor=owner, at=NOW)
    assert LegalDate.objects.get(event=Event.NAME_APPROVED).on == first
    say(path, "name_certificate", "todo", owner)  # ticked by mistake: no explanation is asked for
    assert not LegalDate.objects.filter(event=Event.NAME_APPROVED).exists()


def test_a_delay_about_to_end_comes_before_the_order_of_the_path(group: Group) -> None:
    owner = group.inside["owner"]
    path = open_creation(group.project, owner)
    for step in ("founders", "idea_check", "name_request", "name_certificate", "founding_meeting"):
        done(path, step, owner)
    done(path, "capital_subscription", owner, TODAY - timedelta(days=1))
    reading = read(group.project)
    assert next_sentence(reading, TODAY) == (
        f"Déposez l’argent reçu sur un compte bloqué à la banque avant le {written_date(TODAY + timedelta(days=4))}."
    )


def test_a_blocked_step_says_since_when_and_its_advisor_is_told(group: Group) -> None:
    owner, advisor = group.inside["owner"], group.inside["advisor"]
    path = open_creation(group.project, owner)
    with pytest.raises(actions.NoteMissing):
        say(path, "founders", "blocked", owner)
    say(path, "founders", "blocked", owner, note="Les voisins hésitent.", language="fr")
    assert plain(next_sentence(read(group.project), TODAY)) == (
        f"Débloquez l’étape « Réunir au moins cinq fondateurs », arrêtée depuis le {plain(written_date(TODAY))}."
    )
    told = {row.user_id for row in Notification.objects.filter(kind="followup.blocked")}
    assert told == {advisor.pk, group.inside["editor"].pk}  # the rest of the group, and who accompanies it


def test_a_block_says_on_whom_it_waits_and_its_end_is_told(group: Group) -> None:
    owner, editor, advisor = (group.inside[who] for who in ("owner", "editor", "advisor"))
    path = open_creation(group.project, owner)
    said: dict[str, Any] = {"note": "La banque demande un papier.", "language": "fr", "waits_on": "bank"}
    mark = say(path, "founders", "blocked", owner, **said)
    assert mark.get_waits_on_display() == "La banque"
    say(path, "founders", "blocked", editor, **{**said, "note": "Toujours rien."})  # told once while it lasts
    assert Notification.objects.filter(kind="followup.blocked", user=advisor).count() == 1
    assert say(path, "founders", "doing", editor, waits_on="bank").waits_on == ""
    told = {row.user_id for row in Notification.objects.filter(kind="followup.unblocked")}
    assert told == {owner.pk, advisor.pk}
    assert read(group.project).standing.blocked == ()
    actions.undo_mark(path=path, step="founders", actor=owner, at=NOW)  # it is blocked after all
    assert Notification.objects.filter(kind="followup.blocked", user=advisor).count() == 2


def test_the_advisor_let_in_ticks_with_a_trace_and_the_group_is_told(group: Group) -> None:
    path = open_creation(group.project, group.inside["owner"])
    mark = done(path, "founders", group.inside["advisor"])
    assert mark.made_by == group.inside["advisor"]
    told = {row.user_id for row in Notification.objects.filter(kind="followup.marked_by_advisor")}
    assert told == {group.inside["owner"].pk, group.inside["editor"].pk}
    entry = trail_of(path).filter(verb="mark step").get()
    assert (entry.actor, entry.after, entry.data) == (group.inside["advisor"], "done", {"step": "founders"})


@pytest.mark.parametrize("who", ["reader", "person", "delegate", "administrator", "other advisor"])
def test_nobody_else_ticks(group: Group, who: str) -> None:
    path = open_creation(group.project, group.inside["owner"])
    with pytest.raises(PermissionDenied):
        done(path, "founders", group.everybody[who])


def test_the_advisor_does_not_choose_the_path(group: Group) -> None:
    with pytest.raises(PermissionDenied):
        open_creation(group.project, group.inside["advisor"])


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"state": "done", "on": TODAY + timedelta(days=1)}, actions.DayToCome),
        ({"state": "doing", "due_on": TODAY - timedelta(days=1)}, actions.DayPassed),
        ({"state": "skipped"}, actions.NoteMissing),
    ],
)
def test_what_cannot_be_said(group: Group, said: dict[str, object], fault: type[Exception]) -> None:
    path = open_creation(group.project, group.inside["owner"])
    with pytest.raises(fault):
        say(path, "founders", actor=group.inside["owner"], **said)  # type: ignore[arg-type]


def test_an_unknown_step_and_an_unknown_template(group: Group) -> None:
    owner = group.inside["owner"]
    path = open_creation(group.project, owner)
    with pytest.raises(actions.UnknownStep):
        done(path, "elsewhere", owner)
    with pytest.raises(actions.UnknownTemplate):
        open_creation(group.project, owner, slug="elsewhere")
    with pytest.raises(actions.NothingToUndo):
        actions.undo_mark(path=path, step="founders", actor=owner, at=NOW)


def test_a_path_put_aside_is_taken_up_again(group: Group) -> None:
    owner = group.inside["owner"]
    path = open_creation(group.project, owner)
    done(path, "founders", owner)
    actions.close_path(path=path, actor=owner, at=NOW)
    again = open_creation(group.project, owner)
    assert again.pk != path.pk
    actions.reopen_path(path=path, actor=owner, at=NOW)  # another runs: nothing
    path.refresh_from_db()
    assert path.closed_at is not None
    actions.close_path(path=again, actor=owner, at=NOW)
    actions.reopen_path(path=path, actor=owner, at=NOW)
    assert read(group.project).standing.named("founders").state == StepState.DONE


def test_what_an_administration_does_is_never_asked_and_never_blocks(group: Group) -> None:
    owner = group.inside["owner"]
    path = open_creation(group.project, owner)
    done(path, "registration_entry", owner)
    reading = read(group.project)
    following = reading.standing.next_step(TODAY)
    assert following is not None
    assert following.step.id != "central_register"
    assert "publication" not in {one.step.id for one in reading.standing.counted}
