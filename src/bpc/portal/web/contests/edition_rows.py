"""The rows of an edition's form: its questions, its prizes, its criteria. An empty row is no row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from bpc.datasets.contest_criteria import LONGEST_ANSWER
from bpc.portal.contests.edition_content import MARKS
from bpc.portal.web.ideas.fields import PlainText

SPARE = 2  # empty rows offered after those that stand
LONGEST_CODE = 30


class RowForm(forms.Form):
    """One row; `gone` takes it away."""

    use_required_attribute = False
    gone = forms.BooleanField(label=_("Retirer"), required=False)

    def is_kept(self) -> bool:
        """Whether something was written in it and it was not taken away."""
        return bool(self.cleaned_data) and not self.cleaned_data.get("gone")

    def values(self) -> dict[str, Any]:
        """What was written."""
        return {name: value for name, value in self.cleaned_data.items() if name != "gone"}


class QuestionRow(RowForm):
    """A question of the entry's form."""

    code = forms.CharField(required=False, max_length=LONGEST_CODE, widget=forms.HiddenInput)
    label_fr = PlainText(label=_("Question en français"), longest=160)
    label_ar = PlainText(label=_("Question en arabe"), longest=160)
    help_fr = PlainText(label=_("Aide en français"), longest=300, required=False)
    help_ar = PlainText(label=_("Aide en arabe"), longest=300, required=False)
    max = forms.IntegerField(
        label=_("Longueur de la réponse, en lettres, au plus"),
        min_value=50,
        max_value=LONGEST_ANSWER,
        initial=1000,
    )
    required = forms.BooleanField(label=_("Réponse obligatoire"), required=False)


class PrizeRow(RowForm):
    """What one rank, or every laureate, receives."""

    name_fr = PlainText(label=_("Prix en français"), longest=120)
    name_ar = PlainText(label=_("Prix en arabe"), longest=120)
    text_fr = PlainText(
        label=_("Ce qu’il comprend, en français"),
        longest=600,
        lines=2,
        required=False,
        help_text=_("N’écrivez une somme que si elle est certaine : elle vous engage."),
    )
    text_ar = PlainText(label=_("Ce qu’il comprend, en arabe"), longest=600, lines=2, required=False)


class CriterionRow(RowForm):
    """A criterion with its weight and a sentence for each mark."""

    code = forms.CharField(required=False, max_length=LONGEST_CODE, widget=forms.HiddenInput)
    name_fr = PlainText(label=_("Critère en français"), longest=80)
    name_ar = PlainText(label=_("Critère en arabe"), longest=80)
    question_fr = PlainText(label=_("Question posée au jury, en français"), longest=300, required=False)
    question_ar = PlainText(label=_("Question posée au jury, en arabe"), longest=300, required=False)
    weight = forms.IntegerField(
        label=_("Poids"), min_value=1, max_value=1000, initial=25,
        help_text=_("Sa part de la note est son poids divisé par la somme des poids."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for mark in MARKS:
            said = {"mark": mark}
            french = PlainText(label=_("Note %(mark)s, en français") % said, longest=300, lines=2)
            arabic = PlainText(label=_("Note %(mark)s, en arabe") % said, longest=300, lines=2)
            self.fields[f"mark{mark}_fr"], self.fields[f"mark{mark}_ar"] = french, arabic


def make_rows(
    row: type[RowForm], data: Mapping[str, Any] | None, initial: Sequence[Mapping[str, Any]], most: int
) -> list[RowForm]:
    """The rows that stand and a few empty ones; of a form sent, as many as it says it had."""
    count = min(len(initial) + SPARE, most)
    if data is not None:
        typed = str(data.get("rows", ""))
        count = min(int(typed), most) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    rows = []
    for place in range(count):
        start = dict(initial[place]) if place < len(initial) else None
        rows.append(row(data, prefix=f"r{place}", initial=start, empty_permitted=start is None))
    return rows


def kept_rows(rows: Iterable[RowForm]) -> list[dict[str, Any]]:
    """What was written in the rows that stay."""
    return [row.values() for row in rows if row.is_kept()]


def with_codes(rows: list[dict[str, Any]], label: str) -> list[dict[str, Any]]:
    """Each row with a code of its own: the one it had, else one drawn from its French words."""
    taken: set[str] = set()
    for number, row in enumerate(rows, start=1):
        stem = slugify(row.get("code") or row[label])[: LONGEST_CODE - 3].strip("-") or f"r{number}"
        code = row["code"] if row.get("code") and row["code"] not in taken else stem
        while code in taken:
            code = f"{stem}-{number}"
            number += 1
        row["code"] = code
        taken.add(code)
    return rows
