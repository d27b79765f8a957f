"""What people fill in about sessions: taking a seat, asking for one, saying what they think."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bpc.portal.web.ideas.fields import ExpectedText, PlainText
from bpc.portal.web.ideas.places import Answer, commune_answered, commune_fault
from bpc.portal.web.seats.forms import DeskForm, RegistrationForm
from bpc.portal.web.workshops.words import QUESTIONS
from bpc.portal.workshops.asking import Wish
from bpc.portal.workshops.models import MOST_PEOPLE, CourseRequest
from bpc.portal.workshops.states import Face, Moment, Spoken


class SessionRegistrationForm(RegistrationForm):
    """On the site."""

    agreement = _(
        "J’accepte que les formateurs gardent mon nom et mon contact pour cette séance, "
        "puis les effacent six mois après."
    )


class SessionDeskForm(DeskForm):
    """By phone or on the spot."""

    agreement = _(
        "La personne a été informée : nom et contact gardés pour cette séance, effacés six mois après."
    )


class CommuneForm(forms.Form):
    """A form that asks for one commune, typed or chosen among those of its name."""

    commune_name = ExpectedText(
        label=_("Dans quelle commune ?"),
        max_length=100,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )
    commune = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)
    commune_for = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    no_commune = _("Dites dans quelle commune.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer = Answer(None, [])

    def clean(self) -> dict[str, Any]:
        """One commune, certain."""
        cleaned = super().clean() or self.cleaned_data
        self.answer = commune_answered(cleaned)
        if self.answer.commune is None:
            fault = commune_fault(self.answer, cleaned.get("commune_name", ""), self.no_commune)
            self.add_error("commune_name", fault)
        return cleaned


def initial_commune(place: Any | None) -> dict[str, str]:
    """The commune box as it stands."""
    if place is None:
        return {}
    return {"commune": place.pk, "commune_name": place.name, "commune_for": place.name}


class WishForm(CommuneForm):
    """Where, how many, in which language, when."""

    people = forms.IntegerField(
        label=_("Combien de personnes viendraient ?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text=_("Vous comprise ou compris : votre groupe, vos voisins. De 1 à 50."),
        widget=forms.TextInput({"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
        error_messages={
            "required": _("Dites combien de personnes viendraient."),
            "invalid": _("Écrivez un nombre de personnes, de 1 à 50."),
            "min_value": _("Écrivez un nombre de personnes, de 1 à 50."),
            "max_value": _("Écrivez un nombre de personnes, de 1 à 50."),
        },
    )
    spoken = forms.ChoiceField(
        label=_("Dans quelle langue ?"),
        choices=Spoken.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez la langue que vous comprenez le mieux.")},
    )
    moments = forms.MultipleChoiceField(
        label=_("Quand pourriez-vous venir ?"),
        choices=Moment.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Cochez tout ce qui convient. Rien de coché : tout convient."),
    )
    no_commune = _("Dites dans quelle commune vous voulez la séance.")

    def wish(self) -> Wish:
        """What was filled in, once valid."""
        said, commune = self.cleaned_data, self.answer.commune
        assert commune is not None  # checked by `clean`
        return Wish(commune, said["people"], said["spoken"], tuple(said["moments"]))


def initial_wish(request: CourseRequest) -> dict[str, Any]:
    """The form as the request stands."""
    return {
        **initial_commune(request.commune), "people": request.people, "spoken": request.spoken,
        "moments": [moment.value for moment in Moment if getattr(request, moment.value)],
    }  # fmt: skip


class OpinionForm(forms.Form):
    """Five faces, and a few words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in QUESTIONS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=Face.choices, coerce=int, widget=forms.RadioSelect,
                error_messages={"required": _("Choisissez un visage.")},
            )  # fmt: skip
        self.fields["words"] = PlainText(
            label=_("Voulez-vous ajouter un mot ?"), longest=600, lines=4, required=False,
            help_text=_("N’écrivez ni nom ni numéro : le formateur lira ces mots sans savoir qui les a écrits."),
        )  # fmt: skip

    def faces(self) -> dict[str, int]:
        """The face of each question, once valid."""
        return {name: self.cleaned_data[name] for name in QUESTIONS}


class AskersForm(forms.Form):
    """A few words to who asked."""

    words = PlainText(
        label=_("Votre message"), longest=300, shortest=10, lines=4,
        required_message=_("Écrivez votre message."),
        help_text=_(
            "Il arrive dans leur espace, et par e-mail ou SMS selon leur compte. Vous ne saurez pas à qui ; "
            "dites où vous joindre si vous attendez une réponse."
        ),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why a session is cancelled: the registered are told."""

    reason = PlainText(
        label=_("Pourquoi"), longest=1000, shortest=5, lines=3,
        required_message=_("Dites pourquoi : les personnes inscrites le liront."),
    )  # fmt: skip
