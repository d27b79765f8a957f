"""What each step of creation reads by itself; and whatever stands, one sentence with a day says what is next."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from bpc.core.law.clocks import CLOCKS
from bpc.datasets.path_templates import Condition, Template, read_templates
from bpc.portal.followup.facts import PAPER_KINDS
from bpc.portal.followup.models import StepMark
from bpc.portal.followup.standing import Mark, StandingPath, stand
from bpc.portal.followup.states import SETTLED, StepState
from bpc.portal.followup.words import standing_sentence
from bpc.portal.foundation.writing import written_date
from bpc.portal.vault.models import Audience, VaultDocument
from bpc.portal.vault.papers import paper_kinds
from tests.portal.followup.followup_world import NOW, TODAY, open_creation, read
from tests.portal.projects.project_world import Group, make_group

TEMPLATES: dict[str, Template] = read_templates()
CREATION = TEMPLATES["creation"]
OPENED, DAY = date(2026, 11, 2), date(2026, 11, 23)

#: For every step of creation: the date that proves it, the facts that tick it, those that drop it.
READS: dict[str, tuple[str | None, set[str], set[str]]] = {
    "founders": (None, {"five_founders", "registered"}, set()),
    "idea_check": (None, {"registered"}, set()),  # an agreement between people: no fact shows it
    "name_request": ("name_requested", {"name_approved", "registered", "paper_name_receipt"}, set()),
    "name_certificate": ("name_approved", {"name_approved", "registered"}, set()),
    "statutes_draft": (None, {"registered", "paper_statutes"}, set()),
    "in_kind_valuation": (None, {"registered", "paper_in_kind_report"}, {"no_in_kind"}),
    "founding_meeting": ("statutes_signed", {"registered", "paper_founding_minutes"}, set()),
    "legalise_signatures": (None, {"registered"}, set()),  # a stamp on paper: nothing here shows it
    "capital_subscription": ("funds_received", {"registered"}, set()),
    "blocked_account": ("funds_deposited", {"registered", "paper_bank_certificate"}, set()),
    "local_authority_deposit": ("local_deposit", {"registered", "paper_authority_receipt"}, set()),
    "registration_request": ("registration_asked", {"registered", "paper_register_form"}, set()),
    "registration_entry": ("registered", {"registered"}, set()),
    "central_register": ("sent_to_central_register", set(), set()),
    "release_funds": (None, set(), set()),  # the bank's own act: an account number does not show the money
    "ice": (None, {"paper_ice_certificate"}, set()),
    "tax_id": ("tax_declared", {"paper_tax_registration"}, set()),
    "cnss": ("cnss_joined", {"paper_cnss_registration"}, {"no_employees"}),
    "member_register": (None, {"paper_member_register"}, set()),
    "sector_notice": ("sector_notified", {"paper_sector_notice"}, set()),
    "sector_permits": (
        None,
        set(),
        {"no_permits"},
    ),  # several may be needed: one paper does not show them all
    "publication": (None, set(), set()),  # nothing to do
    "first_year": ("ordinary_assembly_held", {"paper_accounts_receipt"}, set()),
}


@dataclass(frozen=True)
class Said:
    """A mark of no row."""

    state: str
    on: date | None = None
    due_on: date | None = None
    day: date = DAY


def path_of(template: Template = CREATION, **more: Any) -> StandingPath:
    told: dict[str, Any] = {"marks": {}, "facts": frozenset(), "clocks": {}, "opened_on": OPENED}
    return stand(template, **{**told, **more})


def test_what_each_step_of_creation_reads() -> None:
    found = {
        step.id: (step.asks.value if step.asks else None, set(step.ticked_by), set(step.dropped_by))
        for step in CREATION.steps
    }
    assert found == READS


@pytest.mark.parametrize("step", CREATION.steps, ids=lambda step: step.id)
def test_each_fact_ticks_or_drops_its_step_and_says_so(step: Any) -> None:
    for name in step.ticked_by:
        one = path_of(facts=frozenset({name})).named(step.id)
        assert (one.state, one.reason) == (StepState.DONE, name)
    for name in step.dropped_by:
        one = path_of(facts=frozenset({name})).named(step.id)
        assert (one.state, one.reason) == (StepState.SKIPPED, name)
    if step.asks is not None:
        one = path_of(dates={step.asks.value: DAY}).named(step.id)
        assert (one.state, one.reason) == (StepState.DONE, "dated")


def test_every_condition_is_read_and_every_paper_is_one_of_the_vault() -> None:
    read_by = {name for one in TEMPLATES.values() for step in one.steps
               for name in (*step.ticked_by, *step.dropped_by)}  # fmt: skip
    assert read_by == set(get_args(Condition))
    assert set(PAPER_KINDS) <= set(paper_kinds())


@pytest.mark.django_db
def test_a_paper_in_the_vault_ticks_its_step_while_it_holds() -> None:
    group: Group = make_group()
    owner = group.inside["owner"]
    path = open_creation(group.project, owner)

    def keep(kind: str, **more: Any) -> VaultDocument:
        return VaultDocument.objects.create(
            project=group.project, kind=kind, file=f"vault/{kind}", original_name="a.pdf",
            content_type="application/pdf", size=1, sha256="0" * 64, uploaded_by=owner, uploaded_at=NOW, **more,
        )  # fmt: skip

    paper = keep("bank_certificate")
    one = read(group.project).standing.named("blocked_account")
    assert (one.state, one.reason) == (StepState.DONE, "paper_bank_certificate")
    VaultDocument.objects.filter(pk=paper.pk).update(deleted_at=NOW)
    assert read(group.project).standing.named("blocked_account").state == StepState.TODO
    keep("authority_receipt", audience=Audience.OWNERS)  # for some eyes only: it tells nothing to the others
    keep("name_certificate", expires_on=TODAY - timedelta(days=1))
    standing = read(group.project).standing
    assert standing.named("local_authority_deposit").state == StepState.TODO
    assert standing.named("name_certificate").state == StepState.TODO
    keep("name_certificate", expires_on=TODAY)
    assert read(group.project).standing.named("name_certificate").reason == "name_approved"
    assert not StepMark.objects.filter(path=path).exists()


days = st.dates(OPENED - timedelta(days=400), DAY + timedelta(days=400))


@st.composite
def standings(draw: st.DrawFn) -> StandingPath:
    """Any path of any template, whatever was said, known, running."""
    template = draw(st.sampled_from(list(TEMPLATES.values())))
    marks: Mapping[str, Mark] = draw(
        st.dictionaries(
            st.sampled_from([step.id for step in template.steps]),
            st.builds(Said, st.sampled_from(StepState.values), st.none() | days, st.none() | days),
        )
    )
    clocks = draw(st.dictionaries(st.sampled_from(CLOCKS), days))
    asked = [step.asks.value for step in template.steps if step.asks is not None]
    known = draw(st.dictionaries(st.sampled_from(asked), days)) if asked else {}
    facts = draw(st.frozensets(st.sampled_from(get_args(Condition)), max_size=6))
    return path_of(template, marks=marks, clocks=clocks, dates=known, facts=facts)


@settings(max_examples=300, deadline=None)
@given(standings())
def test_there_is_always_one_sentence_and_a_day_past_is_said_late(path: StandingPath) -> None:
    one = path.next_step(DAY)
    for language, late, finished in (
        ("fr", "c’était à faire avant", "Toutes les étapes de ce parcours sont franchies."),
        ("ar", "كان", ""),
    ):
        with translation.override(language):
            sentence = standing_sentence(path, DAY)
            assert sentence.endswith(".")
            assert "\n" not in sentence
            assert "None" not in sentence
            if language == "ar":
                assert not re.search("[a-z]{6}", sentence)  # nothing left in French
            if one is None:
                done = all(each.settled for each in path.counted)
                if language == "fr":
                    assert (sentence == finished) == (done and not path.blocked)
                continue
            assert sentence.count(str(one.step.call.words.in_language(language))) == 1
            assert one.due is not None  # never without a day
            assert written_date(one.due.on) in sentence
            assert (late in sentence) == (one.due.on < DAY)
    if one is not None:
        assert one.state not in SETTLED
        assert one.state != StepState.BLOCKED
