"""What is filled in: what a partner receives of a learner, a partner course, a partner's tool, the record store."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.partner_courses.courses import MOST_CUSTOM, Content
from bpc.portal.partner_courses.models import (
    LONGEST_ABOUT,
    LONGEST_NAME,
    LONGEST_TITLE,
    LONGEST_URL,
    Partner,
    PartnerCourse,
    PartnerIdentity,
)
from bpc.portal.partner_courses.partner_keys import UnreadableKeys, pasted_keys
from bpc.portal.partner_courses.reaching import is_reachable
from bpc.portal.partner_courses.registering import Tool
from bpc.portal.partner_courses.states import CourseLanguage, PartnerState
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.partner_courses.words import lack_choices

_NUMBER = {"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}
_CODE = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
_LONGEST_LIST = 4000
_LONGEST_KEYS = 20_000


class SharingForm(forms.Form):
    """What a partner may receive beside its number: nothing unless ticked. `kept`: what was chosen before."""

    name = forms.BooleanField(required=False)
    email = forms.BooleanField(required=False)

    def __init__(
        self, data: Any = None, *, person: Any, partner: Partner, kept: PartnerIdentity | None = None
    ) -> None:
        initial = {} if kept is None else {"name": kept.shares_name, "email": kept.shares_email}
        prefix = "" if kept is None else f"p{kept.pk}"
        super().__init__(data, initial=initial, auto_id=f"{prefix}_%s" if prefix else "id_%s")
        self.fields["name"].label = _("Mon nom : %(name)s") % {"name": person.display_name}
        self.fields["email"].label = _("Mon adresse : %(email)s") % {"email": person.email}
        # what the person never gave us cannot be sent
        for field, value in (("name", person.display_name), ("email", person.email)):
            if not value:
                self.fields[field].disabled = True
                self.fields[field].widget = forms.HiddenInput()


class Addresses(forms.CharField):
    """Addresses, one a line, each of which may be a partner's."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """The lines, without the empty ones, each once."""
        lines = [line.strip() for line in str(value or "").splitlines()]
        return list(dict.fromkeys(filter(None, lines)))

    def validate(self, value: Any) -> None:
        """Name the first address at fault."""
        super().validate(value)
        for address in value:
            _check_address(address)

    def run_validators(self, value: Any) -> None:
        """Those of a text do not fit a list."""


def _check_address(address: str) -> None:
    if len(address) > LONGEST_URL or not is_reachable(address):
        message = _("« %(address)s » n’est pas une adresse https complète, sans mot de passe ni « # ».")
        raise ValidationError(message % {"address": address[:100]}, "address")


