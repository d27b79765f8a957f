"""What one asks of the board: a period and a region."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bpc.portal.atlas.heard import Period, period_between
from bpc.portal.atlas.visibility import regions_heard_by
from bpc.portal.reference.models import Territory


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class PeriodForm(forms.Form):
    """Whole weeks. An address written by hand with a wrong value narrows nothing."""

    du = _day(_("Du"))
    au = _day(_("Au"))

    def period(self, today: date) -> Period:
        """The weeks asked for."""
        self.full_clean()
        return period_between(self.cleaned_data.get("du"), self.cleaned_data.get("au"), today=today)


class ListeningForm(PeriodForm):
    """The period, and one of the regions the person may hear."""

    region = forms.ModelChoiceField(
        label=_("Région"), queryset=Territory.objects.none(), required=False, empty_label=_("Toutes")
    )

    def __init__(self, data: Any, *, person: Any) -> None:
        super().__init__(data)
        self._heard = regions_heard_by(person).order_by("code")
        self.fields["region"].queryset = self._heard  # type: ignore[attr-defined]

    def regions(self) -> list[Territory]:
        """The region chosen, else all those the person may hear."""
        self.full_clean()
        chosen = self.cleaned_data.get("region")
        return [chosen] if chosen else list(self._heard)
