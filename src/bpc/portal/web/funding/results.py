"""What a profile may have, as pages show it: sources by verdict, in plain words, with what to do next for each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import ngettext

from bpc.core.matching.changes import Change
from bpc.core.matching.facts import Facts, change
from bpc.core.matching.scheme import Scheme
from bpc.core.matching.truth import Truth
from bpc.core.matching.verdict import Reason, Verdict, match_all
from bpc.core.matching.vocabulary import FIELDS, LegalForm, Operator
from bpc.datasets.funding_sources import FundingSource
from bpc.portal.foundation.writing import written_amount
from bpc.portal.funding.calendar import next_window
from bpc.portal.funding.matching import known_facts
from bpc.portal.funding.queries import all_sources, schemes
from bpc.portal.funding.question_words import question_words
from bpc.portal.funding.verdict_words import change_words, reason_words
from bpc.portal.web.funding.audience import in_page, texts
from bpc.portal.web.funding.calculator import ceiling_total, counted_units, shares_of
from bpc.portal.web.funding.cards import Card, card_of
from bpc.portal.web.funding.marks import Terms
from bpc.portal.web.funding.words import ROUTES

#: A threshold is told from this part of it on.
NEAR = 0.8
MOST_OPENINGS, MOST_TRIED = 5, 16
POSSIBLE = ("eligible", "to_confirm")
ORDER = ("eligible", "to_confirm", "to_complete", "excluded")
_FAR = date.max.toordinal()
#: What a group can decide or obtain, beside its legal form: papers, proofs, another source, more of its own people and
#: means. Never another project, a dearer one or a larger loan, elsewhere or by somebody else, to please a source.
_DOABLE = frozenset({
    "held", "tax_up_to_date", "cnss_up_to_date", "law_112_12_compliant", "keeps_accounts", "has_audited_accounts",
    "pays_training_tax", "has_water_authorisation", "has_localized_irrigation",
})  # fmt: skip
#: These it can raise; nobody is advised to do with less, nor to send some of its members away for the others’ sake.
_RAISED = frozenset({
    "women_or_youth_share", "women_share", "youth_share", "women_or_youth", "women", "youth", "members",
    "own_contribution_pct", "own_cash_mad", "own_in_kind_mad", "jobs_created", "jobs_per_million_mad",
})  # fmt: skip
#: What an offer counts by, and the answer that counts it.
_COUNTED = {"member": "members", "employee": "employees", "hectare": "land_area_ha"}

AskUrl = Callable[[str], str]


@dataclass(frozen=True)
class Line:
    """A source and its verdict. `amount`: what it could bring to this project at most, where that can be counted."""

    card: Card
    verdict: str
    unmet: list[str]
    confirm: list[str]
    met: list[str]
    bonuses: list[str]
    missing: list[tuple[str, str]]
    changes: list[str]
    checks: list[str]
    routes: list[tuple[str, str]]
    amount: str


@dataclass(frozen=True)
class Results:
    """`lines` by verdict; `openings`: one change and how many more it opens; `cliffs`: thresholds that are near."""

    lines: dict[str, list[Line]]
    openings: list[str]
    cliffs: list[str]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each, and `possible`: those that may be asked today."""
        counts = {verdict: len(lines) for verdict, lines in self.lines.items()}
        return {**counts, "possible": sum(counts[one] for one in POSSIBLE)}


def counts_of(answers: Mapping[str, Any], today: date) -> dict[str, int]:
    """The same counts, for the progress of a question, without a word of the lines."""
    verdicts = match_all(
        tuple(schemes().values()), known_facts(answers, today=today), today, with_changes=False
    )
    counts = {one: sum(verdict.verdict == one for verdict in verdicts) for one in ORDER}
    return {**counts, "possible": sum(counts[one] for one in POSSIBLE)}


def results_of(answers: Mapping[str, Any], today: date, ask_url: AskUrl) -> Results:
    """Everything a page of results shows; `ask_url` leads to the question of a field."""
    facts, rules, sources = known_facts(answers, today=today), tuple(schemes().values()), all_sources()
    verdicts = match_all(rules, facts, today)
    lines: dict[str, list[tuple[tuple[Any, ...], Line]]] = {one: [] for one in ORDER}
    for verdict in verdicts:
        source = sources[verdict.id]
        amount = _net_amount(Terms(source, sources.get(source.parent or "")), facts)
        line = _line(source, sources, verdict, amount, today, ask_url)
        lines[verdict.verdict].append((_rank(source, verdict, amount, today), line))
    return Results(
        {
            one: [line for _order, line in sorted(found, key=lambda pair: pair[0])]
            for one, found in lines.items()
        },
        _openings(rules, verdicts, facts, today),
        _cliffs(rules, verdicts, facts),
    )


def _line(
    source: FundingSource,
    sources: Mapping[str, FundingSource],
    verdict: Verdict,
    amount: float | None,
    today: date,
    ask_url: AskUrl,
) -> Line:
    excluded = verdict.verdict == "excluded"
    return Line(
        card=card_of(source, sources, today),
        verdict=verdict.verdict,
        unmet=[reason_words(one) for one in verdict.unmet],
        confirm=[reason_words(one) for one in verdict.reasons if one.inferred and one.truth != Truth.UNMET],
        met=[reason_words(one) for one in verdict.reasons if _plainly_met(one)],
        bonuses=[reason_words(one) for one in verdict.bonuses if one.truth == Truth.MET],
        missing=[(str(question_words(name).label), ask_url(name)) for name in verdict.missing],
        changes=[change_words(one) for one in verdict.changes],
        checks=texts(source.checks) if not excluded else [],
        routes=[(str(ROUTES[one.through]), in_page(one.how)) for one in source.routes],
        amount=written_amount(amount) if amount is not None and not excluded else "",
    )


