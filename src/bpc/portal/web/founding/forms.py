"""The form of a page of the creation file: its questions as data/founding says them."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bpc.datasets.founding import Question
from bpc.portal.foundation.writing import month_names
from bpc.portal.founding.answers import Answers, catalogue, kept, read
from bpc.portal.web.founding.fields import HourBox, MoneyBox, WholeBox, day_box
from bpc.portal.web.founding.words import hint_of, said
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.plans.typed_numbers import shown_number

_UNDECIDED = ("", _("Pas encore décidé"))
YES_NO = (_UNDECIDED, ("yes", _("Oui")), ("no", _("Non")))
_CHOOSE = {"invalid_choice": _("Choisissez une réponse de la liste.")}


def box_of(question: Question) -> forms.Field:
    """The box of a question: nothing is required, a draft may be kept as it stands."""
    label, hint = said(question, ""), hint_of(question)
    common: dict[str, Any] = {"label": label, "help_text": hint, "required": False}
    match question.kind:
        case "day":
            return day_box(label, hint)
        case "amount":
            return MoneyBox(**common)
        case "whole":
            return WholeBox(**common, widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}))
        case "hour":
            return HourBox(**common)
        case "month":
            months = [("", "–"), *((number, name) for number, name in enumerate(month_names(), start=1))]
            return forms.TypedChoiceField(
                **common, choices=months, coerce=int, empty_value=None, error_messages=_CHOOSE
            )
        case "yes_no":
            return forms.ChoiceField(
                **common, choices=YES_NO, widget=forms.RadioSelect, error_messages=_CHOOSE
            )
        case "choice":
            choices = (_UNDECIDED, *_options(question))
            return forms.ChoiceField(
                **common, choices=choices, widget=forms.RadioSelect, error_messages=_CHOOSE
            )
        case "several":
            return forms.MultipleChoiceField(
                **common,
                choices=_options(question),
                widget=forms.CheckboxSelectMultiple,
                error_messages=_CHOOSE,
            )
        case _:
            return PlainText(**common, longest=question.longest, lines=4 if question.kind == "lines" else 1)


def _options(question: Question) -> tuple[tuple[str, str], ...]:
    return tuple((one.code, said(one, "")) for one in question.options)


class FamilyForm(forms.Form):
    """One page. `base` is what the page held when it was opened, so that two people never undo each other."""

    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, family: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = catalogue().of(family)
        for question in self.questions:
            self.fields[question.code] = box_of(question)

    def answered(self) -> dict[str, Any]:
        """The values by code, once the form is valid; None for what is not known."""
        return {
            one.code: self.cleaned_data.get(one.code) or _zero(self.cleaned_data, one)
            for one in self.questions
        }

    def opened_at(self) -> dict[str, Any]:
        """The values the page held; none when the box was tampered with, so that every difference is told."""
        held = unpacked(self.cleaned_data["base"])
        found = {}
        for question in self.questions:
            try:
                found[question.code] = read(question, held.get(question.code))
            except (ValueError, TypeError, ArithmeticError):
                found[question.code] = None
        return found


def _zero(data: Mapping[str, Any], question: Question) -> Any:
    """Zero is an answer; the empty text is none."""
    value = data.get(question.code)
    return value if value == 0 and question.kind in ("whole", "amount") else None


def packed(answers: Answers, family: str) -> str:
    """What a page holds, as its form carries it."""
    codes = [one.code for one in catalogue().of(family)]
    return json.dumps({code: answers[code] for code in codes if code in answers}, sort_keys=True)


def unpacked(text: str) -> dict[str, Any]:
    """What a form carried; nothing when it is not what we wrote.

    >>> unpacked('{"name_1": "Safran"}'), unpacked("[1]"), unpacked("{")
    ({'name_1': 'Safran'}, {}, {})
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def first_values(answers: Answers, family: str) -> dict[str, Any]:
    """What the boxes of a page show at first."""
    shown: dict[str, Any] = {"base": packed(answers, family)}
    for question in catalogue().of(family):
        value = read(question, answers.get(question.code))
        number = question.kind in ("whole", "amount") and value is not None
        shown[question.code] = shown_number(float(value)) if number else value
    return shown


def shown_answer(question: Question, stored: Any) -> str:
    """A stored answer as a conflict shows it."""
    value = read(question, stored)
    if value is None:
        return ""
    if question.options:
        chosen = value if isinstance(value, tuple) else (value,)
        return " ; ".join(said(one, "") for one in question.options if one.code in chosen)
    return str({key: str(words) for key, words in YES_NO}.get(value, kept(question, value)))
