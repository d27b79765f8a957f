"""The forms of the vault."""

from enum import Enum
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.ideas.languages import language_of
from bpc.portal.projects.received import PaperRefusal
from bpc.portal.vault.actions import Description
from bpc.portal.vault.models import OTHER_KIND, RECEIPT_KIND, Audience
from bpc.portal.vault.papers import kept_kinds, kind_name, proposed_expiry
from bpc.portal.web.ideas.fields import PlainText

_FIRST_YEAR, _LAST_YEAR = 1980, 2100

REFUSED_PAPERS: dict[Enum, Any] = {
    PaperRefusal.TOO_HEAVY: gettext_lazy("Ce fichier est trop lourd : 10 Mo au plus en PDF, 15 Mo en photo."),
    PaperRefusal.EMPTY: gettext_lazy("Ce fichier est vide. Choisissez-en un autre."),
    PaperRefusal.WRONG_TYPE: gettext_lazy("Ce fichier n’est ni un PDF ni une photo (JPEG ou PNG)."),
    PaperRefusal.HEIC: gettext_lazy(
        "Cette photo est au format HEIC, que tout le monde ne lit pas. Envoyez une capture d’écran de la photo."
    ),
    PaperRefusal.DAMAGED: gettext_lazy("Ce fichier est abîmé ou incomplet. Numérisez la pièce de nouveau."),
    PaperRefusal.LOCKED: gettext_lazy("Ce PDF est protégé par un mot de passe. Envoyez-le sans protection."),
    PaperRefusal.ACTIVE: gettext_lazy(
        "Ce PDF contient un programme ou des fichiers cachés. Imprimez-le en PDF, puis envoyez le nouveau fichier."
    ),
    PaperRefusal.INFECTED: gettext_lazy("L’antivirus a trouvé un virus dans ce fichier. Il n’est pas gardé."),
    PaperRefusal.UNSCANNED: gettext_lazy("L’antivirus ne répond pas. Réessayez dans quelques minutes."),
    PaperRefusal.TOO_LARGE: gettext_lazy("Ce fichier est trop grand. Réduisez-le ou envoyez-en un autre."),
}  # fmt: skip


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day in three boxes."""
    return forms.DateField(
        label=label, required=required, help_text=help_text,
        widget=forms.SelectDateWidget(years=range(_FIRST_YEAR, _LAST_YEAR)),
        error_messages={"required": gettext_lazy("Donnez cette date."),
                        "invalid": gettext_lazy("Cette date n’existe pas. Vérifiez le jour et le mois.")},
    )  # fmt: skip


class DatesForm(forms.Form):
    """From when until when a paper holds."""

    issued_on = day_field(
        gettext_lazy("Date de la pièce"), help_text=gettext_lazy("Celle qui est écrite dessus.")
    )
    expires_on = day_field(
        gettext_lazy("Valable jusqu’au"),
        help_text=gettext_lazy("Si vous ne savez pas, laissez vide : nous proposons la durée habituelle."),
    )

    #: Whether an expiry left empty is proposed from the usual duration.
    proposes = True

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        """An expiry after the issue; none to come for the issue; the usual one where none was given."""
        cleaned = super().clean() or self.cleaned_data
        issued, expires = cleaned.get("issued_on"), cleaned.get("expires_on")
        if issued is not None and issued > timezone.localdate():
            self.add_error("issued_on", _("Cette date est à venir. Vérifiez-la."))
        if issued is not None and expires is not None and expires < issued:
            self.add_error("expires_on", _("La pièce ne peut pas expirer avant d’exister."))
        kind = cleaned.get("kind") or self.kind
        if expires is None and self.proposes and not self.errors:
            cleaned["expires_on"] = proposed_expiry(kind, issued)
        return cleaned

    def description(self) -> Description:
        """What was said, once the form is valid."""
        label = self.cleaned_data.get("label", "")
        return Description(
            self.cleaned_data.get("kind") or self.kind, self.cleaned_data["issued_on"],
            self.cleaned_data["expires_on"], label, language_of(label),
            self.cleaned_data.get("audience") or Audience.ADVISOR,
        )  # fmt: skip


class PaperDatesForm(DatesForm):
    """Dates put right later: an expiry taken out stays out."""

    proposes = False


class _PaperFile(forms.FileField):
    """One file, judged by its content when it is kept."""

    default_error_messages = {
        "required": gettext_lazy("Choisissez un fichier."),
        "empty": gettext_lazy("Ce fichier est vide. Choisissez-en un autre."),
    }


class ReplaceForm(DatesForm):
    """A newer paper in place of one."""

    file = _PaperFile(
        label=gettext_lazy("Le fichier"),
        help_text=gettext_lazy("PDF, ou photo nette de toute la page."),
        widget=forms.FileInput({"accept": "application/pdf,image/jpeg,image/png"}),
        max_length=None,
    )
    field_order = ("kind", "label", "file", "issued_on", "expires_on", "audience")


def audience_field(**more: Any) -> forms.ChoiceField:
    """Who reads a paper."""
    return forms.ChoiceField(
        label=gettext_lazy("Qui peut la lire ?"), widget=forms.RadioSelect, choices=Audience.choices,
        error_messages={"required": gettext_lazy("Choisissez qui peut la lire."),
                        "invalid_choice": gettext_lazy("Choisissez une réponse de la liste.")}, **more,
    )  # fmt: skip


def audiences(owns: bool) -> list[tuple[str, Any]]:
    """What a person may choose: only an owner keeps a paper for the owners."""
    return [(value, label) for value, label in Audience.choices if owns or value != Audience.OWNERS]


class AudienceForm(forms.Form):
    """Who reads a paper from now on."""

    audience = audience_field()

    def __init__(self, *args: Any, owns: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = audiences(owns)  # type: ignore[attr-defined]  # a choice field


class ShareForm(forms.Form):
    """For whom a link is, and how long."""

    reader = PlainText(
        label=gettext_lazy("Pour qui ?"),
        help_text=gettext_lazy("Par exemple : la banque, agence de Taroudannt."),
        longest=80, required_message=gettext_lazy("Écrivez pour qui est ce lien."),
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=gettext_lazy("Pendant combien de temps ?"), coerce=int, initial=7, widget=forms.RadioSelect,
        choices=[(3, gettext_lazy("3 jours")), (7, gettext_lazy("7 jours")), (14, gettext_lazy("14 jours")),
                 (30, gettext_lazy("30 jours"))],
        error_messages={"required": gettext_lazy("Choisissez une durée."),
                        "invalid_choice": gettext_lazy("Choisissez une réponse de la liste.")},
    )  # fmt: skip


class PaperForm(ReplaceForm):
    """A paper to put in the vault."""

    kind = forms.ChoiceField(  # type: ignore[assignment]  # a declared field, no attribute
        label=gettext_lazy("Quelle pièce ?"),
        error_messages={"required": gettext_lazy("Choisissez la pièce."),
                        "invalid_choice": gettext_lazy("Choisissez une pièce de la liste.")},
    )  # fmt: skip
    label = PlainText(
        label=gettext_lazy("Comment l’appelez-vous ?"),
        help_text=gettext_lazy("Seulement pour « Autre pièce »."), longest=80, required=False,
    )  # fmt: skip
    audience = audience_field(initial=Audience.ADVISOR, required=False)

    def __init__(self, *args: Any, owns: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = audiences(owns)  # type: ignore[attr-defined]
        kinds = [(kind.code, kind_name(kind.code)) for kind in kept_kinds()]
        others = [(RECEIPT_KIND, kind_name(RECEIPT_KIND)), (OTHER_KIND, kind_name(OTHER_KIND))]
        self.fields["kind"].choices = [("", _("Choisissez")), *kinds, *others]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A paper of no kind has a name."""
        cleaned = super().clean()
        if cleaned.get("kind") == OTHER_KIND and not cleaned.get("label") and "label" not in self.errors:
            self.add_error("label", _("Donnez un nom à cette pièce."))
        return cleaned
