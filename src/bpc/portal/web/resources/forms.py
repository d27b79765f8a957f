"""What a delegation fills in on a resource: where, what, when, on whose word."""

from datetime import date
from operator import itemgetter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.writing import month_names
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import reference
from bpc.portal.reference.surroundings import quality_signs
from bpc.portal.resources.contents import Content, products
from bpc.portal.resources.states import Confidence
from bpc.portal.resources.visibility import keeps_in
from bpc.portal.web.ideas.fields import ExpectedText, PlainText
from bpc.portal.web.ideas.places import Answer, commune_answered, commune_fault

_EARLIEST = 1990


class ResourceForm(forms.Form):
    """One resource. The place is a commune, or a region or a province where it is known no finer."""

    commune_name = ExpectedText(
        label=_("Commune"),
        max_length=100,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
        help_text=_("Si la ressource est connue dans une commune précise."),
    )
    commune = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)
    commune_for = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    wider = forms.ChoiceField(
        label=_("Ou province, ou région entière"),
        required=False,
        help_text=_("Si l’on ne sait pas dans quelles communes : rien n’en sera affirmé."),
    )
    name_fr = PlainText(label=_("Nom en français"), longest=160, shortest=2)
    name_ar = PlainText(label=_("Nom en arabe"), longest=160, shortest=2, attrs={"lang": "ar"})
    sector = forms.ChoiceField(label=_("Secteur"))
    products = forms.MultipleChoiceField(
        label=_("Produits"), required=False, widget=forms.CheckboxSelectMultiple
    )
    season_start = forms.TypedChoiceField(
        label=_("Saison : premier mois"), required=False, coerce=int, empty_value=None
    )
    season_end = forms.TypedChoiceField(
        label=_("Saison : dernier mois"), required=False, coerce=int, empty_value=None
    )
    label = forms.ChoiceField(label=_("Signe de qualité"), required=False)
    evidence_fr = PlainText(
        label=_("Ce que l’on en sait, en français"),
        longest=600,
        lines=3,
        required=False,
        help_text=_("Quantités, surfaces, groupes qui en vivent, avec l’année."),
    )
    evidence_ar = PlainText(label=_("Ce que l’on en sait, en arabe"), longest=600, lines=3, required=False)
    source_url = forms.URLField(
        label=_("Adresse de la source"), required=False, max_length=1000, assume_scheme="https"
    )
    source_note = PlainText(
        label=_("Qui le dit, sans adresse"),
        longest=300,
        required=False,
        help_text=_("Un service, un document, une réunion. Pas le nom d’une personne privée."),
    )
    observed_on = forms.DateField(
        label=_("Constatée le"),
        required=False,
        widget=forms.SelectDateWidget(years=range(_EARLIEST, 2100)),
    )
    confidence = forms.ChoiceField(label=_("Fiabilité"), choices=Confidence.choices, widget=forms.RadioSelect)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, person: Any, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.person, self.answer = person, Answer(None, [])
        known = reference()
        months = list(enumerate(month_names(), start=1))
        self._offer("wider", _wider_places(person), _("Aucune : une commune"))
        self._offer("sector", [(code, one.name) for code, one in known.sectors.items()], _("Choisissez"))
        self._offer("season_start", months, _("inconnu"))
        self._offer("season_end", months, _("inconnu"))
        self._offer("label", [(code, _named(one)) for code, one in quality_signs().items()], _("Aucun"))
        named = sorted(((code, _named(one)) for code, one in products().items()), key=itemgetter(1))
        self.fields["products"].choices = named  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One place of the person's, a whole season, a source where one is claimed, no day to come."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["territory"] = self._place(cleaned)
        if (cleaned.get("season_start") is None) != (cleaned.get("season_end") is None):
            self.add_error("season_end", ValidationError(_("Donnez les deux mois, ou aucun."), "season"))
        sourced = cleaned.get("confidence") == Confidence.SOURCED
        if sourced and not (cleaned.get("source_url") or cleaned.get("source_note")):
            message = _("Donnez l’adresse de la source, ou dites qui le dit.")
            self.add_error("source_url", ValidationError(message, "source"))
        day: date | None = cleaned.get("observed_on")
        if day is not None and day > timezone.localdate():
            self.add_error("observed_on", ValidationError(_("Cette date est à venir."), "future"))
        return cleaned

    def content(self) -> Content:
        """What was filled in, once valid."""
        said = self.cleaned_data
        names = (
            "territory", "sector", "name_fr", "name_ar", "label", "season_start", "season_end", "evidence_fr",
            "evidence_ar", "source_url", "source_note", "observed_on", "confidence",
        )  # fmt: skip
        return Content(products=tuple(said["products"]), **{name: said[name] for name in names})

    def _place(self, cleaned: dict[str, Any]) -> str:
        name = cleaned.get("commune_name", "")
        self.answer = commune_answered(cleaned)
        if self.answer.commune is None and not name.strip() and cleaned.get("wider"):
            return str(cleaned["wider"])
        if self.answer.commune is None:
            missing = _("Nommez la commune, ou choisissez une province ou une région.")
            self.add_error("commune_name", commune_fault(self.answer, name, missing))
            return ""
        if not keeps_in(self.person, self.answer.commune.region_code):
            self.add_error(
                "commune_name", ValidationError(_("Cette commune n’est pas de votre région."), "region")
            )
        return self.answer.commune.code

    def _offer(self, name: str, choices: list[Any], nothing: Any) -> None:
        self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]


class RetireForm(forms.Form):
    """Why a resource is taken off."""

    reason = PlainText(label=_("Pourquoi la retirer"), longest=500, lines=3)
    version = forms.IntegerField(widget=forms.HiddenInput)


def initial_of(content: Content, version: int) -> dict[str, Any]:
    """The form as a resource stands."""
    place = reference().places[content.territory]
    commune = place.level == Territory.Level.COMMUNE
    fields = {name: getattr(content, name) for name in ResourceForm.base_fields if hasattr(content, name)}
    return {
        **fields,
        "version": version,
        "commune": content.territory if commune else "",
        "commune_name": _named(place) if commune else "",
        "commune_for": _named(place) if commune else "",
        "wider": "" if commune else content.territory,
    }


def _wider_places(person: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """The regions the person keeps, each with its provinces, as groups of choices."""
    known = reference()
    kept = None if is_administrator(person) else person.regions_as(Role.DELEGATE)
    groups = []
    for region in known.at(Territory.Level.REGION):
        if kept is not None and region.code not in kept:
            continue
        provinces = [
            (place.code, _named(place))
            for place in known.at(Territory.Level.PROVINCE)
            if place.parent == region.code
        ]
        name = _named(region)
        whole = (region.code, str(_("%(region)s, toute la région")) % {"region": name})
        groups.append((name, [whole, *sorted(provinces, key=itemgetter(1))]))
    return sorted(groups, key=itemgetter(0))


def _named(one: Any) -> str:
    return str(getattr(one, f"name_{get_language()}", "") or one.name_fr)
