"""Forms of a person's own space."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bpc.portal.people.contacts import Contact, parse_contact
from bpc.portal.people.models import Organisation
from bpc.portal.people.roles import REGIONAL_ROLES, OrganisationKind, Role
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import search_places


class CommuneByName(forms.Form):
    """A commune typed by name in either script; where several answer, the page comes back with the choice."""

    place = forms.CharField(
        label=_("Votre commune"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    commune = forms.ChoiceField(
        label=_("De quelle commune s’agit-il ?"),
        widget=forms.RadioSelect,
        choices=(),
        error_messages={"required": _("Plusieurs communes répondent à ce nom : choisissez la vôtre.")},
    )

    def __init__(self, *args: Any, present: Territory | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.present = present
        if present is not None:
            self.fields["place"].initial = present.name
        self.offered = self._offer()
        if len(self.offered) < 2:
            del self.fields["commune"]
        else:
            field = self.fields["commune"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(place.code, f"{place.name} ({place.parent})") for place in self.offered]
            self.order_fields(self._with_commune_after_place())

    def _with_commune_after_place(self) -> list[str]:
        names = [name for name in self.fields if name != "commune"]
        names.insert(names.index("place") + 1, "commune")
        return names

    def _offer(self) -> list[Territory]:
        """The communes that answer what was typed, when that is not simply the present one."""
        typed = str(self.data.get(self.add_prefix("place"), "")).strip() if self.is_bound else ""
        if not typed or (self.present is not None and typed in {self.present.name_fr, self.present.name_ar}):
            return []
        codes = [place.code for place in search_places(typed, level=Territory.Level.COMMUNE)]
        rows = Territory.objects.select_related("parent").in_bulk(codes)
        found = [rows[code] for code in codes]
        exact = [place for place in found if typed.casefold() in {place.name_fr.casefold(), place.name_ar}]
        return exact if len(exact) == 1 else found

    def chosen_commune(self) -> Territory | None:
        """The commune, once the form is valid; None when the field was left empty."""
        chosen: Territory | None = self.cleaned_data.get("territory")
        return chosen

    def clean(self) -> dict[str, Any]:
        """Decide which commune is meant, or ask."""
        cleaned = super().clean() or {}
        typed = cleaned.get("place", "").strip()
        if not typed:
            cleaned["territory"] = None
        elif (
            not self.offered
            and self.present is not None
            and typed in {self.present.name_fr, self.present.name_ar}
        ):
            cleaned["territory"] = self.present
        elif not self.offered:
            self.add_error("place", _("Aucune commune ne porte ce nom. Vérifiez l’orthographe."))
        elif len(self.offered) == 1:
            cleaned["territory"] = self.offered[0]
        elif code := cleaned.get("commune"):
            cleaned["territory"] = next(place for place in self.offered if place.code == code)
        return cleaned


class ProfileForm(CommuneByName):
    """Name, language of messages, commune."""

    display_name = forms.CharField(
        label=_("Votre nom"),
        required=False,
        max_length=80,
        help_text=_("Tel que vous voulez qu’on vous appelle. Il n’est publié que si vous le choisissez."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=_("Langue de vos messages"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    field_order = ["display_name", "language", "place", "commune"]


class OrganisationForm(CommuneByName):
    """Name, kind, commune."""

    name = forms.CharField(
        label=_("Nom de l’organisation"), max_length=160, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    kind = forms.ChoiceField(
        label=_("De quoi s’agit-il ?"), choices=OrganisationKind.choices, widget=forms.RadioSelect
    )
    field_order = ["name", "kind", "place", "commune"]

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, present=organisation.commune if organisation else None, **kwargs)
        self.fields["place"].label = _("Commune du siège")
        if organisation is not None:
            self.initial.update(name=organisation.name, kind=organisation.kind)


class ContactForm(forms.Form):
    """One e-mail address or telephone number."""

    contact = forms.CharField(
        label=_("E-mail ou numéro de téléphone"),
        max_length=254,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_contact(self) -> Contact:
        """The parsed contact."""
        return parse_contact(self.cleaned_data["contact"])


class RoleForm(forms.Form):
    """A role, and the region where the role has one."""

    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices, widget=forms.RadioSelect)
    region = forms.ModelChoiceField(
        label=_("Région"),
        required=False,
        queryset=Territory.objects.none(),
        empty_label=_("Toute la nation"),
        help_text=_("Pour un délégué ou un conseiller."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.fields["region"]
        assert isinstance(region, forms.ModelChoiceField)
        region.queryset = Territory.objects.filter(level=Territory.Level.REGION).order_by("code")

    def clean(self) -> dict[str, Any]:
        """A regional role needs its region, a national one has none."""
        cleaned = super().clean() or {}
        regional = cleaned.get("role") in REGIONAL_ROLES
        if regional and cleaned.get("region") is None and "region" not in self.errors:
            self.add_error("region", _("Choisissez la région de ce rôle."))
        elif cleaned.get("role") and not regional and cleaned.get("region") is not None:
            self.add_error("region", _("Ce rôle est national : laissez « Toute la nation »."))
        return cleaned


class ReasonForm(forms.Form):
    """Why a role ends."""

    reason = forms.CharField(
        label=_("Pourquoi ce rôle prend-il fin ?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_reason(self) -> str:
        """Not only spaces."""
        reason = str(self.cleaned_data["reason"]).strip()
        if not reason:
            raise ValidationError(_("Dites pourquoi en quelques mots."))
        return reason


class LeavingForm(forms.Form):
    """The last word before an account is deleted."""

    sure = forms.BooleanField(
        label=_("J’ai compris : mon compte sera supprimé pour toujours."),
        error_messages={"required": _("Cochez cette case pour supprimer votre compte.")},
    )
