"""Boxes of the creation file: whole numbers, amounts that may be zero, hours, days; empty is not known."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.web.plans.typed_numbers import NotANumber, read_number

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_MOST = Decimal(1_000_000_000)
_HOUR = re.compile(r"(\d{1,2})\s*(?:[:hH]|س)\s*(\d{2})?")


def day_box(label: Any, help_text: Any = "") -> forms.DateField:
    """A day in three boxes."""
    return forms.DateField(
        label=label, required=False, help_text=help_text,
        widget=forms.SelectDateWidget(years=range(_FIRST_YEAR, _LAST_YEAR)),
        error_messages={"invalid": gettext_lazy("Cette date n’existe pas. Vérifiez le jour et le mois.")},
    )  # fmt: skip


class MoneyBox(forms.CharField):
    """An amount in dirhams as people type it, zero allowed; None when empty."""

    def to_python(self, value: Any) -> Any:
        """A `Decimal` of two places."""
        number = _typed(value)
        if number is None:
            return None
        amount = number.quantize(Decimal("0.01"))
        return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount

    def validate(self, value: Any) -> None:
        """Nothing is required of a draft."""


class WholeBox(forms.CharField):
    """A whole number, zero allowed; None when empty."""

    def to_python(self, value: Any) -> Any:
        """An int."""
        number = _typed(value)
        if number is None:
            return None
        if number != number.to_integral_value():
            raise ValidationError(_("Écrivez un nombre entier, sans virgule."), "whole")
        return int(number)

    def validate(self, value: Any) -> None:
        """Nothing is required of a draft."""


def _typed(value: Any) -> Decimal | None:
    text = str(value if value is not None else "").strip()
    if not text:
        return None
    try:
        number = Decimal(str(read_number(text)))
    except NotANumber as fault:
        raise ValidationError(str(fault), "number") from None
    if number < 0:
        raise ValidationError(_("Écrivez zéro ou plus."), "negative")
    if number > _MOST:
        raise ValidationError(_("Ce nombre est trop grand. Vérifiez-le."), "large")
    return number


class HourBox(forms.CharField):
    """An hour as people type it, « 10 h 30 », kept « 10:30 »; empty when not known."""

    def to_python(self, value: Any) -> str:
        """Hours and minutes of two figures."""
        text = "".join(
            str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
            for letter in str(value or "").strip()
        )
        if not text:
            return ""
        found = _HOUR.fullmatch(text.replace(" ", ""))
        hour, minute = (int(found.group(1)), int(found.group(2) or 0)) if found else (24, 0)
        if hour > 23 or minute > 59:
            raise ValidationError(_("Écrivez l’heure ainsi : 10:30."), "hour")
        return f"{hour:02d}:{minute:02d}"

    def validate(self, value: Any) -> None:
        """Nothing is required of a draft."""
