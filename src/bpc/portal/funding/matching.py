"""Answers against the directory: what the place adds to them, and one verdict a source."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bpc.core.matching.facts import derive
from bpc.core.matching.verdict import Verdict, match_all
from bpc.datasets.funding_sources import FundingSource
from bpc.portal.funding.places import facts_of_commune
from bpc.portal.funding.profile_answers import facts_of
from bpc.portal.funding.queries import all_sources, schemes


@dataclass(frozen=True)
class Match:
    """A source of the directory and its verdict."""

    source: FundingSource
    verdict: Verdict


def known_facts(answers: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """The facts of `core.matching` that the answers give, the commune’s included; an answer wins over its commune."""
    said = facts_of(answers)
    return derive({**facts_of_commune(str(said.get("commune") or "")), **said}, today)


def match_profile(
    answers: Mapping[str, Any], *, today: date, slugs: Collection[str] | None = None
) -> list[Match]:
    """One verdict for each source shown, or for those of `slugs`; local calls stand in for their frame all the same."""
    rules, sources = schemes(), all_sources()
    verdicts = match_all(tuple(rules.values()), known_facts(answers, today=today), today)
    return [
        Match(sources[verdict.id], verdict) for verdict in verdicts if slugs is None or verdict.id in slugs
    ]