class Address(forms.CharField):
    """An address that may be a partner's."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput({**_CODE, "inputmode": "url"}), **kwargs)

    def validate(self, value: Any) -> None:
        """Refuse one that we would not open."""
        super().validate(value)
        if value:
            _check_address(value)


class PartnerForm(forms.Form):
    """A partner's tool, as its keeper tells of it."""

    use_required_attribute = False

    name = PlainText(label=gettext_lazy("Nom du partenaire"), longest=LONGEST_NAME, shortest=2)
    login_url = Address(
        label=gettext_lazy("Adresse d’ouverture de session"),
        help_text=gettext_lazy("« Initiate login URL » dans l’outil du partenaire."),
    )
    launch_url = Address(
        label=gettext_lazy("Adresse du cours"),
        help_text=gettext_lazy("« Target link URI » ou « Tool URL » : là où l’outil montre ses cours."),
    )
    redirect_urls = Addresses(
        label=gettext_lazy("Adresses de retour admises, une par ligne"),
        widget=forms.Textarea({**_CODE, "rows": 3}),
        help_text=gettext_lazy(
            "« Redirection URIs ». Ce que nous signons n’est envoyé qu’à celles-ci, à la lettre près."
        ),
    )
    keyset_url = Address(
        label=gettext_lazy("Adresse de ses clés publiques"),
        required=False,
        help_text=gettext_lazy("« Public keyset URL » ou « JWKS URL »."),
    )
    public_keys = forms.CharField(
        label=gettext_lazy("Ou sa clé publique, recopiée"),
        required=False,
        max_length=_LONGEST_KEYS,
        widget=forms.Textarea({**_CODE, "rows": 4}),
        help_text=gettext_lazy("Au format PEM ou JWKS, si l’outil n’a pas d’adresse de clés."),
    )
    privacy_url = Address(
        label=gettext_lazy("Page où le partenaire dit ce qu’il fait des données"),
        required=False,
        help_text=gettext_lazy("Elle est montrée avant d’ouvrir un cours."),
    )

    def __init__(self, *args: Any, partner: Partner | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partner = partner

    def clean_name(self) -> str:
        """Two partners of one name would be taken for each other."""
        name: str = self.cleaned_data["name"]
        others = Partner.objects.filter(name__iexact=name)
        if self.partner is not None:
            others = others.exclude(pk=self.partner.pk)
        if others.exists():
            raise ValidationError(_("Un partenaire porte déjà ce nom."), "taken")
        return name

    def clean_public_keys(self) -> str:
        """A key that verifies signatures."""
        text: str = self.cleaned_data["public_keys"].strip()
        if text:
            try:
                pasted_keys(text)
            except UnreadableKeys:
                message = _("Ce n’est pas une clé publique RSA de 2 048 bits ou plus, au format PEM ou JWKS.")
                raise ValidationError(message, "keys") from None
        return text

    def clean(self) -> dict[str, Any]:
        """One way to know its keys."""
        said = super().clean() or self.cleaned_data
        if (
            "keyset_url" in said
            and "public_keys" in said
            and bool(said["keyset_url"]) == bool(said["public_keys"])
        ):
            message = _("Donnez l’adresse de ses clés, ou une clé recopiée : l’une des deux.")
            self.add_error("keyset_url", ValidationError(message, "keys"))
        return said

    def tool(self) -> Tool:
        """What was filled in, once valid."""
        return Tool(**{**self.cleaned_data, "redirect_urls": tuple(self.cleaned_data["redirect_urls"])})


def partner_initial(partner: Partner) -> dict[str, Any]:
    """The form as a partner is kept."""
    kept = {name: getattr(partner, name) for name in PartnerForm.base_fields}
    return {**kept, "redirect_urls": "\n".join(partner.redirect_urls)}


class CourseForm(forms.Form):
    """A partner course, as its keeper tells of it."""

    use_required_attribute = False

    partner = forms.ModelChoiceField(
        label=gettext_lazy("Partenaire"),
        queryset=Partner.objects.none(),
        empty_label=gettext_lazy("Choisissez"),
    )
    title_fr = PlainText(label=gettext_lazy("Titre en français"), longest=LONGEST_TITLE, shortest=3)
    title_ar = PlainText(label=gettext_lazy("Titre en arabe"), longest=LONGEST_TITLE, shortest=3)
    about_fr = PlainText(
        label=gettext_lazy("Ce que l’on y apprend, en français"), longest=LONGEST_ABOUT, lines=4, shortest=10
    )
    about_ar = PlainText(
        label=gettext_lazy("Ce que l’on y apprend, en arabe"), longest=LONGEST_ABOUT, lines=4, shortest=10
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Langues du cours"),
        choices=CourseLanguage.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Durée, en minutes"), required=False, min_value=1, max_value=20_000,
        widget=forms.TextInput(_NUMBER), help_text=gettext_lazy("Laissez vide si vous ne la connaissez pas."),
    )  # fmt: skip
    licence = PlainText(
        label=gettext_lazy("Licence du contenu"), longest=LONGEST_TITLE,
        help_text=gettext_lazy("Par exemple : CC BY-SA 4.0, ou « tous droits réservés »."),
    )  # fmt: skip
    credit = PlainText(label=gettext_lazy("Auteurs à citer"), longest=LONGEST_TITLE)
    target_url = Address(
        label=gettext_lazy("Adresse de ce cours chez le partenaire"),
        required=False,
        help_text=gettext_lazy("Vide : l’adresse enregistrée avec le partenaire (c’est le cas d’un Moodle)."),
    )
    custom = forms.CharField(
        label=gettext_lazy("Paramètres que l’outil attend, un par ligne"),
        required=False,
        max_length=_LONGEST_LIST,
        widget=forms.Textarea({**_CODE, "rows": 2}),
        help_text=gettext_lazy(
            "Sous la forme nom=valeur. Un Moodle donne « id=… » avec chaque cours publié."
        ),
    )
    pass_percent = forms.IntegerField(
        label=gettext_lazy("Note de réussite, sur 100"), required=False, min_value=1, max_value=100,
        widget=forms.TextInput(_NUMBER), help_text=gettext_lazy("Vide : terminer le cours suffit."),
    )  # fmt: skip
    answers = forms.MultipleChoiceField(
        label=gettext_lazy("À quelles questions de l’autodiagnostic ce cours aide-t-il à répondre ?"),
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, course: PartnerCourse | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Partner.objects.filter(state=PartnerState.ACTIVE).order_by("name")
        field: Any = self.fields["partner"]
        field.queryset = partners if course is None else Partner.objects.filter(pk=course.partner_id)
        answers: Any = self.fields["answers"]
        answers.choices = lack_choices()

    def clean_custom(self) -> dict[str, str]:
        """Names and values."""
        lines = [line.strip() for line in self.cleaned_data["custom"].splitlines() if line.strip()]
        pairs = [line.partition("=") for line in lines]
        if any(not name.strip() or not equals for name, equals, _value in pairs):
            raise ValidationError(_("Écrivez chaque paramètre sous la forme nom=valeur."), "pair")
        if len(pairs) > MOST_CUSTOM:
            raise ValidationError(_("C’est trop de paramètres : vingt au plus."), "many")
        return {name.strip(): value.strip() for name, _equals, value in pairs}

    def content(self) -> Content:
        """What was filled in, once valid."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return Content(**{**said, "languages": tuple(said["languages"]), "answers": tuple(said["answers"])})


def course_initial(course: PartnerCourse) -> dict[str, Any]:
    """The form as a course is kept."""
    kept = {name: getattr(course, name) for name in CourseForm.base_fields}
    return {**kept, "custom": "\n".join(f"{name}={value}" for name, value in course.custom.items())}


class RecordStoreForm(forms.Form):
    """Where statements leave for."""

    use_required_attribute = False

    endpoint = Address(
        label=gettext_lazy("Adresse du registre"),
        help_text=gettext_lazy("Sans « /statements » à la fin. Par exemple : https://lrs.exemple.ma/xapi"),
    )
    key = forms.CharField(
        label=gettext_lazy("Identifiant"), max_length=200, widget=forms.TextInput({**_CODE})
    )
    secret = forms.CharField(
        label=gettext_lazy("Mot de passe"), required=False, max_length=500, strip=False,
        widget=forms.PasswordInput({"autocomplete": "off", "dir": "ltr"}),
    )  # fmt: skip
    is_on = forms.BooleanField(
        label=gettext_lazy("Noter les parcours des personnes qui ont donné leur accord"), required=False
    )

    def __init__(self, *args: Any, has_secret: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_secret = has_secret
        hint = _("Laissez vide pour garder celui qui est enregistré.") if has_secret else ""
        self.fields["secret"].help_text = hint

    def clean_secret(self) -> str:
        """Needed the first time."""
        secret: str = self.cleaned_data["secret"]
        if not secret and not self.has_secret:
            raise ValidationError(_("Donnez le mot de passe du registre."), "required")
        return secret
