"""The filters of the list of models. A value written by hand that means nothing filters nothing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.core.text.folding import fold
from bpc.portal.blueprints.catalogue import Published
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import reference

BUDGETS = (500_000, 1_000_000, 2_000_000)
SORTS = {"revenu": "income_per_member", "budget": "investment"}


class ModelFilter(forms.Form):
    """Which models to show, and in what order."""

    use_required_attribute = False
    q = forms.CharField(
        label=_("Mots à chercher"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"type": "search", "dir": "auto", "maxlength": 80}),
    )
    secteur = forms.ChoiceField(label=_("Secteur"), required=False)
    region = forms.ChoiceField(label=_("Région"), required=False)
    budget = forms.TypedChoiceField(
        label=_("Investissement"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("Tous")),
            ("500000", _("moins de 500 000 MAD")),
            ("1000000", _("moins de 1 million MAD")),
            ("2000000", _("moins de 2 millions MAD")),
        ],
    )
    femmes = forms.BooleanField(label=_("Projets souvent portés par des femmes"), required=False)
    tri = forms.ChoiceField(
        label=_("Trier par"),
        required=False,
        choices=[("", _("nom")), ("revenu", _("revenu par membre")), ("budget", _("investissement"))],
    )

    def __init__(self, data: Mapping[str, Any], models: Mapping[str, Published]) -> None:
        super().__init__(data, auto_id="filter-%s")
        known, arabic = reference(), get_language() == "ar"
        used = {entry.model.sector for entry in models.values()}
        sectors = [(code, sector.name) for code, sector in known.sectors.items() if code in used]
        regions = [
            (place.code, place.name_ar if arabic else place.name_fr)
            for place in known.at(Territory.Level.REGION)
        ]
        self.fields["secteur"].choices = [("", _("Tous")), *sectors]  # type: ignore[attr-defined]
        self.fields["region"].choices = [("", _("Toutes")), *regions]  # type: ignore[attr-defined]
        self.full_clean()
        for box in self.fields.values():
            box.required = True  # from here on only for the eye: no "(optional)" beside each filter

    @property
    def narrows(self) -> int:
        """How many filters are on, words and order apart."""
        return sum(bool(self.cleaned_data.get(name)) for name in ("secteur", "region", "budget", "femmes"))

    def chosen(self, models: Mapping[str, Published]) -> list[Published]:
        """The models that pass, in the order asked; unknown figures come last."""
        passing = [entry for entry in models.values() if self._passes(entry)]
        order = SORTS.get(self.cleaned_data.get("tri", ""))
        if order is None:
            arabic = get_language() == "ar"
            return sorted(
                passing, key=lambda entry: fold(entry.model.name_ar if arabic else entry.model.name_fr)
            )
        sign = -1 if order == "income_per_member" else 1
        return sorted(passing, key=lambda entry: _last_if_unknown(entry.headline.get(order), sign))

    def _passes(self, entry: Published) -> bool:
        said, model = self.cleaned_data, entry.model
        regions = {place.territory for place in model.regions}
        words = fold(said.get("q", "")).split()
        text = fold(f"{model.name_fr} {model.name_ar} {model.summary_fr} {model.summary_ar}")
        cost = entry.headline.get("investment")
        return (
            (not said.get("secteur") or model.sector == said["secteur"])
            and (not said.get("region") or said["region"] in regions)
            and (not said.get("budget") or (cost is not None and cost < said["budget"]))
            and (not said.get("femmes") or model.women_led_typical)
            and all(word in text for word in words)
        )


def _last_if_unknown(value: float | None, sign: int) -> tuple[bool, float]:
    return (value is None, sign * (value or 0.0))
