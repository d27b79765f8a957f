"""What a group changes in a model on its sheet: size, prices, members, place, first month."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.datasets.model_adaptation import Adaptation, programme_rate
from bpc.datasets.project_models import ProjectModel
from bpc.portal.foundation.writing import written_month
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import Place, reference

_SIZE_WORDS = {
    50: _("moitié"),
    75: _("trois quarts"),
    100: _("comme le modèle"),
    150: _("une fois et demie"),
    200: _("double"),
}
PRICES = (-20, -10, 0, 10, 20)
#: How many months ahead a project may be dated, and from how far apart.
MONTHS_AHEAD, MONTHS_APART = 24, 3


class AdaptationForm(forms.Form):
    """Everything in the address, so that an adapted model can be sent to the group. Wrong values change nothing."""

    use_required_attribute = False
    taille = forms.TypedChoiceField(label=_("Taille du projet"), coerce=int, required=False)
    prix = forms.TypedChoiceField(label=_("Prix de vente"), coerce=int, required=False)
    membres = forms.IntegerField(
        label=_("Nombre de membres"),
        min_value=5,
        max_value=2000,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    region = forms.ChoiceField(label=_("Votre région"), required=False)
    commune = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    debut = forms.ChoiceField(label=_("Premier mois"), required=False)

    def __init__(self, data: Mapping[str, Any], model: ProjectModel) -> None:
        written = {"taille": 100, "prix": 0, "membres": model.members_typical}
        super().__init__(
            {**written, **{name: value for name, value in data.items() if value}}, auto_id="adapt-%s"
        )
        known, arabic = reference(), get_language() == "ar"
        self.model, self.places = model, known.places
        self._offer("taille", [(size, _size_label(size)) for size in _SIZE_WORDS])
        self._offer("prix", [(change, _price_label(change)) for change in PRICES])
        regions = [
            (place.code, place.name_ar if arabic else place.name_fr)
            for place in known.at(Territory.Level.REGION)
        ]
        self._offer("region", [("", _("Choisir")), *regions])
        self._offer("debut", [("", _("Année sans date")), *_months(timezone.localdate())])
        self.full_clean()
        for box in self.fields.values():
            box.required = True  # from here on only for the eye: no "(optional)" beside each box

    @property
    def place(self) -> Place | None:
        """The commune or region the model is adapted to."""
        commune = self.places.get(self.cleaned_data.get("commune") or "")
        if commune is not None and commune.level == Territory.Level.COMMUNE:
            return commune
        return self.places.get(self.cleaned_data.get("region") or "")

    @property
    def adaptation(self) -> Adaptation:
        """What the engine is asked to change."""
        said = self.cleaned_data
        return Adaptation(
            size=(said.get("taille") or 100) / 100.0,
            price=1.0 + (said.get("prix") or 0) / 100.0,
            members=said.get("membres") or None,
            start=said.get("debut") or None,
            loan_rate=self._loan_rate(),
        )

    def _loan_rate(self) -> float | None:
        """The programme rate of the place, rural or urban, when the model's own loan is one of the two."""
        place, loan = self.place, self.model.financing_mix.loan
        if place is None:
            return None
        return programme_rate(loan.annual_rate, place.kind, timezone.localdate())

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def _size_label(size: int) -> str:
    return str(_SIZE_WORDS[size])


def _price_label(change: int) -> str:
    if change == 0:
        return str(_("comme le modèle"))
    return f"{'+' if change > 0 else '−'}{abs(change)}\u202f%"


def _months(today: date) -> list[tuple[str, str]]:
    """First months offered: the first of each of the next quarters."""
    first = today.year * 12 + (today.month - 1) // MONTHS_APART * MONTHS_APART + MONTHS_APART
    months = [divmod(first + ahead, 12) for ahead in range(0, MONTHS_AHEAD, MONTHS_APART)]
    return [(f"{year:04d}-{month + 1:02d}", written_month(year, month + 1)) for year, month in months]
