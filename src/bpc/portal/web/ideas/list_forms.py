"""The filters of the public list. A value written by hand that means nothing filters nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.lexeme_index import MAX_QUERY
from bpc.portal.ideas.queries import Sort, Wanted
from bpc.portal.ideas.search import Facets
from bpc.portal.ideas.states import Audience, Speaker
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import Place, Reference, reference

_ALL = _("Toutes")
_RECENT, _SUPPORTED = _("Les plus récentes"), (Sort.SUPPORTED.value, _("Les plus soutenues"))


class FilterForm(forms.Form):
    """What the list is narrowed to. The provinces offered are those of the region chosen."""

    use_required_attribute = False
    q = forms.CharField(
        label=_("Mots à chercher"),
        required=False,
        max_length=MAX_QUERY,
        widget=forms.TextInput({"type": "search", "dir": "auto", "maxlength": MAX_QUERY}),
    )
    region = forms.ChoiceField(label=_("Région"), required=False)
    province = forms.ChoiceField(label=_("Province ou préfecture"), required=False)
    commune = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    sector = forms.ChoiceField(label=_("Secteur"), required=False)
    audience = forms.ChoiceField(
        label=_("Pour qui d’abord"), choices=[("", _("Tous")), *Audience.choices], required=False
    )
    speaker = forms.ChoiceField(
        label=_("Qui parle"), choices=[("", _("Tous")), *Speaker.choices], required=False
    )
    language = forms.ChoiceField(
        label=_("Langue"), choices=[("", _("Toutes")), *settings.LANGUAGES], required=False
    )
    sort = forms.ChoiceField(label=_("Trier par"), required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, auto_id="filter-%s")
        known = reference()
        self.places = known.places
        region = str(data.get("region", ""))
        searching = bool(str(data.get("q", "")).strip())
        self._offer("region", [_choice(place) for place in known.at(Territory.Level.REGION)])
        # without a region the box would hold 75 names
        self._offer("province", _inside(region, known) if region else [], _("Toutes"))
        self._offer("sector", [(code, sector.name) for code, sector in known.sectors.items()], _("Tous"))
        # the order nobody chose is empty: it becomes « les plus proches » once words are typed
        orders = [("", _("Les plus proches")), (Sort.RECENT.value, _RECENT)] if searching else [("", _RECENT)]
        self.fields["sort"].choices = [*orders, _SUPPORTED]  # type: ignore[attr-defined]
        self.full_clean()
        for box in self.fields.values():
            box.required = True  # from here on only for the eye: no "(optional)" beside each filter

    def wanted(self, page: int) -> Wanted:
        """The list to show; the narrowest of commune, province and region counts."""
        said = {name: self._said(name) for name in self.fields}
        commune = said["commune"] if self._is(said["commune"], Territory.Level.COMMUNE) else ""
        facets = Facets(
            territory=commune or said["province"] or said["region"], sector=said["sector"],
            audience=said["audience"], speaker=said["speaker"], language=said["language"],
        )  # fmt: skip
        return Wanted(said["q"], facets, Sort(said["sort"]) if said["sort"] else None, page)

    def place(self, code: str) -> Place | None:
        """The place of this code."""
        return self.places.get(code)

    def label_of(self, name: str, value: str) -> str:
        """The words for a value that is on; empty for a commune nobody knows."""
        if name == "commune":
            place = self.place(value)
            return _choice(place)[1] if place is not None else ""
        choices: dict[str, Any] = dict(self.fields[name].choices)  # type: ignore[attr-defined]
        return str(choices.get(value, ""))

    @property
    def cache_key(self) -> str:
        """What the drawn boxes depend on, language apart: drawing them costs a third of the page."""
        drawn = [f"{name}={self._said(name)}" for name in self.fields if name not in {"q", "commune"}]
        return "&".join([*drawn, f"words={bool(self._said('q').strip())}"])

    @property
    def narrows(self) -> int:
        """How many filters are on, words and order apart."""
        return sum(bool(self._said(name)) for name in self.fields if name not in {"q", "sort"})

    def _said(self, name: str) -> str:
        return str(self.cleaned_data.get(name, ""))

    def _is(self, code: str, level: str) -> bool:
        return code in self.places and self.places[code].level == level

    def _offer(self, name: str, choices: list[tuple[str, str]], nothing: Any = _ALL) -> None:
        self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Chip:
    """One filter that is on, with the address of the list without it."""

    label: str
    without: str


def _choice(place: Place) -> tuple[str, str]:
    return place.code, place.name_ar if get_language() == "ar" else place.name_fr


def _inside(region: str, known: Reference) -> list[tuple[str, str]]:
    provinces = known.at(Territory.Level.PROVINCE)
    return sorted((_choice(place) for place in provinces if place.parent == region), key=itemgetter(1))
