"""The filters of the public register. A value written by hand that means nothing filters nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import Place, reference
from bpc.portal.register.queries import Filters, Wanted, tallies_by_year
from bpc.portal.register.search import MAX_QUERY

_INNER = {"region": ("province", "commune"), "province": ("commune",)}
_MARKS = ("apres", "avant")


@dataclass(frozen=True)
class Chip:
    """One filter that is on, with the address of the list without it."""

    label: str
    without: str


class RegisterForm(forms.Form):
    """What the register is narrowed to. The provinces offered are those of the region chosen."""

    use_required_attribute = False
    q = forms.CharField(
        label=_("Nom de la coopérative"),
        required=False,
        max_length=MAX_QUERY,
        widget=forms.TextInput({"type": "search", "dir": "auto", "maxlength": MAX_QUERY}),
    )
    region = forms.ChoiceField(label=_("Région"), required=False)
    province = forms.ChoiceField(label=_("Province ou préfecture"), required=False)
    commune = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    secteur = forms.ChoiceField(label=_("Secteur"), required=False)
    annee = forms.ChoiceField(label=_("Année d’immatriculation"), required=False)
    femmes = forms.BooleanField(label=_("Coopératives féminines"), required=False)
    jeunes = forms.BooleanField(label=_("Coopératives de jeunes"), required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        data = _with_region(data)
        super().__init__(data, auto_id="filter-%s")
        known = reference()
        self._places = known.places
        region = str(data.get("region", ""))
        provinces = [place for place in known.at(Territory.Level.PROVINCE) if place.parent == region]
        years = [(str(row.year), str(row.year)) for row in reversed(tallies_by_year())]
        self._offer("region", [_choice(place) for place in known.at(Territory.Level.REGION)], _("Toutes"))
        self._offer("province", sorted(map(_choice, provinces), key=itemgetter(1)), _("Toutes"))
        self._offer("secteur", [(code, sector.name) for code, sector in known.sectors.items()], _("Tous"))
        self._offer("annee", years, _("Toutes"))
        self.full_clean()
        for box in self.fields.values():
            box.required = True  # from here on only for the eye: no "(optional)" beside each filter

    def wanted(self) -> Wanted:
        """The page to show; the narrowest of commune, province and region counts."""
        year = self._said("annee")
        filters = Filters(
            territory=self.asked_commune() or self._said("province") or self._said("region"),
            sector=self._said("secteur"),
            women=bool(self.cleaned_data.get("femmes")),
            youth=bool(self.cleaned_data.get("jeunes")),
            year=int(year) if year else None,
        )
        after, before = (str(self.data.get(mark, ""))[:40] for mark in _MARKS)
        return Wanted(self._said("q"), filters, after="" if before else after, before=before)

    def asked_commune(self) -> str:
        """The code of the commune asked for, if there is one of this code."""
        place = self._places.get(self._said("commune"))
        return place.code if place is not None and place.level == Territory.Level.COMMUNE else ""

    def chips(self, asked: QueryDict) -> list[Chip]:
        """The filters that are on; taking the region off takes its province and commune off."""
        found = []
        for name in self.fields:
            label = self._label(name)
            if label:
                kept = asked.copy()
                for gone in (name, *_MARKS, *_INNER.get(name, ())):
                    kept.pop(gone, None)
                found.append(Chip(label, f"?{kept.urlencode()}"))
        return found

    def _label(self, name: str) -> str:
        value = self.cleaned_data.get(name)
        if not value or name == "q":
            return ""
        if name == "commune":
            return _choice(self._places[self.asked_commune()])[1] if self.asked_commune() else ""
        if value is True:
            return str(self.fields[name].label)
        return str(dict(self.fields[name].choices).get(value, ""))  # type: ignore[attr-defined]

    def _said(self, name: str) -> str:
        return str(self.cleaned_data.get(name, ""))

    def _offer(self, name: str, choices: list[tuple[str, str]], nothing: Any) -> None:
        self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]


def _with_region(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """A province asked for alone, as a map does, comes with its region."""
    province = str(data.get("province", ""))
    if province and not data.get("region"):
        return {**{name: data[name] for name in data}, "region": province[:2]}
    return data


def _choice(place: Place) -> tuple[str, str]:
    return place.code, place.name_ar if get_language() == "ar" else place.name_fr
