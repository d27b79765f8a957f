"""What every form by which somebody tells something asks: where, who, with which files, how to answer.

A form of its own (an idea, a need, an opportunity) adds what is told and its own words.
"""

from typing import Any, ClassVar, cast
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bpc.portal.ideas.languages import language_of
from bpc.portal.ideas.pending import pending_files
from bpc.portal.ideas.states import Audience, Speaker
from bpc.portal.people.contacts import Contact, parse_contact
from bpc.portal.people.models import Organisation
from bpc.portal.people.queries import organisations_of
from bpc.portal.reference.models import Territory
from bpc.portal.web.ideas import photo_words
from bpc.portal.web.ideas.fields import ExpectedText, ManyFiles, PlainText
from bpc.portal.web.ideas.places import commune_answered, commune_at, commune_fault

_AUTOMATIC = ("", _("À reconnaître automatiquement"))
_DECIMAL = {"inputmode": "decimal", "dir": "ltr", "autocomplete": "off"}


class TellingForm(forms.Form):
    """`written` is what is amended, None for something new. A `person` with an account gives no contact.

    Subclasses say `commune_missing` and, in `own_words`, the labels and messages that name what is told:
    field → attribute → text.
    """

    commune_missing: Any = ""
    own_words: ClassVar[dict[str, dict[str, Any]]] = {}

    commune_name = ExpectedText(
        label=_("Dans quelle commune ?"),
        max_length=100,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )
    commune = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)
    commune_for = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    lat = forms.CharField(
        label=_("Latitude"), max_length=24, required=False, widget=forms.TextInput(_DECIMAL)
    )
    lon = forms.CharField(
        label=_("Longitude"), max_length=24, required=False, widget=forms.TextInput(_DECIMAL)
    )
    audience = forms.ChoiceField(
        label=_("Pour qui d’abord ?"), choices=[("", _("Sans préférence")), *Audience.choices], required=False
    )
    language = forms.ChoiceField(
        label=_("Langue de votre texte"), choices=[_AUTOMATIC, *settings.LANGUAGES], required=False
    )
    speaker = forms.ChoiceField(
        label=_("Qui parle ?"),
        choices=Speaker.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites au nom de qui vous parlez.")},
    )
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        required=False,
        blank=True,  # else radio buttons would leave out the one that says no
        empty_label=_("Non, en mon nom"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choisissez une organisation dont vous êtes membre.")},
    )
    photos = ManyFiles(
        label=_("Photos"),
        help_text=_(
            "Trois au plus, en JPEG, PNG ou WebP, 15 Mo chacune. Le lieu caché dans la photo est effacé."
        ),
        required=False,
        widget=ManyFiles.widget({"accept": "image/jpeg,image/png,image/webp"}),
    )
    document = ManyFiles(
        label=_("Ou un document"),
        help_text=_("Un fichier PDF de 10 Mo au plus."),
        required=False,
        widget=forms.FileInput({"accept": "application/pdf"}),
    )
    contact_name = PlainText(label=_("Votre nom"), longest=80, required=False, attrs={"autocomplete": "name"})
    contact = forms.CharField(
        label=_("Votre e-mail ou votre téléphone"),
        help_text=_(
            "Pour vous répondre. Il n’est jamais publié ; seule la délégation de votre région le voit."
        ),
        max_length=254,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "email"}),
        error_messages={
            "required": _(
                "Donnez un e-mail ou un numéro de téléphone, pour que nous puissions vous répondre."
            )
        },
    )
    show_author = forms.BooleanField(required=False)
    agreed = forms.BooleanField()
    website = forms.CharField(label=_("Laissez ce champ vide"), required=False, max_length=200)
    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, person: Any, written: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.written = person, written
        self.commune_choices: list[Territory] = []
        self.chosen_commune: Territory | None = None
        for name, words in self.own_words.items():
            for attribute, text in words.items():
                if attribute == "required":
                    self.fields[name].error_messages["required"] = text
                else:
                    setattr(self.fields[name], attribute, text)
        for name in ("contact", "agreed") if person.is_authenticated or written is not None else ():
            del self.fields[name]
        if person.is_authenticated:
            del self.fields["contact_name"]
        self._offer_organisations()
        photo_words.add_new(self)
        photo_words.add_received(self, pending_files(self.key), photo_words.PENDING)
        if written is not None:
            photo_words.add_received(self, written.attachments.all(), photo_words.KEPT)

    def _offer_organisations(self) -> None:
        """The person's own. Without any, the question is not asked, unless an answer came to be refused."""
        own = organisations_of(self.person) if self.person.is_authenticated else Organisation.objects.none()
        if own.exists() or self.data.get("organisation"):
            cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"]).queryset = own
        else:
            del self.fields["organisation"]

    @property
    def key(self) -> UUID:
        """The key of this form, even when the rest of it is wrong; a new one when that is what is wrong."""
        try:
            return UUID(str(self["submission_key"].value()))
        except ValueError:
            return uuid4()

    def clean_contact(self) -> Contact:
        """An address or a number, whichever was typed."""
        return parse_contact(self.cleaned_data["contact"])

    def clean_lat(self) -> float | None:
        """Degrees north."""
        return _degrees(self.cleaned_data["lat"], 90)

    def clean_lon(self) -> float | None:
        """Degrees east."""
        return _degrees(self.cleaned_data["lon"], 180)

    def clean(self) -> dict[str, Any]:
        """The commune from its code, its name or the point; all that were given must agree."""
        cleaned = super().clean() or self.cleaned_data
        at_point = self._commune_of_point(cleaned)
        answer = commune_answered(cleaned)
        self.chosen_commune, self.commune_choices = answer.commune or at_point, answer.choices
        if answer.commune and at_point and answer.commune.pk != at_point.pk:
            message = _("Ce point est dans la commune de %(there)s, pas de %(here)s. Corrigez l’un des deux.")
            names = {"there": at_point.name, "here": answer.commune.name}
            self.add_error("lat", ValidationError(message, "elsewhere", names))
        elif self.chosen_commune is None and not self.has_error("lat") and not self.has_error("lon"):
            name = cleaned.get("commune_name", "")
            self.add_error("commune_name", commune_fault(answer, name, self.commune_missing))
        return cleaned

    def told_columns(self, texts: str) -> dict[str, Any]:
        """What these fields say of where, who and how to answer; `texts` tells the language when nobody did."""
        data = self.cleaned_data
        organisation = data.get("organisation")
        contact = data.get("contact") or _kept_contact(self.written)
        return {
            "language": data["language"] or language_of(texts),
            "lon": data["lon"],
            "lat": data["lat"],
            "speaker": data["speaker"] or Speaker.CITIZEN,
            "audience": data["audience"],
            "organisation_id": organisation.pk if organisation is not None else None,
            "show_author": data["show_author"],
            "contact_name": data.get("contact_name", ""),
            "contact_email": contact.email,
            "contact_phone": contact.phone,
        }

    def _commune_of_point(self, cleaned: dict[str, Any]) -> Territory | None:
        lat, lon = cleaned.get("lat"), cleaned.get("lon")
        if self.has_error("lat") or self.has_error("lon") or (lat is None and lon is None):
            return None
        if lat is None or lon is None:
            message = _("Donnez la latitude et la longitude, ou aucune des deux.")
            self.add_error("lat" if lat is None else "lon", ValidationError(message, "half"))
            return None
        found = commune_at(lat, lon)
        if found is None:
            message = _(
                "Ce point est en mer ou hors du Maroc. Corrigez-le, ou effacez-le et nommez la commune."
            )
            self.add_error("lat", ValidationError(message, "nowhere"))
        return found


def initial_of_telling(written: Any) -> dict[str, Any]:
    """The values of these fields for something to be amended, under a new key for the files that will be added."""
    return {
        "lat": _shown(written.lat), "lon": _shown(written.lon),
        "audience": written.audience, "language": written.language, "speaker": written.speaker,
        "organisation": written.organisation_id,
        "contact_name": written.contact_name, "show_author": written.show_author,
        "submission_key": uuid4(), "version": written.version,
    }  # fmt: skip


def _shown(degrees: float | None) -> str:
    return "" if degrees is None else f"{degrees:.6f}"


def _kept_contact(written: Any) -> Contact:
    return Contact(written.contact_email, written.contact_phone) if written is not None else Contact()


def _degrees(text: str, most: int) -> float | None:
    """The number typed, with a comma or a point; None when nothing was."""
    if not text.strip():
        return None
    try:
        value = float(text.strip().replace(",", ".").replace("−", "-"))
    except ValueError:
        raise ValidationError(_("Écrivez un nombre, par exemple 31,7917."), "number") from None
    if not abs(value) <= most:
        raise ValidationError(
            _("Ce nombre doit être compris entre −%(most)s et %(most)s."), "range", {"most": most}
        )
    return value
