"""What a new edition starts with: the criteria, questions, prize and rules kept in `data/`, days from a first one."""

from datetime import date, timedelta
from functools import lru_cache

from bpc.datasets.contest_criteria import (
    ContestCriterion,
    ContestDefaults,
    read_contest_criteria,
    read_contest_defaults,
)
from bpc.portal.contests.edition_content import CriterionContent, EditionContent

# days after the first one; our proposal, changed freely
_DAYS_AFTER = {
    "entries_from": 0, "entries_until": 30, "marking_from": 38, "marking_until": 52, "discussion_until": 57,
    "results_on": 60,
}  # fmt: skip
_READINGS, _LAUREATES = 3, 3


@lru_cache(maxsize=1)
def _offered() -> tuple[tuple[ContestCriterion, ...], ContestDefaults]:
    return read_contest_criteria(), read_contest_defaults()


def default_criteria() -> list[CriterionContent]:
    """The criteria announced in 2025, with a sentence for each mark."""
    return [
        CriterionContent(
            one.code, one.name_fr, one.name_ar, one.weight, one.question_fr, one.question_ar, one.descriptors
        )
        for one in _offered()[0]
    ]


def default_days(first: date) -> dict[str, date | None]:
    """A calendar of two months from the first day of entries, without a public vote."""
    days: dict[str, date | None] = {
        name: first + timedelta(days=after) for name, after in _DAYS_AFTER.items()
    }
    return {**days, "vote_from": None, "vote_until": None}


def default_content(names: dict[str, str], days: dict[str, date | None]) -> EditionContent:
    """A whole edition under these names (`name_fr`, `name_ar`, `theme_fr`, …) and days."""
    _criteria, texts = _offered()
    columns = {
        **names,
        "form": [dict(one) for one in texts.form],
        "prizes": [dict(one) for one in texts.prizes],
        "rules_fr": texts.rules_fr.strip(),
        "rules_ar": texts.rules_ar.strip(),
        "is_blind": True,
        "readings_per_entry": _READINGS,
        "laureates": _LAUREATES,
    }
    return EditionContent(columns, days, default_criteria())
