"""What a source asks, rule by rule, each an "or" of "and"s of single tests.

A level of `truth.Level` for each test, the smallest for "and", the largest for "or", the smallest again over the rules:
the same sum whether it is done for one group (`verdict`) or for a hundred thousand (`many`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from bpc.core.matching.facts import Facts, Interval
from bpc.core.matching.scheme import Condition, Scheme
from bpc.core.matching.truth import Level, Truth, hold
from bpc.core.matching.vocabulary import Beneficiary, LegalForm, Operator

_LEVELS = {Truth.MET: Level.MET, Truth.UNMET: Level.UNMET, Truth.UNKNOWN: Level.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Within:
    """The place is one of these; a region is narrowed by the provinces named in it, a province by its communes.

    `reverse`: the place is none of these.
    """

    codes: frozenset[str]
    reverse: bool = False
    fields = ("region", "province", "commune")

    def level(self, facts: Facts, today: date) -> Level:
        """Met when the place lies in one of the codes, unknown while it could."""
        known = facts.get("commune") or facts.get("province") or facts.get("region")
        if known is None:
            return Level.UNKNOWN
        inside = any(known == code or known.startswith(f"{code}.") for code in self.codes)
        if not inside and any(code.startswith(f"{known}.") for code in self.codes):
            return Level.UNKNOWN
        return Level.MET if inside != self.reverse else Level.UNMET


@dataclass(frozen=True, slots=True)
class Composed:
    """The label of a "women's" or "youth" cooperative where the call does not define it: all of them is yes.

    Labels disagree: less than half is no anywhere, between the two the provider decides.
    """

    field: str

    @property
    def fields(self) -> tuple[str, ...]:
        """What it looks at."""
        return (self.field,)

    def level(self, facts: Facts, today: date) -> Level:
        """Of the share, 0–1."""
        share = facts.get(self.field)
        if share is None:
            return Level.UNKNOWN
        low, high = share if isinstance(share, Interval) else (share, share)
        if high < 0.5:
            return Level.UNMET
        if low >= 1:
            return Level.MET
        return Level.CONFIRM if low >= 0.5 and high < 1 else Level.UNKNOWN


@dataclass(frozen=True, slots=True)
class Holds:
    """One of these sources is held already."""

    sources: tuple[str, ...]
    fields = ("held",)

    def level(self, facts: Facts, today: date) -> Level:
        """Unknown until the group has said what it holds."""
        held = facts.get("held")
        if held is None:
            return Level.UNKNOWN
        return Level.MET if any(one in held for one in self.sources) else Level.UNMET


@dataclass(frozen=True, slots=True)
class NotAided:
    """None of these sources helped in the last `years` (None: ever)."""

    sources: tuple[str, ...]
    years: float | None
    fields = ("past_aid",)

    def level(self, facts: Facts, today: date) -> Level:
        """Unknown when help was received on a day not said precisely enough."""
        past = facts.get("past_aid")
        if past is None:
            return Level.UNKNOWN
        found = Level.MET
        for aid in past:
            if aid.source in self.sources:
                found = min(found, self._since(aid.first, aid.last, today))
        return found

    def _since(self, first: date | None, last: date | None, today: date) -> Level:
        if self.years is None:
            return Level.UNMET
        limit = today - timedelta(days=round(365.25 * self.years))
        if first is None or last is None:
            return Level.UNKNOWN
        if last <= limit:
            return Level.MET
        return Level.UNMET if first > limit else Level.UNKNOWN


@dataclass(frozen=True, slots=True)
class AtStage:
    """The project is at one of these stages; another never blocks, and nobody is asked."""

    stages: tuple[str, ...]
    fields = ("stage",)

    def level(self, facts: Facts, today: date) -> Level:
        """To confirm at another stage, met when not known."""
        stage = facts.get("stage")
        return Level.MET if stage is None or stage in self.stages else Level.CONFIRM


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same for all groups."""

    at: Level
    fields = ()

    def level(self, facts: Facts, today: date) -> Level:
        """What it is."""
        return self.at


Test = Condition | Within | Composed | Holds | NotAided | AtStage | Fixed


