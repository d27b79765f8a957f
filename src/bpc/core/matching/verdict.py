"""Can this group have it? One verdict a source, with every rule, the fact used and what would change the answer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bpc.core.matching.changes import Change, shortest_changes
from bpc.core.matching.facts import Facts, derive
from bpc.core.matching.questions import roots_of
from bpc.core.matching.rules import Rule, Test, fields_of, is_live, needs_of, rules_of
from bpc.core.matching.scheme import Condition, Scheme
from bpc.core.matching.truth import Level, Truth, hold
from bpc.core.matching.vocabulary import Operator

Answer = Literal["excluded", "to_complete", "to_confirm", "eligible"]
#: By level: the smallest level of the rules is the verdict.
ANSWERS: tuple[Answer, ...] = ("excluded", "to_complete", "to_confirm", "eligible")


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule and what came of it. `inferred`: to be confirmed by the provider; `blocks` False: it only warns.

    `parts` are the ways to meet a rule that has several ("fewer than 3 years, or a farm"), or what a label asks beside
    the legal form; `needs` the fields whose silence leaves it unknown.
    """

    rule: str
    field: str
    op: Operator
    value: Any
    fact: Any
    truth: Truth
    inferred: bool = False
    blocks: bool = True
    parts: tuple["Reason", ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`missing` are the answers to give; `changes` the fewest that lift an exclusion, none when nothing can.

    `bonuses` are preferences: each raises the chances when met, and never excludes.
    """

    id: str
    verdict: Answer
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    bonuses: tuple[Reason, ...] = ()

    @property
    def unmet(self) -> tuple[Reason, ...]:
        """Every rule that excludes."""
        return tuple(reason for reason in self.reasons if reason.blocks and reason.truth == Truth.UNMET)

    @property
    def within_reach(self) -> bool:
        """Whether the group could make the changes itself, given time."""
        return bool(self.changes) and all(change.within_reach for change in self.changes)


def match(scheme: Scheme, facts: Facts, today: date, *, live_children: Iterable[Scheme] = ()) -> Verdict:
    """The verdict of one source on what is known of a group.

    Excluded if any rule is not met; else to complete if any is unknown; else to confirm if any rests on our reading;
    else eligible. `live_children` are the local calls of a national frame that take its place where they hold.

    >>> from bpc.core.matching.vocabulary import Beneficiary
    >>> scheme = Scheme("prize", "open", beneficiaries=(Beneficiary.WOMEN_COOPERATIVE,))
    >>> answers = {"legal_form": "cooperative", "members": 20, "women": 9}
    >>> verdict = match(scheme, answers, date(2026, 11, 22))
    >>> verdict.verdict, [(change.field, change.to) for change in verdict.changes]
    ('excluded', [('women_share', 0.5)])
    """
    known = derive(facts, today)
    children = tuple(child for child in live_children if is_live(child, today))
    return judge(scheme.id, rules_of(scheme, children, today), scheme.preferences, known, today)


def match_all(
    schemes: Sequence[Scheme], facts: Facts, today: date, *, with_changes: bool = True
) -> list[Verdict]:
    """The verdict of each source, in order; local calls find their frame by `parent`.

    `with_changes` False leaves out what would lift the refusals, which is most of the work.
    """
    known = derive(facts, today)
    children = live_children(schemes, today)
    return [
        judge(
            one.id,
            rules_of(one, children.get(one.id, ()), today),
            one.preferences,
            known,
            today,
            with_changes=with_changes,
        )
        for one in schemes
    ]


def live_children(schemes: Iterable[Scheme], today: date) -> Mapping[str, tuple[Scheme, ...]]:
    """The local calls under way of each national frame.

    >>> frame, closed = Scheme("frame", "open"), Scheme("call", "closed", parent="frame")
    >>> live_children([frame, closed], date(2026, 11, 22))
    {}
    """
    found: dict[str, tuple[Scheme, ...]] = {}
    for scheme in schemes:
        if scheme.parent and is_live(scheme, today):
            found[scheme.parent] = (*found.get(scheme.parent, ()), scheme)
    return found


def judge(
    name: str,
    rules: tuple[Rule, ...],
    preferences: Iterable[Condition],
    facts: Facts,
    today: date,
    *,
    with_changes: bool = True,
) -> Verdict:
    """The verdict of rules already made, on facts already derived."""
    levels = [rule.level(facts, today) for rule in rules]
    lowest = min(levels, default=Level.MET)
    reasons = tuple(_reason(rule, level, facts, today) for rule, level in zip(rules, levels, strict=True))
    missing: dict[str, None] = {}
    if lowest == Level.UNKNOWN:
        for reason in reasons:
            if reason.blocks and reason.truth == Truth.UNKNOWN:
                missing |= dict.fromkeys(root for field in reason.needs for root in roots_of(field, facts))
    return Verdict(
        name,
        ANSWERS[lowest],
        reasons,
        tuple(missing),
        shortest_changes(rules, facts, today) if with_changes and lowest == Level.UNMET else (),
        tuple(_bonus(one, facts) for one in preferences),
    )


def _reason(rule: Rule, level: Level, facts: Facts, today: date) -> Reason:
    fact = facts.get(rule.field)
    if not rule.blocks:
        unsure = level == Level.CONFIRM or (fact is None and bool(rule.field))
        truth = Truth.UNKNOWN if unsure else Truth.MET
        return Reason(
            rule.name, rule.field, rule.op, rule.value, fact, truth, level == Level.CONFIRM, blocks=False
        )
    truth = {Level.UNMET: Truth.UNMET, Level.UNKNOWN: Truth.UNKNOWN}.get(level, Truth.MET)
    return Reason(
        rule.name,
        rule.field,
        rule.op,
        rule.value,
        fact,
        truth,
        inferred=level == Level.CONFIRM or (level == Level.UNMET and all(one.inferred for one in rule.terms)),
        parts=tuple(_parts(rule, facts)),
        needs=needs_of(rule, facts, today) if level == Level.UNKNOWN else (),
    )


def _parts(rule: Rule, facts: Facts) -> Iterator[Reason]:
    """Each way of a rule with several; of who may ask, what a label asks beside the form, where the form is right."""
    if rule.name.startswith("any_of"):
        yield from (_part(rule, test, facts) for term in rule.terms for test in term.tests)
    if rule.name != "beneficiaries":
        return
    told: set[str] = set()
    for term in rule.terms:
        form, *more = term.tests
        if isinstance(form, Condition) and hold(form, facts) == Truth.MET:
            for test in more:
                if not told.intersection(fields_of(test)):
                    told.update(fields_of(test))
                    yield _part(rule, test, facts)


def _part(rule: Rule, test: Test, facts: Facts) -> Reason:
    if not isinstance(test, Condition):  # a label that nobody defines: all of them
        test = Condition(fields_of(test)[0], Operator.EQ, 1.0)
    name = "beneficiaries.label" if rule.name == "beneficiaries" else rule.name
    return Reason(
        name, test.field, test.op, test.value, facts.get(test.field), hold(test, facts), test.inferred
    )


def _bonus(condition: Condition, facts: Facts) -> Reason:
    truth = hold(condition, facts)
    return Reason(
        "preferences",
        condition.field,
        condition.op,
        condition.value,
        facts.get(condition.field),
        truth,
        condition.inferred,
        blocks=False,
    )
