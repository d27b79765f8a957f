"""What an edition is made of, as the organisers give it, and what still lacks before it is announced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bpc.portal.contests.calendar import days_of, moments
from bpc.portal.contests.models import Criterion, Edition

#: What a person writes about an edition, by the part of the form it stands in.
PARTS: dict[str, tuple[str, ...]] = {
    "about": ("name_fr", "name_ar", "theme_fr", "theme_ar", "about_fr", "about_ar"),
    "who": ("who_may_enter",),
    "form": ("form",),
    "jury": ("is_blind", "readings_per_entry", "laureates", "prizes"),
    "rules": ("rules_fr", "rules_ar"),
}
COLUMNS = tuple(column for columns in PARTS.values() for column in columns)
MARKS = ("1", "2", "3", "4", "5")


@dataclass(frozen=True)
class CriterionContent:
    """A criterion as given; `descriptors`: mark ("1" to "5") → {"fr", "ar"}."""

    code: str
    name_fr: str
    name_ar: str
    weight: int
    question_fr: str = ""
    question_ar: str = ""
    descriptors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class EditionContent:
    """What is given of an edition. None, or a column that is absent, leaves what stands.

    `columns`: names of `COLUMNS` → value. `days`: names of `calendar.COLUMNS` → day (None: no public vote).
    """

    columns: Mapping[str, Any] = field(default_factory=dict)
    days: Mapping[str, date | None] | None = None
    criteria: Sequence[CriterionContent] | None = None

    def put_on(self, edition: Edition) -> None:
        """Write the columns and days on the row, unsaved."""
        for name, value in self.columns.items():
            if name not in COLUMNS:
                raise KeyError(name)
            setattr(edition, name, value)
        if self.days is not None:
            for name, value in moments(self.days).items():
                setattr(edition, name, value)

    def put_criteria(self, edition: Edition) -> None:
        """Replace the criteria of a saved edition, keeping the rows whose code stays."""
        if self.criteria is None:
            return
        codes = [one.code for one in self.criteria]
        if len(set(codes)) != len(codes):
            raise ValueError("a code is given twice")
        Criterion.objects.filter(edition=edition).exclude(code__in=codes).delete()
        for position, one in enumerate(self.criteria):
            Criterion.objects.update_or_create(
                edition=edition,
                code=one.code,
                defaults={
                    "position": position, "weight": one.weight, "name_fr": one.name_fr, "name_ar": one.name_ar,
                    "question_fr": one.question_fr, "question_ar": one.question_ar,
                    "descriptors": {mark: dict(said) for mark, said in one.descriptors.items()},
                },
            )  # fmt: skip


def missing_for_announcement(edition: Edition, today: date) -> tuple[str, ...]:
    """Codes of what lacks before the edition can be announced, in the order of the form.

    `past`: entries would close before anybody could enter.
    """
    criteria = list(edition.criteria.all())
    lacking = {
        "names": not (edition.name_fr and edition.name_ar),
        "theme": not (edition.theme_fr and edition.theme_ar),
        "past": (days_of(edition)["entries_until"] or today) < today,
        "form": not any(one.get("required") for one in edition.form),
        "criteria": not criteria,
        "descriptors": any(not _has_all_sentences(one) for one in criteria),
        "prizes": not edition.prizes,
        "rules": not (edition.rules_fr.strip() and edition.rules_ar.strip()),
    }
    return tuple(code for code, is_lacking in lacking.items() if is_lacking)


def _has_all_sentences(row: Criterion) -> bool:
    said: dict[str, dict[str, str]] = row.descriptors
    return all(said.get(mark, {}).get(language, "").strip() for mark in MARKS for language in ("fr", "ar"))
