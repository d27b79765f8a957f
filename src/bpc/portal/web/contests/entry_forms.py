"""The forms of an entry: how it begins, its words, its files, its people, and what organisers decide of it."""

from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from bpc.portal.contests.completeness import ANSWER, has_vote, label_of
from bpc.portal.contests.entry_actions import EntryContent
from bpc.portal.contests.models import Edition, Entry, EntryMember
from bpc.portal.contests.states import Entrant
from bpc.portal.contests.team import Person
from bpc.portal.ideas.languages import language_of
from bpc.portal.ideas.pending import pending_files
from bpc.portal.people.contacts import Contact, parse_contact
from bpc.portal.people.models import Organisation
from bpc.portal.people.queries import organisations_of
from bpc.portal.projects.states import Answer
from bpc.portal.web.contests.entry_words import in_page_language
from bpc.portal.web.ideas import photo_words
from bpc.portal.web.ideas.fields import ManyFiles, PlainText
from bpc.portal.web.projects.forms import FreshKey, ProjectForm, commune_values

LONGEST_ANSWER = 3000
_CHOOSE = {"invalid_choice": _("Choisissez une réponse de la liste.")}


class AskedText(PlainText):
    """Shown as asked, saved empty all the same: what is missing is told before the entry is handed in."""

    def validate(self, value: str) -> None:
        """What is wrong with a text that was written."""
        if value:
            super().validate(value)


class AskedChoice(forms.ChoiceField):
    """The same for a choice."""

    def validate(self, value: str) -> None:
        """What is wrong with a choice that was made."""
        if value:
            super().validate(value)


class NewEntryForm(ProjectForm):
    """What an entry begun from nothing says first: its name, where it is, its sector."""

    submission_key = FreshKey()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_it(self)

    def content(self) -> EntryContent:
        """What was said, once the form is valid."""
        assert self.chosen_commune is not None
        title = self.cleaned_data["name"]
        return EntryContent(title, language_of(title), self.cleaned_data["sector"].pk, self.chosen_commune)


