"""Where steps stand, for any marks and any facts: what always holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bpc.datasets.path_templates import Template, read_templates
from bpc.portal.followup.standing import DueKind, Mark, stand
from bpc.portal.followup.states import SETTLED, StepState

CREATION: Template = read_templates()["creation"]
OPENED, TODAY = date(2026, 11, 2), date(2026, 11, 23)
CONDITIONS = ("five_founders", "registered", "name_approved", "no_in_kind", "no_employees", "no_permits")


@dataclass(frozen=True)
class Said:
    """A mark of no row."""

    state: str
    on: date | None = None
    due_on: date | None = None
    day: date = TODAY


marks = st.dictionaries(
    st.sampled_from([step.id for step in CREATION.steps]),
    st.builds(Said, st.sampled_from(StepState.values), st.none() | st.dates(OPENED, TODAY)),
)
facts = st.frozensets(st.sampled_from(CONDITIONS))


@settings(max_examples=300)
@given(marks, facts)
def test_the_next_step_can_be_done_and_is_asked_of_the_group(
    said: Mapping[str, Mark], known: frozenset
) -> None:  # type: ignore[type-arg]
    path = stand(CREATION, marks=said, facts=known, clocks={}, opened_on=OPENED)
    one = path.next_step(TODAY)
    left = [each for each in path.counted if not each.settled and each.step.duty != "administration"]
    if one is None:  # then everything left is blocked, or waits behind what is
        assert not left or path.blocked
        return
    assert one.state in (StepState.TODO, StepState.DOING)
    before = {each.step.id: each for each in path.steps}
    assert all(before[name].settled or before[name].step.duty == "administration" for name in one.step.after)
    assert one.step.duty not in {"administration", "not_required"}
    assert one.due is not None  # always a date


@settings(max_examples=300)
@given(marks, facts)
def test_a_persons_word_stands_over_the_facts(said: Mapping[str, Mark], known: frozenset) -> None:  # type: ignore[type-arg]
    path = stand(CREATION, marks=said, facts=known, clocks={}, opened_on=OPENED)
    for one in path.steps:
        if one.step.id in said:
            assert (one.state, one.reason) == (said[one.step.id].state, None)
        elif one.reason is not None:
            assert one.reason in known
            assert one.state in SETTLED
        else:
            assert one.state == StepState.TODO
    assert 0 <= path.done <= len(path.counted)


def test_whose_date_counts() -> None:
    chosen = Said("doing", due_on=TODAY + timedelta(days=40))
    settled = {name: Said("done", on=TODAY) for name in ("founders", "idea_check")}

    def due(**more: object) -> tuple[date, str]:
        clocks = {"name_validity": TODAY + timedelta(days=9)} if "law" in more else {}
        said = {**settled, "statutes_draft": chosen} if "own" in more else settled
        path = stand(CREATION, marks=said, facts=frozenset(), clocks=clocks, opened_on=OPENED)
        found = path.named("registration_request" if "law" in more else "statutes_draft").due
        assert found is not None
        return found.on, found.kind

    assert due() == (TODAY + timedelta(days=21), DueKind.PROPOSED)
    assert due(own=True) == (TODAY + timedelta(days=40), DueKind.CHOSEN)
    assert due(law=True) == (TODAY + timedelta(days=9), DueKind.LEGAL)
