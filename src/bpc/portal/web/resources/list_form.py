"""The filters of the list of resources. A value written by hand that means nothing filters nothing."""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import Place, reference
from bpc.portal.reference.surroundings import quality_signs
from bpc.portal.resources.contents import products
from bpc.portal.resources.lists import Wanted


def _named(one: Any) -> str:
    return str(getattr(one, f"name_{get_language()}", "") or one.name_fr)


class ResourceFilter(forms.Form):
    """What the list is narrowed to. The provinces offered are those of the region chosen."""

    use_required_attribute = False
    produit = forms.ChoiceField(label=_("Produit"), required=False)
    secteur = forms.ChoiceField(label=_("Secteur"), required=False)
    region = forms.ChoiceField(label=_("Région"), required=False)
    province = forms.ChoiceField(label=_("Province ou préfecture"), required=False)
    signe = forms.ChoiceField(label=_("Signe de qualité"), required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, auto_id="filter-%s")
        known = reference()
        region = str(data.get("region", ""))
        inside = [place for place in known.at(Territory.Level.PROVINCE) if place.parent == region]
        named = sorted(((code, _named(one)) for code, one in products().items()), key=itemgetter(1))
        self._offer("produit", named, _("Tous"))
        self._offer("secteur", [(code, one.name) for code, one in known.sectors.items()], _("Tous"))
        self._offer("region", _places(known.at(Territory.Level.REGION)), _("Toutes"))
        self._offer("province", sorted(_places(inside), key=itemgetter(1)), _("Toutes"))
        self._offer("signe", [(code, _named(one)) for code, one in quality_signs().items()], _("Tous"))
        self.full_clean()
        for box in self.fields.values():
            box.required = True  # from here on only for the eye: no "(optional)" beside each filter

    def wanted(self, page: int) -> Wanted:
        """The list to show; the province counts before its region."""
        said = self._said
        return Wanted(
            said("province") or said("region"), said("produit"), said("secteur"), said("signe"), page
        )

    @property
    def narrows(self) -> int:
        """How many filters are on."""
        return sum(bool(self._said(name)) for name in self.fields)

    def label_of(self, name: str) -> str:
        """The words for the value that is on, empty for none."""
        choices: dict[str, Any] = dict(self.fields[name].choices)  # type: ignore[attr-defined]
        value = self._said(name)
        return str(choices.get(value, "")) if value else ""

    def _said(self, name: str) -> str:
        return str(self.cleaned_data.get(name, ""))

    def _offer(self, name: str, choices: list[tuple[str, str]], nothing: Any) -> None:
        self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]


def _places(places: Any) -> list[tuple[str, str]]:
    return [(place.code, _place_name(place)) for place in places]


def _place_name(place: Place) -> str:
    return place.name_ar if get_language() == "ar" else place.name_fr
