"""The weights of a fit as an address says them: six numbers from 0 to 100, moved on the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from bpc.portal.atlas.fit import DEFAULT, PARTS, Weights
from bpc.portal.atlas.fit_words import part_label

LARGEST, STEP = 100, 5
#: part → its name in addresses
WORDS = {
    "resource": "ressource",
    "labour": "gens",
    "access": "acces",
    "market": "clients",
    "saturation": "place",
    "need": "besoin",
}


@dataclass(frozen=True)
class Preset:
    """Weights chosen for a way of looking, in order of the parts."""

    label: str | Promise
    weights: Weights


PRESETS = (
    Preset(_("D’abord ce qui pousse ou se fait ici"), Weights(70, 10, 10, 10, 5, 5)),
    Preset(_("D’abord vendre"), Weights(20, 5, 20, 60, 10, 5)),
    Preset(_("D’abord les besoins des habitants"), Weights(20, 15, 10, 10, 5, 60)),
)


class WeightsForm(forms.Form):
    """Six sliders. A value written by hand that means nothing leaves the part at its usual weight."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, auto_id="poids-%s")
        for part in PARTS:
            widget = forms.NumberInput({"type": "range", "min": 0, "max": LARGEST, "step": STEP})
            self.fields[WORDS[part]] = forms.IntegerField(
                label=part_label(part), min_value=0, max_value=LARGEST, required=False, widget=widget
            )
        self.full_clean()
        asked = Weights(*(self._asked(part) for part in PARTS))
        self.all_zero = not any(asked)
        self.weights = DEFAULT if self.all_zero else asked
        # what was not asked stands where it counts: the slider shows the weight in force
        self.data = {WORDS[part]: f"{value:g}" for part, value in zip(PARTS, self.weights, strict=True)}
        for box in self.fields.values():
            box.required = True  # from here on only for the eye: no "(optional)" beside each slider

    @property
    def moved(self) -> bool:
        """Whether the weights are others than the usual ones."""
        return self.weights != DEFAULT

    @property
    def words(self) -> dict[str, str]:
        """What an address must say to have these weights again; empty for the usual ones."""
        return words_of(self.weights)

    def _asked(self, part: str) -> float:
        value = self.cleaned_data.get(WORDS[part])
        return float(getattr(DEFAULT, part) if value is None else value)


def words_of(weights: Weights) -> dict[str, str]:
    """The parts that do not have their usual weight, as addresses say them."""
    pairs = zip(PARTS, weights, DEFAULT, strict=True)
    return {WORDS[part]: f"{value:g}" for part, value, usual in pairs if value != usual}


def address_of(kept: Mapping[str, str], weights: Weights) -> str:
    """The query of an address: what is kept of it, then the weights that are not the usual ones."""
    return f"?{urlencode({**kept, **words_of(weights)})}"