@dataclass(frozen=True, slots=True)
class Term:
    """Tests that must all hold; `inferred`: by our reading, so that a yes is to be confirmed."""

    tests: tuple[Test, ...]
    inferred: bool = False

    def level(self, facts: Facts, today: date) -> Level:
        """The smallest of its tests."""
        found = Level.CONFIRM if self.inferred else Level.MET
        for test in self.tests:
            found = min(found, level_of(test, facts, today))
            if found == Level.UNMET:
                break
        return found


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a source: one of `terms` must hold. `field`, `op` and `value` are how it is told."""

    name: str
    field: str
    op: Operator
    value: Any
    terms: tuple[Term, ...]
    blocks: bool = True  # False: never excludes and never waits for an answer

    @property
    def fields(self) -> frozenset[str]:
        """Everything it looks at."""
        return frozenset(name for term in self.terms for test in term.tests for name in fields_of(test))

    def level(self, facts: Facts, today: date) -> Level:
        """The largest of its terms."""
        return max(term.level(facts, today) for term in self.terms)


def level_of(test: Test, facts: Facts, today: date) -> Level:
    """The level of one test; a condition that is our reading is at most to confirm.

    >>> level_of(Condition("rural", Operator.EQ, True, inferred=True), {"rural": True}, date(2026, 11, 22)).name
    'CONFIRM'
    """
    if isinstance(test, Condition):
        level = _LEVELS[hold(test, facts)]
        return min(level, Level.CONFIRM) if test.inferred else level
    return test.level(facts, today)


def fields_of(test: Test) -> tuple[str, ...]:
    """What a test looks at."""
    return (test.field,) if isinstance(test, Condition) else test.fields


def needs_of(rule: Rule, facts: Facts, today: date) -> tuple[str, ...]:
    """The fields whose silence leaves a rule unknown, in the terms that could still hold.

    >>> rule = rules_of(Scheme("x", "open", provinces=("09.541",)), (), date(2026, 11, 22))[1]
    >>> needs_of(rule, {"region": "09"}, date(2026, 11, 22)), needs_of(rule, {"region": "01"}, date(2026, 11, 22))
    (('province',), ())
    """
    found: dict[str, None] = {}
    for term in rule.terms:
        if term.level(facts, today) == Level.UNKNOWN:
            for test in term.tests:
                if level_of(test, facts, today) == Level.UNKNOWN:
                    fields = fields_of(test)
                    found |= dict.fromkeys(fields if len(fields) == 1 else (rule.field,))
    return tuple(found)


@lru_cache(maxsize=8192)
def rules_of(scheme: Scheme, children: tuple[Scheme, ...], today: date) -> tuple[Rule, ...]:
    """Every rule of a source; `children` are the live local calls that stand in its place where they hold.

    >>> rules = rules_of(Scheme("x", "open", sectors=("crafts",), stages=("launch",)), (), date(2026, 11, 22))
    >>> [rule.name for rule in rules]
    ['status', 'sector', 'stage']
    """
    found = [_status_rule(scheme, today)]
    found += [_local_rule(child) for child in children]
    places = (*scheme.regions, *scheme.provinces, *scheme.communes)
    if places:
        term = Term((Within(narrowest(places)),), bool(scheme.uncertain & {"places", "places.regions"}))
        found.append(Rule("place", _level_of_place(places), Operator.IN, tuple(sorted(places)), (term,)))
    if scheme.sectors:
        test = Condition("sector", Operator.IN, scheme.sectors)
        found.append(_single("sector", test, inferred="sectors" in scheme.uncertain))
    if scheme.excluded_sectors:
        found.append(
            _single("excluded_sector", Condition("sector", Operator.NOT_IN, scheme.excluded_sectors))
        )
    if scheme.beneficiaries or scheme.unconfirmed:
        found.append(_beneficiaries_rule(scheme))
    found += [_single(f"conditions.{at}", test) for at, test in enumerate(scheme.conditions)]
    for at, group in enumerate(scheme.any_of):
        terms = tuple(Term((test,)) for test in group)
        found.append(Rule(f"any_of.{at}", group[0].field, group[0].op, group[0].value, terms))
    if scheme.requires_any:
        holds = Term((Holds(scheme.requires_any),))
        found.append(Rule("requires_any", "held", Operator.IN, scheme.requires_any, (holds,)))
    if scheme.past_aid_excludes:
        free = Term((NotAided(scheme.past_aid_excludes, scheme.past_aid_years),))
        found.append(Rule("past_aid", "past_aid", Operator.NOT_IN, scheme.past_aid_excludes, (free,)))
    if scheme.stages:
        stage = Term((AtStage(scheme.stages),))
        found.append(Rule("stage", "stage", Operator.IN, scheme.stages, (stage,), blocks=False))
    if scheme.confidence in ("low", "to_verify"):
        doubt = Term((Fixed(Level.CONFIRM),))
        found.append(Rule("confidence", "", Operator.EQ, scheme.confidence, (doubt,), blocks=False))
    return tuple(found)


def is_live(scheme: Scheme, today: date) -> bool:
    """Whether it may still take files: neither closed nor past its end."""
    return scheme.status != "closed" and (scheme.closes is None or scheme.closes >= today)


def narrowest(codes: Iterable[str]) -> frozenset[str]:
    """Without the places that another of the list narrows: a region beside one of its provinces means the province.

    >>> sorted(narrowest(["09", "09.541", "02"]))
    ['02', '09.541']
    """
    known = frozenset(codes)
    return frozenset(code for code in known if not any(other.startswith(f"{code}.") for other in known))


def _single(name: str, test: Condition, *, inferred: bool = False) -> Rule:
    return Rule(name, test.field, test.op, test.value, (Term((test,), inferred),))


def _status_rule(scheme: Scheme, today: date) -> Rule:
    level = Level.CONFIRM if scheme.status == "unknown" else Level.MET
    status = scheme.status if is_live(scheme, today) else "closed"
    fixed = Fixed(level if status != "closed" else Level.UNMET)
    return Rule("status", "", Operator.EQ, status, (Term((fixed,)),))


def _level_of_place(codes: Iterable[str]) -> str:
    dots = max(code.count(".") for code in codes)
    return "region" if dots == 0 else "province" if dots == 1 else "commune"


def _local_rule(child: Scheme) -> Rule:
    """The frame does not hold where its local call does; where that is lies in its places or in its conditions."""
    places = (*child.regions, *child.provinces, *child.communes)
    tests: list[Test] = [Within(narrowest(places), reverse=True)] if places else []
    for condition in child.conditions:
        if condition.field in Within.fields and condition.op in (Operator.EQ, Operator.IN):
            codes = (condition.value,) if condition.op == Operator.EQ else condition.value
            tests.append(Within(frozenset(codes), reverse=True))
    terms = tuple(Term((test,)) for test in tests) or (Term((Fixed(Level.UNMET),)),)
    return Rule("local_call", "province", Operator.NEQ, child.id, terms)


_FORMS = {
    Beneficiary.COOPERATIVE_IN_CREATION: (LegalForm.COOPERATIVE_IN_CREATION,),
    Beneficiary.UNION: (LegalForm.UNION,),
    Beneficiary.GIE: (LegalForm.GIE,),
    Beneficiary.ASSOCIATION: (LegalForm.ASSOCIATION, LegalForm.ASSOCIATION_NETWORK),
    Beneficiary.INDIVIDUAL_HOLDER: (LegalForm.INDIVIDUAL, LegalForm.SELF_EMPLOYED),
    Beneficiary.COMPANY: (LegalForm.SARL, LegalForm.SA, LegalForm.SAS),
}
#: What a label means where the call says nothing else.
_LABELS: Mapping[Beneficiary, Composed | Condition] = {
    Beneficiary.WOMEN_COOPERATIVE: Composed("women_share"),
    Beneficiary.YOUTH_COOPERATIVE: Composed("youth_share"),
    Beneficiary.NEW_COOPERATIVE: Condition("age_years", Operator.LT, 2),
}


def _beneficiaries_rule(scheme: Scheme) -> Rule:
    guessed = "beneficiaries" in scheme.uncertain
    terms = [Term(_tests_of(one, scheme), guessed) for one in scheme.beneficiaries]
    terms += [Term(_tests_of(one, scheme), inferred=True) for one in scheme.unconfirmed]
    value = (*scheme.beneficiaries, *scheme.unconfirmed)
    return Rule("beneficiaries", "legal_form", Operator.IN, value, tuple(terms))


def _tests_of(one: Beneficiary, scheme: Scheme) -> tuple[Test, ...]:
    """Who is meant; the call's own condition on the share or the age says what it calls women's, youth or new."""
    forms = _FORMS.get(one, (LegalForm.COOPERATIVE,))
    form = Condition("legal_form", Operator.IN, forms)
    if one not in _LABELS:
        return (form,)
    default = _LABELS[one]
    own = tuple(test for test in scheme.conditions if test.field == default.field)
    return (form, *(own or (default,)))
