"""What an advisor records of a mandate, and the code a person tells them."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from bpc.portal.people.contacts import Contact, parse_contact
from bpc.portal.projects.mandates.states import MONTHS, MOST_MONTHS, Given
from bpc.portal.web.ideas.fields import PlainText

_NUMBER = {"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}


def _month_choices() -> list[tuple[int, str]]:
    return [
        (number, str(ngettext_lazy("%(n)s mois", "%(n)s mois", number) % {"n": number}))
        for number in (1, 2, MONTHS, 6, 9, MOST_MONTHS)
    ]


class AskForm(forms.Form):
    """A mandate as the person gave it."""

    project = forms.CharField(
        label=_("Code du projet"), max_length=20,
        help_text=_("La personne le lit en haut de la page de son projet, ou sur ses papiers."),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": _("Donnez le code du projet.")},
    )  # fmt: skip
    contact = forms.CharField(
        label=_("Téléphone ou adresse e-mail de la personne"), max_length=254,
        help_text=_("Celui de son compte. La personne doit pouvoir modifier ce projet."),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": _("Donnez le numéro ou l’adresse de la personne.")},
    )  # fmt: skip
    given = forms.ChoiceField(
        label=_("Comment la personne donne-t-elle son accord ?"), choices=Given.choices,
        widget=forms.RadioSelect, error_messages={"required": _("Dites comment elle donne son accord.")},
    )  # fmt: skip
    paper = forms.FileField(
        label=_("Le papier signé, en photo ou en PDF"), required=False,
        help_text=_("Seulement pour un papier signé. La personne et la délégation peuvent le relire."),
    )  # fmt: skip
    witness = PlainText(
        label=_("Nom du témoin"), longest=80, required=False,
        help_text=_("Seulement de vive voix. Un délégué de la région l’appelle, puis confirme."),
    )  # fmt: skip
    months = forms.TypedChoiceField(label=_("Pour combien de temps ?"), coerce=int, initial=MONTHS)
    language = forms.ChoiceField(
        label=_("Dans quelle langue lui écrire ?"), choices=settings.LANGUAGES, widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une langue.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months: Any = self.fields["months"]
        months.choices = _month_choices()

    def clean_contact(self) -> Contact:
        """The number or address, in its one form."""
        return parse_contact(self.cleaned_data["contact"])

    def clean(self) -> dict[str, Any]:
        """What goes with the way it was given."""
        said = self.cleaned_data
        if said.get("given") == Given.PAPER and not said.get("paper") and "paper" not in self.errors:
            self.add_error("paper", ValidationError(_("Ajoutez la photo du papier signé."), "missing"))
        if said.get("given") == Given.WITNESS and not said.get("witness") and "witness" not in self.errors:
            self.add_error("witness", ValidationError(_("Écrivez le nom du témoin."), "missing"))
        return said


class CodeForm(forms.Form):
    """Six digits, as told on the telephone."""

    code = forms.CharField(
        label=_("Code dit par la personne"), max_length=20,
        widget=forms.TextInput({**_NUMBER, "autocomplete": "one-time-code"}),
        error_messages={"required": _("Écrivez les six chiffres que la personne vous a dits.")},
    )  # fmt: skip
