"""By what the calendar and the desk are read: a region, a course, a month; an unknown value chooses nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.core.text.folding import fold
from bpc.portal.atlas.country import country, name_in
from bpc.portal.foundation.writing import written_month
from bpc.portal.training.catalogue import catalogue
from bpc.portal.workshops.courses import said
from bpc.portal.workshops.queries import months_ahead


def region_names() -> list[tuple[str, str]]:
    """The twelve regions in the order of the alphabet."""
    known, language = country(), get_language() or "fr"
    names = [(code, name_in(known.places[code], language)) for code in known.by_level["region"]]
    return sorted(names, key=lambda pair: fold(pair[1]))


def course_choices() -> list[tuple[str, str]]:
    """The published courses by code, as one learns them."""
    language = get_language() or "fr"
    return [(one.code, said(one.course.name, language)) for one in catalogue().values()]


class _FilterForm(forms.Form):
    """What is not one of the choices is as if nothing was asked: addresses are shared and grow old."""

    region = forms.ChoiceField(label=_("Région"), required=False)
    cours = forms.ChoiceField(label=_("Cours"), required=False)

    def __init__(self, data: Mapping[str, Any], regions: list[tuple[str, str]] | None = None) -> None:
        super().__init__(data)
        self._offer("region", [("", _("Toutes")), *(region_names() if regions is None else regions)])
        self._offer("cours", [("", _("Tous")), *course_choices()])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def asked(self, name: str) -> str:
        """The choice made; "" for none or an unknown one."""
        self.full_clean()
        value: str = self.cleaned_data.get(name, "")
        return value

    def course_key(self) -> int | None:
        """The course chosen, by its key."""
        found = catalogue().get(self.asked("cours"))
        return None if found is None else found.key


class CalendarForm(_FilterForm):
    """A region, a course, a month of the next six."""

    mois = forms.ChoiceField(label=_("Mois"), required=False)

    def __init__(self, data: Mapping[str, Any], *, today: date) -> None:
        super().__init__(data)
        months = [(f"{year}-{month:02d}", written_month(year, month)) for year, month in months_ahead(today)]
        self._offer("mois", [("", _("Tous")), *months])

    def chosen(self) -> dict[str, Any]:
        """What `queries.calendar` takes."""
        year, _dash, month = self.asked("mois").partition("-")
        return {
            "region": self.asked("region"), "course": self.course_key(),
            "month": (int(year), int(month)) if month else None,
        }  # fmt: skip


class DemandForm(_FilterForm):
    """A region of those the person counts, a course."""