def _plainly_met(reason: Reason) -> bool:
    return reason.truth == Truth.MET and not reason.inferred and bool(reason.field)


def _rank(source: FundingSource, verdict: Verdict, amount: float | None, today: date) -> tuple[Any, ...]:
    """Fit first (preferences met, fewest answers missing), then the nearest deadline, then the most money."""
    window = next_window(source, today)
    urgent = {"dated": 0, "permanent": 1, "forecast": 2, "unknown": 3, "closed": 4}[window.kind]
    closes = window.closes.toordinal() if window.closes else _FAR
    fit = sum(one.truth == Truth.MET for one in verdict.bonuses)
    far = len(verdict.missing) + (0 if verdict.within_reach else len(verdict.unmet))
    return far, -fit, urgent, closes, -(amount or 0), source.id


def _net_amount(terms: Terms, facts: Facts) -> float | None:
    """The most it brings to this project, MAD: its share of the cost under its stated ceiling, or per unit counted.

    None when it cannot be counted from what is known: never zero.
    """
    if terms.source.kind not in {"grant", "loan", "prize"}:
        return None
    cost = facts.get("project_cost_mad")
    cap = terms.holder("amounts.max_mad")
    bounds: list[float] = []
    if cost and any(terms.holder(path) for path in ("cost_share.max_pct", "cost_share.by_cost")):
        bounds.append(shares_of(terms, cost).paid)
    elif cost and cap is not None and cap.ceiling_mad is not None:
        bounds.append(min(cost, cap.ceiling_mad))
    holder = terms.holder("ceilings")
    for one in holder.ceilings if holder is not None else ():
        number = facts.get(_COUNTED.get(one.per, ""))
        if (
            one.per in counted_units(terms)
            and isinstance(number, int | float)
            and one.amount_mad
            and not one.when
        ):
            bounds.append(ceiling_total(one, number))
    return min([*bounds, cost]) if bounds and cost else min(bounds, default=None)


def _openings(rules: Sequence[Scheme], verdicts: Sequence[Verdict], facts: Facts, today: date) -> list[str]:
    """What one change within reach would open, tried on every source; the most useful first."""
    tried: dict[tuple[str, str], Any] = {}
    for verdict in verdicts:
        if verdict.within_reach and len(verdict.changes) == 1 and _is_advice(verdict.changes[0]):
            one = verdict.changes[0]
            tried.setdefault((one.field, str(one.to)), one)
    before = {verdict.id for verdict in verdicts if verdict.verdict != "excluded"}
    found: list[tuple[int, str]] = []
    for one in list(tried.values())[:MOST_TRIED]:
        after = match_all(rules, change(facts, [(one.field, one.to)], today), today, with_changes=False)
        more = len({verdict.id for verdict in after if verdict.verdict != "excluded"} - before)
        if more:
            words = ngettext(
                "%(count)s financement de plus si : %(change)s",
                "%(count)s financements de plus si : %(change)s",
                more,
            )
            found.append((more, words % {"count": more, "change": change_words(one)}))
    return [words for _more, words in sorted(found, key=lambda pair: -pair[0])[:MOST_OPENINGS]]


def _is_advice(one: Change) -> bool:
    """Becoming a cooperative, or a union of them, is advice; so is what the group can do or have more of."""
    if one.field == "legal_form":
        return one.to in (LegalForm.COOPERATIVE, LegalForm.UNION) and one.fact != LegalForm.COOPERATIVE
    if one.field in _RAISED:
        leaves = FIELDS[one.field].nature == "share" and one.to >= 1
        return isinstance(one.fact, int | float) and one.to > one.fact and not leaves
    return one.field in _DOABLE and one.to is not False


def _cliffs(rules: Sequence[Scheme], verdicts: Sequence[Verdict], facts: Facts) -> list[str]:
    """Ceilings on amounts that the group still respects and is near: beyond, sources close."""
    open_ones = {verdict.id for verdict in verdicts if verdict.verdict != "excluded"}
    near: dict[tuple[str, float], int] = {}
    for rule in rules:
        for one in rule.conditions if rule.id in open_ones else ():
            value = facts.get(one.field)
            ceiling = one.value if one.op in {Operator.LT, Operator.LTE} else None
            if FIELDS[one.field].nature != "amount" or ceiling is None or not isinstance(value, int | float):
                continue
            if NEAR * ceiling <= value <= ceiling:
                near[one.field, ceiling] = near.get((one.field, ceiling), 0) + 1
    return [
        ngettext(
            "%(label)s : vous approchez de %(ceiling)s. Au-delà, %(count)s financement se ferme pour vous.",
            "%(label)s : vous approchez de %(ceiling)s. Au-delà, %(count)s financements se ferment pour vous.",
            count,
        )
        % {"label": question_words(name).label, "ceiling": written_amount(ceiling), "count": count}
        for (name, ceiling), count in sorted(near.items())
    ]


__all__ = ["ORDER", "Line", "Results", "counts_of", "results_of"]
