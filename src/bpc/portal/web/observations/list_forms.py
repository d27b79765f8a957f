"""The filters of the public lists. A value written by hand that means nothing filters nothing."""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.lexeme_index import MAX_QUERY
from bpc.portal.ideas.states import Audience
from bpc.portal.observations.queries import Wanted, categories
from bpc.portal.observations.search import ALL, ANSWERED, CLOSED, OPEN, WAITING, Facets
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import Place, reference

STAGES = (
    ("", _("Ouverts")),
    (WAITING, _("En attente de réponse")),
    (ANSWERED, _("Avec une réponse")),
    (CLOSED, _("Clos")),
    (ALL, _("Tous")),
)


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
    category = forms.ChoiceField(label=_("Sujet"), required=False)
    sector = forms.ChoiceField(label=_("Secteur"), required=False)
    audience = forms.ChoiceField(
        label=_("Qui est concerné d’abord"), choices=[("", _("Tous")), *Audience.choices], required=False
    )
    stage = forms.ChoiceField(label=_("Où cela en est"), choices=STAGES, required=False)

    def __init__(self, data: Mapping[str, Any], *, kind: str) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.kind = kind
        known = reference()
        self.places = known.places
        region = str(data.get("region", ""))
        provinces = known.at(Territory.Level.PROVINCE) if region else ()
        inside = (_choice(place) for place in provinces if place.parent == region)
        self._offer("region", map(_choice, known.at(Territory.Level.REGION)), _("Toutes"))
        self._offer("province", sorted(inside, key=itemgetter(1)), _("Toutes"))
        self._offer("category", ((code, one.name) for code, one in categories(kind).items()), _("Tous"))
        self._offer("sector", ((code, sector.name) for code, sector in known.sectors.items()), _("Tous"))
        self.full_clean()
        for box in self.fields.values():
            box.required = True  # from here on only for the eye: no "(optional)" beside each filter

    def wanted(self, page: int) -> Wanted:
        """The list to show; the narrowest of commune, province and region counts."""
        said = {name: str(self.cleaned_data.get(name, "")) for name in self.fields}
        place = self.places.get(said["commune"])
        commune = place.code if place is not None and place.level == Territory.Level.COMMUNE else ""
        facets = Facets(
            self.kind, commune or said["province"] or said["region"], said["category"], said["sector"],
            said["audience"], said["stage"] or OPEN,
        )  # fmt: skip
        return Wanted(facets, said["q"], page)

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
    def narrows(self) -> int:
        """How many filters are on, words apart."""
        return sum(bool(self.cleaned_data.get(name)) for name in self.fields if name != "q")

    def _offer(self, name: str, choices: Any, nothing: Any) -> None:
        self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]


def _choice(place: Place) -> tuple[str, str]:
    return place.code, place.name_ar if get_language() == "ar" else place.name_fr
