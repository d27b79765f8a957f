"""The filters of the directory. A value written by hand that means nothing filters nothing."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from operator import itemgetter
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.portal.atlas.country import name_in
from bpc.portal.funding.queries import Sort, SourceFilters
from bpc.portal.funding.question_words import BENEFICIARIES
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import Place, reference, search_places
from bpc.portal.web.funding.words import KINDS, STAGES, STATUSES

AMOUNTS = (50_000, 100_000, 300_000, 1_000_000)
WITHIN = (30, 90, 180, 365)  # days
LONGEST = 80
#: The sides that facets count, by the name of their box.
COUNTED = {"nature": "kind", "secteur": "sector", "region": "region", "etape": "stage", "etat": "status"}


class SourceFilter(forms.Form):
    """What the directory is narrowed to. `lieu` is any place typed; the region and province boxes say it by hand."""

    use_required_attribute = False
    q = forms.CharField(
        label=_("Mots à chercher"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput({"type": "search", "dir": "auto", "maxlength": LONGEST}),
    )
    lieu = forms.CharField(
        label=_("Commune, province ou région"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off", "maxlength": LONGEST}),
    )
    nature = forms.ChoiceField(label=_("Sorte de financement"), required=False)
    pour = forms.ChoiceField(label=_("Pour qui"), required=False)
    secteur = forms.ChoiceField(label=_("Secteur"), required=False)
    region = forms.ChoiceField(label=_("Région"), required=False)
    province = forms.ChoiceField(label=_("Province ou préfecture"), required=False)
    etape = forms.ChoiceField(label=_("Étape du projet"), required=False)
    montant = forms.TypedChoiceField(
        label=_("Montant publié"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("Tous")),
            ("50000", _("50 000 MAD ou plus")),
            ("100000", _("100 000 MAD ou plus")),
            ("300000", _("300 000 MAD ou plus")),
            ("1000000", _("1 million MAD ou plus")),
        ],
    )
    echeance = forms.TypedChoiceField(
        label=_("Dernier jour, annoncé ou prévu"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("Tous")),
            ("30", _("dans les 30 jours")),
            ("90", _("dans les 3 mois")),
            ("180", _("dans les 6 mois")),
            ("365", _("dans l’année qui vient")),
        ],
    )
    etat = forms.ChoiceField(label=_("État"), required=False)
    femmes = forms.BooleanField(label=_("Pensé pour les femmes"), required=False)
    jeunes = forms.BooleanField(label=_("Pensé pour les jeunes"), required=False)
    tri = forms.ChoiceField(
        label=_("Trier par"),
        required=False,
        choices=[
            ("", _("échéance, ou pertinence des mots")),
            (Sort.DEADLINE.value, _("échéance")),
            (Sort.AMOUNT.value, _("montant publié")),
            (Sort.NAME.value, _("nom")),
        ],
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, auto_id="filter-%s")
        known = reference()
        region = str(data.get("region", ""))
        inside = [place for place in known.at(Territory.Level.PROVINCE) if place.parent == region]
        self._offer("nature", [(code, str(one.label)) for code, one in KINDS.items()], _("Toutes"))
        self._offer("pour", [(code, str(one)) for code, one in BENEFICIARIES.items()], _("Tous"))
        self._offer("secteur", [(code, one.name) for code, one in known.sectors.items()], _("Tous"))
        self._offer("region", _named(known.at(Territory.Level.REGION)), _("Toutes"))
        self._offer("province", sorted(_named(inside), key=itemgetter(1)), _("Toutes"))
        self._offer("etape", [(code, str(one)) for code, one in STAGES.items()], _("Toutes"))
        self._offer("etat", [(code, str(one)) for code, one in STATUSES.items()], _("Tous"))
        self.full_clean()
        for box in self.fields.values():
            box.required = True  # from here on only for the eye: no "(optional)" beside each filter

    @cached_property
    def place(self) -> Place | None:
        """The place asked: typed, or chosen in the boxes; None for the whole country or a name nobody knows."""
        if typed := self._said("lieu").strip():
            found = search_places(typed, limit=1)
            return found[0] if found else None
        return reference().places.get(self._said("province") or self._said("region"))

    @property
    def unknown_place(self) -> str:
        """What was typed for a place that nothing answers; empty when a place is found."""
        typed = self._said("lieu").strip()
        return typed if typed and self.place is None else ""

    def filters(self, today: date | None = None) -> SourceFilters:
        """The list to show, as of a day; the place narrows as finely as it was said."""
        said, place = self.cleaned_data, self.place
        within = said.get("echeance")
        return SourceFilters(
            text=said.get("q", ""),
            region=place.code[:2] if place is not None and place.level != "country" else "",
            province=place.code if place is not None and len(place.code) > 2 else "",
            sector=said.get("secteur", ""),
            stage=said.get("etape", ""),
            kind=said.get("nature", ""),
            amount_min=said.get("montant"),
            closes_before=(today or timezone.localdate()) + timedelta(days=within) if within else None,
            women=bool(said.get("femmes")),
            youth=bool(said.get("jeunes")),
            beneficiary=said.get("pour", ""),
            status=said.get("etat", ""),
        )

    @property
    def sort(self) -> Sort | None:
        """The order asked; None lets the list choose."""
        value = self._said("tri")
        return Sort(value) if value else None

    @property
    def narrows(self) -> int:
        """How many filters of the drawer are on."""
        return sum(
            bool(self.cleaned_data.get(name)) for name in self.fields if name not in {"q", "lieu", "tri"}
        )

    def told(self) -> list[tuple[str, str]]:
        """The filters that are on: (name of the box, words)."""
        found = []
        for name, box in self.fields.items():
            value = self.cleaned_data.get(name)
            if not value or name in {"q", "tri"}:
                continue
            if name == "lieu":
                place = self.place
                words = name_in(place, get_language() or "fr") if place is not None else ""
            elif isinstance(box, forms.BooleanField):
                words = str(box.label)
            else:
                words = str(dict(box.choices).get(str(value), ""))  # type: ignore[attr-defined]
            if words:
                found.append((name, words))
        return found

    def count_options(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Write beside each choice how many sources it would leave; a choice that leaves none stays, with its 0."""
        for name, side in COUNTED.items():
            numbers = counts.get(side, {})
            everywhere = numbers.get("all", 0)
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (code, f"{words} ({numbers.get(code, everywhere)})" if code else words)
                for code, words in self.fields[name].choices  # type: ignore[attr-defined]
            ]

    def _said(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")

    def _offer(self, name: str, choices: list[tuple[str, str]], nothing: Any) -> None:
        self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]


def _named(places: Any) -> list[tuple[str, str]]:
    return [(place.code, place.name_ar if get_language() == "ar" else place.name_fr) for place in places]
