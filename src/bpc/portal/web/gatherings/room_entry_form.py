"""What a clerk types from a paper form, in the order of the paper."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bpc.portal.gatherings.models import Gathering, PaperSlip
from bpc.portal.gatherings.room.speaking import phone_of
from bpc.portal.ideas import deposit
from bpc.portal.ideas.languages import language_of
from bpc.portal.ideas.references import normalise
from bpc.portal.ideas.states import Speaker
from bpc.portal.reference.models import Sector, Territory
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.ideas.places import commune_answered, commune_fault

KEPT = (
    "commune_name",
    "commune",
    "sector",
)  # from one form to the next: one village hands its papers in together

_PHONE = {"dir": "ltr", "inputmode": "tel", "autocomplete": "off"}


class EntryForm(forms.Form):
    """One paper form. The commune is typed by name, or chosen by its code when several answer."""

    code = forms.CharField(
        label=_("Code du formulaire"),
        max_length=40,
        widget=forms.TextInput(
            {"dir": "ltr", "autocomplete": "off", "autofocus": True, "spellcheck": "false"}
        ),
        error_messages={"required": _("Écrivez le code imprimé en haut du formulaire.")},
    )
    title = PlainText(
        label=_("L’idée, en une phrase"), longest=120, required_message=_("Écrivez l’idée en une phrase.")
    )
    need = PlainText(label=_("Le besoin"), longest=3000, required=False, lines=2)
    proposal = PlainText(label=_("La proposition"), longest=5000, required=False, lines=3)
    commune_name = forms.CharField(
        label=_("Commune"),
        max_length=100,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off", "list": "entry-communes"}),
        error_messages={"required": _("Écrivez la commune.")},
    )
    commune = forms.CharField(max_length=12, required=False)
    sector = forms.ModelChoiceField(
        label=_("Secteur"), queryset=Sector.objects.all(), empty_label=_("Choisir"),
        error_messages={"required": _("Choisissez le secteur."), "invalid_choice": _("Choisissez le secteur.")},
    )  # fmt: skip
    speaker = forms.ChoiceField(label=_("Qui parle ?"), choices=Speaker.choices, initial=Speaker.CITIZEN)
    contact_name = PlainText(label=_("Nom"), longest=80, required=False, attrs={"autocomplete": "off"})
    contact_phone = forms.CharField(
        label=_("Téléphone"), max_length=24, required=False, widget=forms.TextInput(_PHONE)
    )  # fmt: skip
    agreed = forms.BooleanField(label=_("Case cochée : nom et numéro gardés"), required=False)
    show_author = forms.BooleanField(label=_("Case cochée : nom publié"), required=False)
    hands = forms.IntegerField(
        label=_("Mains levées, si elles ont été comptées"), min_value=0, max_value=100_000, required=False
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, gathering: Gathering, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial={"submission_key": uuid4(), **(initial or {})})
        self.gathering = gathering
        self.slip: PaperSlip | None = None
        self.chosen: Territory | None = None
        self.choices: list[Territory] = []
        self.fields["sector"].label_from_instance = lambda one: one.name  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """The code of a form printed for this meeting."""
        code = normalise(self.cleaned_data["code"])
        if not code:
            raise ValidationError(
                _("Ce code n’existe pas : un signe est faux. Relisez les sept signes."), "check"
            )
        self.slip = PaperSlip.objects.select_related("idea", "gathering").filter(code=code).first()
        if self.slip is None:
            raise ValidationError(_("Ce code n’a été imprimé pour aucune rencontre."), "unknown")
        if self.slip.gathering_id != self.gathering.pk:
            raise ValidationError(_("Ce formulaire est celui d’une autre rencontre."), "elsewhere")
        return code

    def clean_contact_phone(self) -> str:
        """In the form that is stored."""
        typed = self.cleaned_data["contact_phone"].strip()
        number = phone_of(typed)
        if typed and not number:
            raise ValidationError(
                _("Ce numéro n’est pas complet. Relisez-le, ou laissez le champ vide."), "phone"
            )
        return number

    def clean(self) -> dict[str, Any]:
        """The commune from what was typed; a name only if the person ticked the box."""
        cleaned = super().clean() or self.cleaned_data
        answer = commune_answered(cleaned)
        self.chosen, self.choices = answer.commune, answer.choices
        if answer.commune is None and not self.has_error("commune_name"):
            self.add_error(
                "commune_name",
                commune_fault(answer, cleaned.get("commune_name", ""), _("Écrivez la commune.")),
            )
        if not self.has_error("title") and not cleaned.get("need") and not cleaned.get("proposal"):
            cleaned["proposal"] = cleaned.get("title", "")
        return cleaned

    def content(self) -> deposit.Content:
        """What the paper says."""
        data = self.cleaned_data
        assert self.chosen is not None
        agreed = data["agreed"]
        return deposit.Content(
            title=data["title"], need=data["need"], proposal=data["proposal"],
            language=language_of(f"{data['title']} {data['need']} {data['proposal']}"), sector_id=data["sector"].pk,
            commune=self.chosen, speaker=data["speaker"], contact_name=data["contact_name"] if agreed else "",
            contact_phone=data["contact_phone"] if agreed else "",
            show_author=bool(agreed and data["show_author"] and data["contact_name"]),
        )  # fmt: skip
