"""The questions of a lesson as a form: radios, boxes, numbers, pairs; none is compulsory."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from bpc.core.learning.questions import Answer, Kind, Mark, Question, mark
from bpc.core.text.folding import fold
from bpc.datasets.training_quiz import QuizQuestion
from bpc.portal.foundation.wording import listed
from bpc.portal.training.rendering import spaced
from bpc.portal.web.training.numbers import NumberBox, written
from bpc.portal.web.training.words import quiz_language


class QuizForm(forms.Form):
    """`answers`: those given before, by the code of the question."""

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Sequence[QuizQuestion],
        answers: Mapping[str, Any],
        prefix: str = "",
    ) -> None:
        super().__init__(data, prefix=prefix or None)
        self.questions = [one.in_language(quiz_language(one.words)) for one in questions]
        self._before = answers
        for question in self.questions:
            for name, field in _boxes(question, answers.get(question.code)):
                field.unmarked = True  # type: ignore[attr-defined]  # no question is compulsory: none says so
                self.fields[name] = field

    def rows(self, *, marked: bool) -> Iterator[dict[str, Any]]:
        """Each question with its boxes; with its mark and what explains it, when `marked` and answered."""
        given = self.given() if self.is_bound and self.is_valid() else self._before
        for rank, question in enumerate(self.questions, start=1):
            names = [name for name, _field in _boxes(question, None)]
            answer = given.get(question.code)
            found = _marked(question, answer) if marked and answer is not None else None
            yield {
                "rank": rank,
                "question": question,
                "text": spaced(question.text),
                "boxes": [self[name] for name in names],
                "pairs": question.kind is Kind.PAIRS,
                "mark": found,
                "solution": solution(question) if found is not None and not found.right else "",
            }

    def given(self) -> dict[str, Answer]:
        """What was answered; a question left empty is not there. The form must be valid."""
        found = {question.code: self._given(question) for question in self.questions}
        return {code: answer for code, answer in found.items() if answer is not None}

    def _given(self, question: Question) -> Answer | None:
        name = _name(question)
        if question.kind is Kind.PAIRS:
            chosen = {rank: self.cleaned_data.get(f"{name}-{rank}") for rank in range(len(question.options))}
            pairs = {rank: int(value) for rank, value in chosen.items() if value}
            return pairs or None
        value = self.cleaned_data.get(name)
        if value in (None, "", []):
            return None
        if question.kind in (Kind.ONE, Kind.TRUE_FALSE):
            return int(value)
        return [int(one) for one in value] if question.kind is Kind.SEVERAL else value


def _name(question: Question) -> str:
    return f"q-{question.code}"


def _boxes(question: Question, before: Any) -> Iterator[tuple[str, forms.Field]]:
    name, label = _name(question), spaced(question.text)
    choices = [(str(rank), spaced(option.text)) for rank, option in enumerate(question.options)]
    if question.kind is Kind.TRUE_FALSE:
        choices = [("0", _("Vrai")), ("1", _("Faux"))]
    if question.kind in (Kind.ONE, Kind.TRUE_FALSE):
        initial = None if before is None else str(before)
        yield (
            name,
            forms.ChoiceField(
                label=label, choices=choices, widget=forms.RadioSelect, required=False, initial=initial
            ),
        )
    elif question.kind is Kind.SEVERAL:
        yield name, forms.MultipleChoiceField(
            label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False,
            initial=[str(one) for one in before or ()], help_text=_("Plusieurs réponses possibles."),
        )  # fmt: skip
    elif question.kind is Kind.NUMBER:
        yield name, NumberBox(label=label, initial=written(before))
    elif question.kind is Kind.SHORT:
        yield name, forms.CharField(label=label, required=False, max_length=200, initial=before)
    else:
        yield from _pair_boxes(question, before)


def _pair_boxes(question: Question, before: Any) -> Iterator[tuple[str, forms.Field]]:
    """A list for each left side; the right sides are in the order of their words, which tells nothing."""
    rights = sorted(((spaced(one.match), str(rank)) for rank, one in enumerate(question.options)))
    choices = [("", "—"), *((rank, text) for text, rank in rights)]
    for rank, option in enumerate(question.options):
        chosen = (before or {}).get(rank)
        yield f"{_name(question)}-{rank}", forms.ChoiceField(
            label=spaced(option.text), choices=choices, required=False,
            initial="" if chosen is None else str(chosen),
        )  # fmt: skip


def _marked(question: Question, answer: Answer) -> Mark:
    found = mark(question, answer, fold=fold)
    return Mark(found.score, tuple(dict.fromkeys(spaced(text) for text in found.explained)))


def solution(question: Question) -> str:
    """What was to be answered, in words."""
    best = [option for option in question.options if option.fraction > 0]
    if question.kind is Kind.TRUE_FALSE:
        return _("Vrai") if question.options[0].fraction > 0 else _("Faux")
    if question.kind is Kind.PAIRS:
        return listed(f"{spaced(one.text)} → {spaced(one.match)}" for one in question.options)
    if question.kind is Kind.NUMBER:
        return written(max(best, key=lambda option: option.fraction).number)
    if question.kind is Kind.SEVERAL:
        return listed(spaced(option.text) for option in best)
    return spaced(max(best, key=lambda option: option.fraction).text)