class EntryWordsForm(ProjectForm):
    """All that an entry says in words; what is missing is kept missing until it is handed in."""

    summary = AskedText(
        label=_("Votre proposition, en quelques phrases"),
        help_text=_("Ce que vous ferez ensemble, pour qui, avec quoi. C’est ce que l’on lira d’abord."),
        longest=600,
        lines=6,
    )
    entrant = AskedChoice(
        label=_("Qui se présente ?"),
        choices=Entrant.choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    organisation = forms.ModelChoiceField(
        label=_("Au nom de quelle organisation ?"),
        queryset=Organisation.objects.none(),
        required=False,
        blank=True,  # else radio buttons would leave out the one that says no
        empty_label=_("Aucune"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choisissez une organisation dont vous êtes membre.")},
    )
    video_url = forms.CharField(
        label=_("Lien d’une vidéo"),
        help_text=_(
            "Deux minutes filmées avec un téléphone suffisent. Mettez la vidéo où vous voulez ; copiez ici son "
            "adresse, qui commence par https://. Elle est montrée comme un lien."
        ),
        max_length=300,
        required=False,
        widget=forms.URLInput({"dir": "ltr", "autocomplete": "off", "inputmode": "url"}),
    )
    shown_to_voters = AskedChoice(
        label=_("Tout le monde peut-il lire votre candidature pendant le vote du public ?"),
        help_text=_("Le titre, la proposition, la commune et les photos. Jamais vos noms ni vos contacts."),
        choices=[(Answer.YES, _("Oui, nous participons au vote")), (Answer.NO, _("Non, seulement le jury"))],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, person: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition, self.entry = entry.edition, entry
        _name_it(self)
        for field in self.edition.form:
            self.fields[f"{ANSWER}{field['code']}"] = _asked(field)
        if not has_vote(self.edition):
            del self.fields["shown_to_voters"]
        own = organisations_of(person)
        if entry.organisation_id is not None:  # another member may have named theirs
            own = (own | Organisation.objects.filter(pk=entry.organisation_id)).distinct()
        if own.exists():
            cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"]).queryset = own
        else:
            del self.fields["organisation"]
        asked = [f"{ANSWER}{field['code']}" for field in self.edition.form]
        self.order_fields(
            ["name", "summary", *asked, "video_url", "entrant", "organisation", "commune_name", "sector"]
        )

    @property
    def asked(self) -> list[Any]:
        """The fields of the edition's form, as the page draws them."""
        return [self[f"{ANSWER}{field['code']}"] for field in self.edition.form]

    def clean_video_url(self) -> str:
        """An address over https, of any host; shown as a link, never opened by us."""
        return checked_video(self.cleaned_data["video_url"])

    def content(self) -> EntryContent:
        """What was said, once the form is valid."""
        assert self.chosen_commune is not None
        data = self.cleaned_data
        organisation = data.get("organisation")
        answers = {field["code"]: data[f"{ANSWER}{field['code']}"] for field in self.edition.form}
        return EntryContent(
            title=data["name"], summary=data["summary"], answers={code: text for code, text in answers.items() if text},
            language=language_of(" ".join((data["name"], data["summary"], *answers.values()))),
            sector_id=data["sector"].pk, commune=self.chosen_commune, entrant=data["entrant"],
            organisation_id=organisation.pk if organisation is not None else None, video_url=data["video_url"],
            shown_to_voters=data.get("shown_to_voters") or Answer.UNKNOWN,
        )  # fmt: skip


def initial_of(entry: Entry) -> dict[str, Any]:
    """The form's values for an entry to be amended."""
    return {
        "name": entry.title, "summary": entry.summary, "entrant": entry.entrant, "organisation": entry.organisation_id,
        "video_url": entry.video_url, "shown_to_voters": entry.shown_to_voters, "sector": entry.sector_id,
        "version": entry.version, **commune_values(entry.commune),
        **{f"{ANSWER}{code}": text for code, text in entry.answers.items()},
    }  # fmt: skip


def checked_video(text: str) -> str:
    """The address of a video. Raises `ValidationError` unless it is a plain https address.

    >>> checked_video(" https://exemple.ma/v?id=1 ")
    'https://exemple.ma/v?id=1'
    """
    address = text.strip()
    if not address:
        return ""
    try:
        URLValidator(schemes=["https"])(address)
        parts = urlsplit(address)
        if parts.username is not None or parts.port not in {None, 443}:
            raise ValidationError("disguised")
    except (ValidationError, ValueError):
        raise ValidationError(
            _("Copiez l’adresse entière de la vidéo. Elle commence par https://"), "video"
        ) from None
    return address


class EntryFilesForm(forms.Form):
    """Three photos and a PDF, with what each photo shows."""

    photos = ManyFiles(
        label=_("Photos"),
        help_text=_(
            "Trois au plus, en JPEG, PNG ou WebP, 15 Mo chacune. Le lieu caché dans la photo est effacé."
        ),
        required=False,
        widget=ManyFiles.widget({"accept": "image/jpeg,image/png,image/webp"}),
    )
    document = ManyFiles(
        label=_("Un document"),
        help_text=_("Un fichier PDF de 10 Mo au plus."),
        required=False,
        widget=forms.FileInput({"accept": "application/pdf"}),
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        photo_words.add_new(self)
        photo_words.add_received(self, pending_files(self.key), photo_words.PENDING)
        photo_words.add_received(self, entry.attachments.all(), photo_words.KEPT)

    @property
    def key(self) -> UUID:
        """The key under which its files wait, even when the rest of the form is wrong."""
        try:
            return UUID(str(self["submission_key"].value()))
        except ValueError:
            return uuid4()


class MemberForm(forms.Form):
    """Somebody of the team."""

    name = PlainText(
        label=_("Son nom"),
        help_text=_("Comme on l’appelle dans le groupe. Ni numéro de carte, ni date de naissance."),
        longest=80,
        shortest=2,
        required_message=_("Écrivez le nom de cette personne."),
    )
    role = PlainText(
        label=_("Ce qu’elle fait dans l’équipe"),
        help_text=_("Par exemple : trésorière, tient le séchoir, vend au souk."),
        longest=80,
        required=False,
    )
    contact = forms.CharField(
        label=_("Son e-mail ou son téléphone"),
        help_text=_(
            "Nous lui envoyons un lien pour dire si elle est d’accord. Il n’est montré à personne d’autre."
        ),
        max_length=254,
        required=False,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    woman = forms.ChoiceField(
        label=_("Est-ce une femme ?"), choices=Answer.choices, initial=Answer.UNKNOWN,
        widget=forms.RadioSelect, error_messages=_CHOOSE,
    )  # fmt: skip
    young = forms.ChoiceField(
        label=_("A-t-elle moins de 35 ans ?"), choices=Answer.choices, initial=Answer.UNKNOWN,
        widget=forms.RadioSelect, error_messages=_CHOOSE,
    )  # fmt: skip

    def __init__(self, *args: Any, of_account: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_account:  # they answer from it
            del self.fields["contact"]

    def clean_contact(self) -> Contact:
        """An address or a number; empty when none is given."""
        text = self.cleaned_data["contact"]
        return parse_contact(text) if text.strip() else Contact()

    def person(self) -> Person:
        """What was said, once the form is valid."""
        data = self.cleaned_data
        contact = data.get("contact") or Contact()
        return Person(data["name"], data["role"], data["woman"], data["young"], contact.email, contact.phone)


def member_values(member: EntryMember) -> dict[str, Any]:
    """The values of the form for somebody already named."""
    return {
        "name": member.name, "role": member.role, "woman": member.woman, "young": member.young,
        "contact": member.email or member.phone,
    }  # fmt: skip


class WitnessForm(forms.Form):
    """An agreement given in person, which the team declares."""

    witness = PlainText(
        label=_("Devant qui cette personne a-t-elle dit son accord ?"),
        help_text=_("Le nom et la fonction d’une personne hors de l’équipe, et le jour."),
        longest=160,
        shortest=5,
        required_message=_("Dites devant qui, et quand."),
    )
    sure = forms.BooleanField(
        label=_("Je déclare que cette personne a compris ce que nous présentons et qu’elle est d’accord."),
        error_messages={"required": _("Cochez cette case pour le déclarer.")},
    )


class AppealForm(forms.Form):
    """What the team answers to a refusal."""

    words = PlainText(
        label=_("Ce que vous répondez"),
        help_text=_("Ce que vous avez complété, ou pourquoi la règle vous semble respectée."),
        longest=1500,
        shortest=10,
        lines=5,
        required_message=_("Dites en une ou deux phrases ce qui a changé."),
    )


class DecisionForm(forms.Form):
    """Whether an entry is eligible, and why."""

    decision = forms.ChoiceField(
        label=_("Cette candidature est-elle recevable ?"),
        choices=[("accept", _("Oui, le jury la lira")), ("refuse", _("Non"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez oui ou non."), **_CHOOSE},
    )
    reason = PlainText(
        label=_("La raison, écrite à l’équipe"),
        help_text=_("Obligatoire pour un refus, et pour accepter malgré une règle non remplie."),
        longest=1000,
        lines=4,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class EditionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Editions by their name in the page's language."""

    def label_from_instance(self, obj: Any) -> str:
        """The name."""
        return in_page_language(obj, "name")


class InviteIdeaForm(forms.Form):
    """Which edition awaits an idea."""

    edition = EditionChoice(
        label=_("À quel idéathon ?"),
        queryset=Edition.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choisissez un idéathon."),
            "invalid_choice": _("Choisissez un idéathon de la liste."),
        },
    )
    message = PlainText(
        label=_("Un mot pour la personne"),
        help_text=_("Pourquoi son idée vous semble à sa place dans cet idéathon."),
        longest=600,
        lines=4,
        required=False,
    )

    def __init__(self, *args: Any, editions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(EditionChoice, self.fields["edition"]).queryset = editions


class RejectForm(forms.Form):
    """What is decided of a group of ballots, and why."""

    decision = forms.ChoiceField(choices=[("count", _("Compter")), ("reject", _("Écarter"))], required=True)
    reason = PlainText(
        label=_("Pourquoi ces votes sont écartés"), longest=300, required=False,
        help_text=_("Obligatoire pour écarter. Gardé avec chaque vote."),
    )  # fmt: skip


def _asked(field: dict[str, Any]) -> PlainText:
    """A field of the edition's form; what it demands is demanded only when the entry is handed in."""
    longest = int(field.get("max") or LONGEST_ANSWER)
    return AskedText(
        label=label_of(field), help_text=in_page_language(field, "help"), longest=longest,
        required=bool(field.get("required")), lines=1 if longest <= 160 else 5,
    )  # fmt: skip


def _name_it(form: forms.Form) -> None:
    """The name of a project's field in the words of an entry."""
    name = form.fields["name"]
    name.label, name.help_text = (
        _("Le nom de votre candidature"),
        _("Court et clair. Vous pourrez le changer."),
    )
    name.error_messages["required"] = _("Donnez un nom à votre candidature.")
    form.fields["sector"].error_messages["required"] = _("Choisissez le secteur le plus proche.")
