"""The filters of the public list of editions. A value written by hand that means nothing filters nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.portal.contests.edition_queries import NATION, EditionFilters, Moment
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import reference

_MOMENTS = (
    ("", _("Tous")),
    (Moment.OPEN, _("Candidatures ouvertes")),
    (Moment.RUNNING, _("En cours")),
    (Moment.TO_COME, _("À venir")),
    (Moment.PAST, _("Passés")),
)


class EditionFilterForm(forms.Form):
    """Where and when."""

    use_required_attribute = False
    region = forms.ChoiceField(label=_("Région"), required=False)
    quand = forms.ChoiceField(label=_("Quand"), required=False, choices=_MOMENTS)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, auto_id="filter-%s")
        arabic = get_language() == "ar"
        regions = [
            (one.code, one.name_ar if arabic else one.name_fr)
            for one in reference().at(Territory.Level.REGION)
        ]
        choices = [("", _("Toutes")), (NATION, _("Idéathons nationaux")), *regions]
        self.fields["region"].choices = choices  # type: ignore[attr-defined]
        self.full_clean()
        for box in self.fields.values():
            box.required = True  # from here on only for the eye: no "(optional)" beside each filter

    def filters(self) -> EditionFilters:
        """What the list is narrowed to."""
        return EditionFilters(region=self._said("region"), when=self._said("quand"))

    def told(self) -> Iterator[tuple[str, str]]:
        """The filters that are on: name and words."""
        for name in self.fields:
            if value := self._said(name):
                yield name, str(dict(self.fields[name].choices)[value])  # type: ignore[attr-defined]

    def _said(self, name: str) -> str:
        return str(self.cleaned_data.get(name, ""))
