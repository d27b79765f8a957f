"""An entry's life: begun once from an idea or a project, handed in whole, in its phase, and left with a trace."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from bpc.portal.contests import entry_actions
from bpc.portal.contests.completeness import missing_from
from bpc.portal.contests.entry_actions import (
    AlreadyEntered,
    AppealedBefore,
    EntryContent,
    Incomplete,
    KeyTaken,
    NotNow,
    RulesChanged,
    StaleForm,
    TooManyDrafts,
)
from bpc.portal.contests.entry_checks import ChangedMeanwhile, check_eligibility
from bpc.portal.contests.models import Edition, EditionRules, Entry
from bpc.portal.contests.states import Phase
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.journeys.entry_from_idea import enter_from_idea
from bpc.portal.journeys.entry_from_project import enter_from_project
from bpc.portal.people.models import Notification, User
from bpc.portal.people.personal_data import holdings
from bpc.portal.reference.models import Territory
from tests.portal.contests.contest_world import NOW, make_edition, make_entry
from tests.portal.projects.project_world import add_people, join, make_project
from tests.portal.world import HERE, make_idea, make_user

pytestmark = pytest.mark.django_db
FORM = [
    {"code": "need", "label_fr": "Quel besoin ?", "label_ar": "ما الحاجة؟", "max": 1000, "required": True},
    {"code": "place", "label_fr": "Pourquoi ici ?", "label_ar": "لماذا هنا؟", "max": 800, "required": False},
]


def content(**said: object) -> EntryContent:
    """Words of an entry in Taroudannt."""
    values: dict[str, object] = {
        "title": "Séchoir partagé", "language": "fr", "sector_id": "food", "commune": Territory.objects.get(pk=HERE),
        "summary": "Vingt familles sèchent leurs figues.", "answers": {"need": "Les figues se perdent."},
        "entrant": "group",
    }  # fmt: skip
    return EntryContent(**{**values, **said})  # type: ignore[arg-type]


def started(author: User, edition: Edition | None = None, **said: object) -> Entry:
    """A draft of `author`, complete unless `said` takes something away."""
    edition = edition or make_edition(form=FORM)
    return entry_actions.start_entry(
        edition=edition, content=content(**said), submission_key=uuid4(), actor=author, at=NOW
    )[0]


def submitted(author: User, edition: Edition | None = None, **said: object) -> Entry:
    """A complete entry, handed in."""
    entry = started(author, edition, **said)
    return entry_actions.submit_entry(entry=entry, rules_version=None, actor=author, at=NOW)


def named_author(**fields: object) -> User:
    """Somebody with a name, who leads a team."""
    return make_user(display_name="Fatima", **fields)


def test_an_idea_enters_and_nothing_is_typed_twice() -> None:
    author = named_author()
    idea = make_idea(author=author, need="Les figues se perdent.", proposal="Un séchoir pour vingt familles.")
    idea.attachments.create(
        kind="photo",
        original_name="a.jpg",
        content_type="image/jpeg",
        size=3,
        file=ContentFile(b"abc", "a.jpg"),
        alt="Le four",
    )
    edition, key = make_edition(form=FORM), uuid4()
    entry, is_new = enter_from_idea(edition=edition, idea=idea, submission_key=key, actor=author, at=NOW)
    assert is_new
    assert (entry.title, entry.commune_id, entry.sector_id) == (idea.title, HERE, "food")
    assert (entry.summary, entry.answers) == (
        "Un séchoir pour vingt familles.",
        {"need": "Les figues se perdent."},
    )
    assert (entry.region_id, entry.province_id, entry.idea) == ("09", "09.541", idea)
    copied = entry.attachments.get()
    with copied.file.open("rb") as file:
        assert (copied.alt, file.read()) == ("Le four", b"abc")
    assert copied.file.name != idea.attachments.get().file.name
    lead = entry.members.get()
    assert (lead.name, lead.is_lead, lead.consent, lead.door) == ("Fatima", True, "given", "account")
    again, is_new = enter_from_idea(edition=edition, idea=idea, submission_key=key, actor=author, at=NOW)
    assert (again.pk, is_new, Entry.objects.count()) == (entry.pk, False, 1)


def test_an_idea_stands_once_in_an_edition_and_is_entered_by_its_author_alone() -> None:
    author, other = named_author(), make_user()
    idea, edition = make_idea(author=author), make_edition()
    entry, _ = enter_from_idea(edition=edition, idea=idea, submission_key=uuid4(), actor=author, at=NOW)
    with pytest.raises(AlreadyEntered) as standing:
        enter_from_idea(edition=edition, idea=idea, submission_key=uuid4(), actor=author, at=NOW)
    assert standing.value.entry == entry
    with pytest.raises(PermissionDenied):
        enter_from_idea(edition=make_edition(), idea=idea, submission_key=uuid4(), actor=other, at=NOW)
    elsewhere, is_new = enter_from_idea(
        edition=make_edition(), idea=idea, submission_key=uuid4(), actor=author, at=NOW
    )
    assert is_new
    assert elsewhere.pk != entry.pk


def test_an_idea_left_without_an_account_is_entered_by_whoever_proved_its_contact() -> None:
    author = make_user(email=None, phone="+212612345678", phone_verified=True)
    idea = make_idea(contact_phone="+212612345678")
    entry, is_new = enter_from_idea(
        edition=make_edition(), idea=idea, submission_key=uuid4(), actor=author, at=NOW
    )
    assert is_new
    assert entry.idea == idea
    unproved = make_user(email=None, phone="+212612345679", phone_verified=False)
    with pytest.raises(PermissionDenied):
        enter_from_idea(
            edition=make_edition(), idea=make_idea(contact_phone="+212612345679"), submission_key=uuid4(),
            actor=unproved, at=NOW,
        )  # fmt: skip


def test_a_project_enters_with_its_people_who_are_each_asked() -> None:
    owner, colleague = named_author(), make_user(display_name="Ahmed")
    project = make_project(owner)
    add_people(project, owner, 2)
    join(project, colleague, "editor")
    entry, _ = enter_from_project(
        edition=make_edition(), project=project, submission_key=uuid4(), actor=owner, at=NOW
    )
    members = list(entry.members.order_by("pk"))
    assert entry.title == project.name
    assert [member.consent for member in members] == ["given", "pending", "pending", "pending"]
    assert members[1].user == colleague
    assert Notification.objects.filter(user=colleague, kind="entry.named").count() == 1
    with pytest.raises(PermissionDenied):
        enter_from_project(
            edition=make_edition(), project=project, submission_key=uuid4(), actor=make_user(), at=NOW
        )


def test_the_key_of_somebody_elses_form_is_refused_and_drafts_are_counted() -> None:
    author, edition, key = named_author(), make_edition(), uuid4()
    begin = {"edition": edition, "content": content(), "at": NOW}
    entry_actions.start_entry(**begin, submission_key=key, actor=author)  # type: ignore[arg-type]
    with pytest.raises(KeyTaken):
        entry_actions.start_entry(**begin, submission_key=key, actor=make_user())  # type: ignore[arg-type]
    for _ in range(entry_actions.MOST_DRAFTS - 1):
        entry_actions.start_entry(**begin, submission_key=uuid4(), actor=author)  # type: ignore[arg-type]
    with pytest.raises(TooManyDrafts):
        entry_actions.start_entry(**begin, submission_key=uuid4(), actor=author)  # type: ignore[arg-type]


def test_an_incomplete_entry_is_refused_with_the_list_of_what_is_missing() -> None:
    author = make_user()  # without a name
    edition = make_edition(form=FORM, vote_from=NOW, vote_until=NOW + timedelta(days=3))
    entry = started(author, edition, summary=" ", answers={}, entrant="")
    codes = ["summary", "entrant", "answer_need", "shown_to_voters", "name"]
    assert [one.code for one in missing_from(entry)] == codes
    with pytest.raises(Incomplete) as refusal:
        entry_actions.submit_entry(entry=entry, rules_version=None, actor=author, at=NOW)
    assert [one.code for one in refusal.value.missing] == codes
    assert Entry.objects.get().state == "draft"


def test_what_is_handed_in_is_counted_dated_and_may_be_taken_back_while_entries_are_open() -> None:
    author = named_author()
    entry = submitted(author)
    assert (entry.state, entry.submitted_at) == ("submitted", NOW)
    assert Edition.objects.get().entry_count == 1
    assert Notification.objects.filter(user=author, kind="entry.submitted").count() == 1
    with pytest.raises(IllegalMove):
        entry_actions.submit_entry(entry=entry, rules_version=None, actor=author, at=NOW)
    with pytest.raises(IllegalMove):
        entry_actions.amend_entry(entry=entry, content=content(), version=1, actor=author, at=NOW)
    entry_actions.reopen_entry(entry=entry, actor=author, at=NOW)
    assert Edition.objects.get().entry_count == 0
    amended = entry_actions.amend_entry(
        entry=entry, content=content(title="Le séchoir"), version=1, actor=author, at=NOW
    )
    assert (amended.title, amended.version) == ("Le séchoir", 2)
    with pytest.raises(StaleForm) as stale:
        entry_actions.amend_entry(entry=entry, content=content(), version=1, actor=author, at=NOW)
    assert stale.value.current.title == "Le séchoir"
    verbs = [row.verb for row in trail_of(entry)]
    assert verbs == ["start entry", "submit entry", "reopen entry", "amend entry"]


def test_the_rules_in_force_are_accepted_not_older_ones() -> None:
    author, edition = named_author(), make_edition(form=FORM)
    entry = started(author, edition)
    for version in (1, 2):
        EditionRules.objects.create(edition=edition, version=version, content={}, sha256="0" * 64)
    for stale in (None, 1):
        with pytest.raises(RulesChanged):
            entry_actions.submit_entry(entry=entry, rules_version=stale, actor=author, at=NOW)
    entry_actions.submit_entry(entry=entry, rules_version=2, actor=author, at=NOW)
    assert Entry.objects.get().rules_version == 2


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase != Phase.ENTRIES])
def test_nothing_is_entered_outside_its_phase(phase: Phase) -> None:
    author, edition = named_author(), make_edition(phase, form=FORM)
    begin = {"edition": edition, "content": content(), "submission_key": uuid4(), "actor": author, "at": NOW}
    with pytest.raises(NotNow) as late:
        entry_actions.start_entry(**begin)  # type: ignore[arg-type]
    assert late.value.phase == phase
    draft = make_entry(edition, author, state="draft", entrant="group", answers={"need": "x"})
    for act, more in (
        (entry_actions.submit_entry, {"rules_version": None}),
        (entry_actions.amend_entry, {"content": content(), "version": 1}),
        (entry_actions.amend_files, {"submission_key": uuid4()}),
    ):
        with pytest.raises(NotNow):
            act(entry=draft, actor=author, at=NOW, **more)  # type: ignore[operator]
    sent = make_entry(edition, author, state="submitted")
    with pytest.raises(NotNow):
        entry_actions.reopen_entry(entry=sent, actor=author, at=NOW)
    assert {row.state for row in Entry.objects.all()} == {"draft", "submitted"}


def test_an_extension_opens_entries_again() -> None:
    author, edition = named_author(), make_edition(Phase.CHECKING, form=FORM)
    draft = make_entry(edition, author, state="draft", entrant="group", answers={"need": "x"})
    Edition.objects.update(entries_until=NOW + timedelta(days=1))
    entry_actions.submit_entry(entry=draft, rules_version=None, actor=author, at=NOW)
    assert Entry.objects.get().state == "submitted"


@pytest.mark.parametrize(
    ("phase", "may"),
    [(Phase.ENTRIES, True), (Phase.CHECKING, True), (Phase.MARKING, True), (Phase.DISCUSSION, False),
     (Phase.DECIDING, False), (Phase.RESULTS, False), (Phase.CANCELLED, False)],
)  # fmt: skip
def test_an_entry_is_withdrawn_by_who_leads_until_the_jury_discusses(phase: Phase, may: bool) -> None:
    author, edition = named_author(), make_edition(phase, entry_count=1)
    entry = make_entry(edition, author, state="eligible")
    colleague = make_user()
    entry.members.create(user=colleague, name="Ahmed", consent="given", answered_at=NOW)
    if not may:
        with pytest.raises(NotNow):
            entry_actions.withdraw_entry(entry=entry, actor=author, at=NOW)
        return
    with pytest.raises(PermissionDenied):
        entry_actions.withdraw_entry(entry=entry, actor=colleague, at=NOW)
    entry_actions.withdraw_entry(entry=entry, actor=author, at=NOW)
    assert (Entry.objects.get().state, Edition.objects.get().entry_count) == ("withdrawn", 0)
    assert Notification.objects.filter(user=colleague, kind="entry.withdrawn").count() == 1


def test_a_draft_is_erased_with_its_people_and_files() -> None:
    author = named_author()
    entry = started(author)
    entry_actions.discard_entry(entry=entry, actor=author, at=NOW)
    assert not Entry.objects.exists()
    sent = submitted(author)
    with pytest.raises(IllegalMove):
        entry_actions.discard_entry(entry=sent, actor=author, at=NOW)


def test_organisers_accept_or_refuse_with_a_reason_and_the_team_is_told() -> None:
    author, delegate = named_author(), make_user("delegate")
    entry = submitted(author, make_edition(form=FORM, who_may_enter={"members_min": 3}))
    assert entry.eligibility == [{"rule": "members_min", "met": False, "asked": 3, "found": 1}]
    decide = {"entry": entry, "actor": delegate, "at": NOW}
    with pytest.raises(ReasonMissing):  # against a rule that is not met
        check_eligibility(**decide, accept=True, reason=" ")  # type: ignore[arg-type]
    with pytest.raises(ReasonMissing):
        check_eligibility(**decide, accept=False, reason="")  # type: ignore[arg-type]
    with pytest.raises(PermissionDenied):
        check_eligibility(
            entry=entry, actor=make_user("delegate", region="02"), at=NOW, accept=False, reason="non"
        )
    with pytest.raises(ChangedMeanwhile):
        check_eligibility(**decide, accept=False, reason="Trois personnes", seen_version=9)  # type: ignore[arg-type]
    check_eligibility(**decide, accept=False, reason="Il faut trois personnes.", seen_version=1)  # type: ignore[arg-type]
    told = Notification.objects.get(user=author, kind="entry.ineligible")
    assert told.data["reason"] == "Il faut trois personnes."
    row = trail_of(entry).get(verb="refuse entry")
    assert (row.actor, row.reason, row.data["unmet"]) == (
        delegate,
        "Il faut trois personnes.",
        ["members_min"],
    )


@pytest.mark.parametrize(
    ("phase", "state", "may"),
    [(Phase.ENTRIES, "submitted", True), (Phase.CHECKING, "eligible", True), (Phase.MARKING, "submitted", True),
     (Phase.MARKING, "eligible", False), (Phase.DISCUSSION, "submitted", False), (Phase.RESULTS, "submitted", False),
     (Phase.CANCELLED, "submitted", False)],
)  # fmt: skip
def test_eligibility_is_decided_before_marking_and_late_only_for_who_waits(
    phase: Phase, state: str, may: bool
) -> None:
    entry = make_entry(make_edition(phase), named_author(), state=state)
    decide = {
        "entry": entry,
        "accept": False,
        "reason": "Hors sujet.",
        "actor": make_user("administrator"),
        "at": NOW,
    }
    if may:
        assert check_eligibility(**decide).state == "ineligible"  # type: ignore[arg-type]
    else:
        with pytest.raises(NotNow):
            check_eligibility(**decide)  # type: ignore[arg-type]


def test_a_refused_team_completes_and_appeals_once_before_marking() -> None:
    author = named_author()
    edition = make_edition(Phase.CHECKING, form=FORM)
    entry = make_entry(edition, author, state="ineligible", entrant="group", answers={"need": "x"})
    first = entry.submitted_at
    entry_actions.amend_entry(
        entry=entry, content=content(summary="Complété."), version=1, actor=author, at=NOW
    )
    with pytest.raises(ReasonMissing):
        entry_actions.appeal_entry(entry=entry, words=" ", actor=author, at=NOW)
    later = NOW + timedelta(hours=1)
    appealed = entry_actions.appeal_entry(entry=entry, words="Nous sommes trois.", actor=author, at=later)
    assert (appealed.state, appealed.submitted_at, appealed.appealed_at) == ("submitted", first, later)
    check_eligibility(entry=appealed, accept=False, reason="Non.", actor=make_user("administrator"), at=later)
    with pytest.raises(AppealedBefore):
        entry_actions.appeal_entry(entry=entry, words="Encore.", actor=author, at=later)
    with pytest.raises(NotNow):
        entry_actions.amend_entry(entry=entry, content=content(), version=2, actor=author, at=later)


def test_no_appeal_once_marking_began() -> None:
    author = named_author()
    entry = make_entry(make_edition(Phase.MARKING), author, state="ineligible", entrant="group")
    with pytest.raises(NotNow):
        entry_actions.appeal_entry(entry=entry, words="Nous sommes trois.", actor=author, at=NOW)


def test_leaving_passes_the_lead_on_and_erases_what_nobody_else_wrote() -> None:
    author, heir = named_author(), make_user(display_name="Ahmed")
    edition = make_edition(entry_count=2)
    shared = make_entry(edition, author, state="submitted")
    shared.members.create(user=heir, name="Ahmed", consent="given", answered_at=NOW)
    alone = make_entry(edition, author, state="submitted")
    read = make_entry(edition, author, state="eligible")
    holding = next(one for one in holdings() if one.key == "entries")
    assert {row["code"] for row in holding.rows(author)} == {
        shared.reference,
        alone.reference,
        read.reference,
    }
    holding.forget(author)
    shared.refresh_from_db()
    assert shared.created_by == heir
    assert [(one.user, one.is_lead) for one in shared.members.all()] == [(heir, True)]
    assert not Entry.objects.filter(pk=alone.pk).exists()
    read.refresh_from_db()
    assert (read.created_by, read.members.count(), Edition.objects.get().entry_count) == (None, 0, 1)
