"""The questions of « peut-on l’avoir ? », a screen each: which boxes it has and how what is typed is read.

Used by the public simulator and by the page of a project. Blank boxes are « we do not know », once one is filled.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.core.matching.questions import QUESTION_OF
from bpc.core.matching.vocabulary import FIELDS
from bpc.portal.funding.profile_answers import AnswerFault, Answers, contradictions, read_answer
from bpc.portal.funding.question_words import question_words
from bpc.portal.web.plans.typed_numbers import NotANumber, read_number, shown_number

#: The boxes of each question; what the engine may ask and no box holds follows from these.
SCREENS: Mapping[str, tuple[str, ...]] = {
    "legal_form": ("legal_form",),
    "commune": ("commune",),
    "sector": ("sector",),
    "registered_on": ("registered_on",),
    "stage": ("stage",),
    "founder_age_years": ("founder_age_years", "founder_gender"),
    "members": ("members", "women", "youth", "women_or_youth"),
    "project_type": ("project_type",),
    "activity_mode": ("activity_mode",),
    "held": ("held",),
    "annual_turnover_mad": ("annual_turnover_mad",),
    "project_cost_mad": ("project_cost_mad",),
    "loan_amount_mad": ("loan_amount_mad", "intelaka_loan_mad"),
    "own_cash_mad": ("own_cash_mad", "own_in_kind_mad"),
    "jobs_created": ("jobs_created",),
    "employees": ("employees",),
    "has_water_authorisation": (
        "has_water_authorisation",
        "has_localized_irrigation",
        "land_area_ha",
        "land_status",
    ),
    "keeps_accounts": ("keeps_accounts", "has_audited_accounts"),
    "law_112_12_compliant": (
        "law_112_12_compliant",
        "tax_up_to_date",
        "cnss_up_to_date",
        "pays_training_tax",
    ),
    "industrial_activity": ("industrial_activity",),
    "microcredit_client": ("microcredit_client",),
    "home_price_mad": ("home_price_mad", "owns_home", "already_received_housing_aid"),
}
SCREEN_OF: Mapping[str, str] = {name: screen for screen, names in SCREENS.items() for name in names}
#: Boxes are named apart from the answers that travel beside them.
PREFIX = "r"
_NONE = "-"
_DAY = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})", re.ASCII)
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_TEXT = {"autocomplete": "off", "maxlength": 24}


def screen_of(name: str) -> str | None:
    """The screen that settles a field; None for one that nobody is asked."""
    asked = QUESTION_OF.get(name, name)
    return SCREEN_OF.get(name) or (asked if asked in SCREENS else None)


class ScreenForm(forms.Form):
    """The boxes of one screen. `said` and `declined` once valid."""

    use_required_attribute = False

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        names: Sequence[str],
        answers: Answers,
        sources: Iterable[tuple[str, str]] = (),
    ) -> None:
        shown = {name: shown_answer(name, answers.get(name)) for name in names}
        super().__init__(data, initial=shown, prefix=PREFIX)
        self.names, self.answers = tuple(names), answers
        for name in names:
            self.fields[name] = _box(name, sources)
        self.said: Answers = {}
        self.declined: tuple[str, ...] = ()
        if data is not None:
            self.full_clean()
        # from here on only for the eye: no "(optional)" beside the first box of a screen
        self.fields[self.names[0]].required = True

    def clean(self) -> dict[str, Any]:
        """Every box read, and all of them held together."""
        cleaned = super().clean() or {}
        for name in self.names:
            value = cleaned.get(name)
            if name in self.errors or value in (None, "", []):
                continue
            try:
                self.said[name] = read_answer(name, typed_answer(name, value))
            except (AnswerFault, NotANumber) as fault:
                self.add_error(name, str(fault))
        if self.errors:
            return cleaned
        if not self.said:
            raise ValidationError(_("Répondez, ou choisissez « Je ne sais pas »."))
        kept = {name: value for name, value in self.answers.items() if name not in self.names}
        for path, words in contradictions({**kept, **self.said}):
            self.add_error(path if path in self.fields else None, words)
        self.declined = tuple(name for name in self.names if name not in self.said)
        return cleaned


def typed_answer(name: str, value: Any) -> Any:
    """What was typed or chosen, as a profile holds it. Raises NotANumber, AnswerFault."""
    nature = FIELDS[name].nature
    if nature == "boolean":
        return {"1": True, "0": False}.get(value, value)
    if nature in {"number", "amount", "share"}:
        number = read_number(value)
        return int(number) if number.is_integer() else number
    if nature == "day":
        return _typed_day(value)
    if nature == "list":
        return [one for one in value if one != _NONE]
    return value


def _typed_day(text: str) -> str:
    """« 15/03/2021 », « 03/2021 », « 2021 », as it is kept."""
    text = text.strip()
    if match := _DAY.fullmatch(text):
        day, month, year = match.groups()
        return "-".join(part.zfill(2) for part in (year, month, day) if part)
    if not _ISO.fullmatch(text):
        raise AnswerFault(_("Écrivez un jour (15/03/2021), un mois (03/2021) ou une année (2021)."))
    return text


def shown_answer(name: str, value: Any) -> Any:
    """An answer as its box shows it."""
    nature = FIELDS[name].nature
    if value is None:
        return None
    if nature == "boolean":
        return "1" if value else "0"
    if nature in {"number", "amount", "share"}:
        return shown_number(value)
    if nature == "day":
        return "/".join(reversed(str(value).split("-")))
    if nature == "list":
        return list(value) or [_NONE]
    return value


def _box(name: str, sources: Iterable[tuple[str, str]]) -> forms.Field:
    words = question_words(name)
    nature = FIELDS[name].nature
    common: dict[str, Any] = {"label": words.question, "help_text": words.help, "required": False}
    if nature == "boolean":
        common["choices"] = [("1", gettext_lazy("Oui")), ("0", gettext_lazy("Non"))]
        return forms.ChoiceField(widget=forms.RadioSelect, **common)
    if nature in {"choice", "sector"}:
        return forms.ChoiceField(widget=forms.RadioSelect, choices=list(words.choices), **common)
    if nature == "list":
        common["choices"] = [(_NONE, gettext_lazy("Aucun de ceux-ci")), *sources]
        return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **common)
    mode = "numeric" if nature == "day" else "decimal"
    box = forms.CharField(widget=forms.TextInput({**_TEXT, "inputmode": mode}), **common)
    box.is_amount = nature == "amount"  # type: ignore[attr-defined]  # its template writes MAD after it
    return box
