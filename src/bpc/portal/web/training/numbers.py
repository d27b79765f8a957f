"""A number as people type it, kept as typed beside its error."""

from typing import Any

from django import forms

from bpc.portal.web.plans.typed_numbers import NotANumber, read_number, shown_number


class NumberBox(forms.CharField):
    """A text box for a number; `unit` is written after it. Empty is None."""

    def __init__(self, *, unit: str = "", **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, max_length=40, widget=widget, **options)
        self.unit = unit

    def clean(self, value: Any) -> Any:
        """The number, or None. Raises `ValidationError` in words."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return read_number(typed)
        except NotANumber as fault:
            raise forms.ValidationError(str(fault)) from fault


def written(number: float | None) -> str:
    """A number as a box shows it; "" for none."""
    return "" if number is None else shown_number(number)
