"""The forms by which people take a seat: themselves on the site, or at the organisers' desk.

Each room says its own agreement: what is kept, for what, until when.
"""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bpc.portal.ideas.states import Speaker
from bpc.portal.people.contacts import Contact, parse_contact
from bpc.portal.people.phones import NotAPhoneNumber, normalise
from bpc.portal.people.queries import contacts_of
from bpc.portal.projects.states import Answer
from bpc.portal.seats.giving import Attendee
from bpc.portal.web.ideas.fields import PlainText

_ANSWERS = [(Answer.YES, _("Oui")), (Answer.NO, _("Non")), (Answer.UNKNOWN, _("Je préfère ne pas le dire"))]
_KINDS = [("", _("Je préfère ne pas le dire")), *Speaker.choices]


class AttendeeForm(forms.Form):
    """What is asked of everybody: who, which language, and, if they like, which public."""

    name = PlainText(
        label=_("Nom et prénom"), longest=80, shortest=2, attrs={"autocomplete": "name"},
        required_message=_("Dites comment vous appeler à l’entrée."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Dans quelle langue vous écrire ?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    woman = forms.ChoiceField(
        label=_("Êtes-vous une femme ?"), choices=_ANSWERS, required=False, widget=forms.RadioSelect
    )
    young = forms.ChoiceField(
        label=_("Avez-vous moins de 35 ans ?"), choices=_ANSWERS, required=False, widget=forms.RadioSelect
    )
    actor_kind = forms.ChoiceField(label=_("Vous venez comme"), choices=_KINDS, required=False)
    submission_key = forms.UUIDField(widget=forms.HiddenInput)

    def attendee(self, contact: Contact, user_id: int | None = None) -> Attendee:
        """Who comes, once the form is valid."""
        said = self.cleaned_data
        return Attendee(
            name=said["name"], phone=contact.phone, email=contact.email, language=said["language"],
            woman=said["woman"] or Answer.UNKNOWN, young=said["young"] or Answer.UNKNOWN,
            actor_kind=said["actor_kind"], user_id=user_id,
        )  # fmt: skip

    @property
    def key(self) -> UUID:
        """The key of this form, even when the rest of it is wrong; a new one when that is what is wrong."""
        try:
            return UUID(str(self["submission_key"].value()))
        except ValueError:
            return uuid4()


class RegistrationForm(AttendeeForm):
    """On the site. A person with an account gives no contact: theirs is known."""

    agreement: Any
    contact = forms.CharField(
        label=_("Votre téléphone ou votre e-mail"),
        help_text=_("Pour vous envoyer votre code et vous prévenir. Seuls les organisateurs le voient."),
        max_length=254,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "tel"}),
        error_messages={
            "required": _("Donnez un numéro de téléphone ou un e-mail, pour recevoir votre code.")
        },
    )
    agreed = forms.BooleanField(
        error_messages={"required": _("Cochez cette case : sans votre accord, nous ne gardons rien.")},
    )
    website = forms.CharField(label=_("Laissez ce champ vide"), required=False, max_length=200)
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)
    field_order = ("name", "contact", "language", "woman", "young", "actor_kind", "agreed")

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["agreed"].label = self.agreement
        if person.is_authenticated and any(contacts_of(person)):
            del self.fields["contact"]

    def clean_contact(self) -> Contact:
        """An address or a number, whichever was typed."""
        return parse_contact(self.cleaned_data["contact"])

    @property
    def contact_given(self) -> Contact:
        """The contact typed, or those of the account."""
        if "contact" in self.fields:
            given: Contact = self.cleaned_data["contact"]
            return given
        email, phone = contacts_of(self.person)
        return Contact(email=email or "", phone=phone or "")


class DeskForm(AttendeeForm):
    """At the organisers' desk: by phone, or on the spot where a contact may be missing."""

    agreement: Any
    contact = forms.CharField(
        label=_("Téléphone ou e-mail"),
        required=False,
        max_length=254,
        help_text=_("Sans contact, la personne ne sera prévenue de rien."),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    agreed = forms.BooleanField(error_messages={"required": _("Dites-le à la personne, puis cochez.")})
    field_order = ("name", "contact", "language", "woman", "young", "actor_kind", "agreed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = self.agreement

    def clean_contact(self) -> Contact:
        """Any number here, a landline too: the desk may call it."""
        text = self.cleaned_data["contact"].strip()
        if not text:
            return Contact()
        if "@" in text:
            return parse_contact(text)
        try:
            return Contact(phone=normalise(text))
        except NotAPhoneNumber:
            raise ValidationError(_("Écrivez un numéro complet. Exemple : 06 12 34 56 78"), "phone") from None


class CodeForm(forms.Form):
    """The short code said or shown at the door."""

    code = forms.CharField(
        label=_("Code de la personne"),
        max_length=40,
        help_text=_("Sept lettres et chiffres. Exemple : K7M4-2QX"),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Écrivez le code.")},
    )
