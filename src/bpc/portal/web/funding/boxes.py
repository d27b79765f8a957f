"""Boxes of the forms of this room: a number as people type it, a day as precisely as it is known."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bpc.portal.foundation.writing import written_number
from bpc.portal.web.funding.days import as_day
from bpc.portal.web.plans.typed_numbers import NotANumber, read_number

_DATED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})", re.ASCII)


class NumberBox(forms.CharField):
    """« 450 000 », « ١٢٠٠ » or « 12,5 » as a float; None for nothing. Bounds are told in words."""

    def __init__(self, *, least: float = 0, most: float, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "maxlength": 24}
        super().__init__(widget=forms.TextInput(attrs), **{"required": False, **kwargs})
        self.least, self.most = least, most

    def to_python(self, value: Any) -> Any:
        """The number, or a fault that says what to write."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            number = read_number(text)
        except NotANumber as fault:
            raise ValidationError(str(fault), "number") from None
        if not self.least <= number <= self.most:
            bounds = {"least": written_number(self.least), "most": written_number(self.most)}
            raise ValidationError(_("Écrivez un nombre de %(least)s à %(most)s.") % bounds, "bounds")
        return number


class DatedBox(forms.CharField):
    """« 10/03/2026 », « 03/2026 » or « 2026 », kept as `2026-03-10`, `2026-03` or `2026`; empty for nothing."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 10, "dir": "ltr"}
        super().__init__(widget=forms.TextInput(attrs), **{"required": False, **kwargs})

    def to_python(self, value: Any) -> str:
        """As it is kept; a fault for what is no date."""
        text = str(value or "").strip()
        if not text:
            return ""
        if match := _DAY_FIRST.fullmatch(text):
            day, month, year = match.groups()
            text = "-".join(part.zfill(2) for part in (year, month, day) if part)
        if not _DATED.fullmatch(text) or as_day(text) is None:
            message = _("Écrivez un jour (10/03/2026), un mois (03/2026) ou une année (2026).")
            raise ValidationError(message, "date")
        return text


def shown_dated(text: str | None) -> str:
    """A kept date as the box shows it.

    >>> shown_dated("2026-03-10"), shown_dated("2026-03"), shown_dated("2026"), shown_dated(None)
    ('10/03/2026', '03/2026', '2026', '')
    """
    return "/".join(reversed((text or "").split("-")))
