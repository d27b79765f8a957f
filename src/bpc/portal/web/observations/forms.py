"""The form by which somebody tells of a need or an opportunity: three short screens, each fault beside its field."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.portal.observations.models import Observation
from bpc.portal.observations.queries import categories
from bpc.portal.observations.states import Kind
from bpc.portal.observations.telling import MOST_OTHERS, Content, may_tell_of_province
from bpc.portal.reference.models import Sector, Territory
from bpc.portal.reference.places import places_by_code
from bpc.portal.resources.models import Resource
from bpc.portal.resources.queries import all_active
from bpc.portal.resources.states import ResourceState
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.ideas.telling_form import TellingForm, initial_of_telling

_TITLES = {
    Kind.NEED: (_("Le besoin, en une phrase"), _("Exemple : « Le puits du douar est à sec depuis l’été ».")),
    Kind.OPPORTUNITY: (
        _("L’opportunité, en une phrase"),
        _("Exemple : « Les amandes du village se vendent brutes, personne ne les casse ici »."),
    ),
}
_TEXTS = {
    Kind.NEED: _("Qui le vit, où, depuis quand, et ce que cela empêche de faire ?"),
    Kind.OPPORTUNITY: _(
        "Qu’est-ce qu’il y a ici, en quelle quantité, à quelle saison, et qui pourrait s’y mettre ?"
    ),
}


class ObservationForm(TellingForm):
    """What somebody tells of the place; `kind` says of which of both."""

    category = forms.ChoiceField(
        label=_("De quoi s’agit-il ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez le sujet le plus proche."),
            "invalid_choice": _("Choisissez un sujet de la liste."),
        },
    )
    title = PlainText(
        longest=120, shortest=5, required_message=_("Dites-le en une phrase courte."), label=_("Titre")
    )
    text = PlainText(
        label=_("Racontez"),
        longest=3000,
        shortest=10,
        lines=6,
        required_message=_("Racontez en une ou deux phrases."),
    )
    other_categories = forms.MultipleChoiceField(
        label=_("Cela touche aussi"),
        help_text=_("Deux sujets de plus, si besoin."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choisissez un sujet de la liste.")},
    )
    sector = forms.ModelChoiceField(
        label=_("Dans quel secteur ?"),
        queryset=Sector.objects.all(),
        required=False,
        empty_label=_("Aucun en particulier"),
        error_messages={"invalid_choice": _("Choisissez un secteur de la liste.")},
    )
    resource = forms.ChoiceField(
        label=_("S’agit-il d’une ressource déjà connue ?"),
        help_text=_("Celles que les sources citent pour la province ou la région."),
        required=False,
        error_messages={"invalid_choice": _("Choisissez une ressource de la liste.")},
    )
    link = forms.CharField(
        label=_("Une page qui le montre"),
        help_text=_("L’adresse d’un article, d’une vidéo ou d’un document en ligne."),
        required=False,
        max_length=300,
        widget=forms.TextInput({"dir": "ltr", "inputmode": "url", "autocomplete": "off"}),
        validators=[
            URLValidator(["http", "https"], message=_("Écrivez une adresse qui commence par https://"))
        ],
        error_messages={"max_length": _("Cette adresse est trop longue : 300 caractères au plus.")},
    )
    whole_province = forms.BooleanField(
        label=_("C’est vrai de toute la province ou préfecture"),
        help_text=_("Alors il compte pour la province, et pour aucune de ses communes."),
        required=False,
    )
    different = forms.BooleanField(
        label=_("Ce n’est pas la même chose : envoyez le mien"), required=False, widget=forms.HiddenInput
    )
    commune_missing = _("Dites dans quelle commune.")
    own_words: ClassVar[dict[str, dict[str, Any]]] = {
        "organisation": {
            "label": _("Parlez-vous au nom d’une organisation ?"),
            "help_text": _("Son nom paraîtra avec votre texte."),
        },
        "show_author": {"label": _("Afficher mon nom avec mon texte")},
        "audience": {"label": _("Qui est concerné d’abord ?")},
        "agreed": {
            "label": _(
                "J’accepte que mon texte soit publié, sans mon contact, et que la délégation me réponde."
            ),
            "required": _("Cochez cette case pour que nous puissions lire et publier votre texte."),
        },
    }
    field_order = [
        "commune_name", "commune", "commune_for", "lat", "lon", "whole_province", "category", "title", "text",
        "other_categories", "sector", "resource", "audience", "language", "speaker", "organisation",
        "photos", "document", "link",
    ]  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.subjects = list(categories(kind).values())
        arabic = get_language() == "ar"
        choices = [(one.code, one.name_ar if arabic else one.name_fr) for one in self.subjects]
        for name in ("category", "other_categories"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["title"].label, self.fields["title"].help_text = _TITLES[Kind(kind)]
        self.fields["text"].help_text = _TEXTS[Kind(kind)]
        if kind == Kind.OPPORTUNITY:
            self.fields["resource"].choices = resource_choices()  # type: ignore[attr-defined]
        else:
            del self.fields["resource"]
        if not may_tell_of_province(self.person):
            del self.fields["whole_province"]

    def clean_other_categories(self) -> list[str]:
        """Two at most, besides the main one, which may be ticked twice by mistake."""
        main = self.cleaned_data.get("category")
        others = [code for code in dict.fromkeys(self.cleaned_data["other_categories"]) if code != main]
        if len(others) > MOST_OTHERS:
            raise ValidationError(_("Gardez deux sujets au plus, en plus du premier."), "many")
        return others

    def clean(self) -> dict[str, Any]:
        """Whole provinces only where one answers for them."""
        cleaned = super().clean()
        place = self.chosen_commune if cleaned.get("whole_province") else None
        if place is not None and not may_tell_of_province(self.person, place):
            message = _("Vous ne pouvez parler de toute une province que dans votre région.")
            self.add_error("whole_province", ValidationError(message, "elsewhere"))
        self._check_resource(cleaned.get("resource", ""))
        return cleaned

    def _check_resource(self, reference: str) -> None:
        """A resource is of this place, or of the province or region that holds it."""
        if not reference or self.chosen_commune is None:
            return
        fact = next((one for one in all_active() if one.reference == reference), None)
        if fact is not None and not self.chosen_commune.code.startswith(fact.territory):
            message = _("Cette ressource est connue ailleurs, pas ici. Choisissez-en une autre, ou aucune.")
            self.add_error("resource", ValidationError(message, "elsewhere"))

    def territory(self) -> Territory:
        """The commune, or its province when the whole of it is meant."""
        assert self.chosen_commune is not None
        if not self.cleaned_data.get("whole_province"):
            return self.chosen_commune
        return Territory.objects.get(pk=self.chosen_commune.province_code)

    def content(self) -> Content:
        """What was told, once the form is valid."""
        data = self.cleaned_data
        territory = self.territory()
        told = self.told_columns(f"{data['title']} {data['text']}")
        if territory.level == Territory.Level.PROVINCE:
            told |= {"lon": None, "lat": None}
        sector = data["sector"]
        return Content(
            kind=self.kind, category_id=data["category"], other_categories=tuple(data["other_categories"]),
            title=data["title"], text=data["text"], territory=territory, link=data["link"],
            sector_id=sector.pk if sector is not None else None,
            resource_id=resource_key(data.get("resource", "")), **told,
        )  # fmt: skip


def resource_choices() -> list[Any]:
    """The resources known, by region, each with the territory its source speaks of."""
    places, column = places_by_code(), "name_ar" if get_language() == "ar" else "name_fr"
    groups: dict[str, list[tuple[str, str]]] = {}
    for fact in all_active():
        region, where = places[fact.territory[:2]], places[fact.territory]
        words = f"{getattr(fact, column)} – {getattr(where, column)}"
        groups.setdefault(getattr(region, column), []).append((fact.reference, words))
    return [("", _("Aucune, ou une autre")), *((name, sorted(rows)) for name, rows in groups.items())]


def resource_key(reference: str) -> int | None:
    """The key of an active resource; None for none."""
    if not reference:
        return None
    rows = Resource.objects.filter(reference=reference, state=ResourceState.ACTIVE)
    return rows.values_list("pk", flat=True).first()


def initial_of(observation: Observation) -> dict[str, Any]:
    """The form's values for an observation to be amended."""
    commune = observation.commune
    return {
        "commune_name": commune.name if commune is not None else "", "commune": observation.commune_id or "",
        "category": observation.category_id, "other_categories": observation.other_categories,
        "sector": observation.sector_id,
        "resource": observation.resource.reference if observation.resource is not None else "",
        "title": observation.title, "text": observation.text,
        "link": observation.link, "whole_province": observation.is_of_whole_province,
        **initial_of_telling(observation),
    }  # fmt: skip
