"""The forms of the vault and of applications."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.applications.actions import Told
from bpc.portal.applications.models import OTHER_KIND, RECEIPT_KIND, VaultDocument
from bpc.portal.applications.papers import kept_kinds, kind_name, proposed_expiry
from bpc.portal.applications.states import Refusal, Step
from bpc.portal.applications.vault import Description
from bpc.portal.ideas.languages import language_of
from bpc.portal.projects.received import PaperRefusal
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.plans.typed_numbers import NotANumber, read_number

_FIRST_YEAR, _LAST_YEAR = 1980, 2100
MOST_MAD = Decimal(1_000_000_000)

REFUSED_PAPERS = {
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
    PaperRefusal.TOO_LARGE: gettext_lazy("Cette photo est trop grande. Réduisez-la ou envoyez-en une autre."),
}  # fmt: skip


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day in three boxes."""
    return forms.DateField(
        label=label, required=required, help_text=help_text,
        widget=forms.SelectDateWidget(years=range(_FIRST_YEAR, _LAST_YEAR)),
        error_messages={"required": gettext_lazy("Donnez cette date."),
                        "invalid": gettext_lazy("Cette date n’existe pas. Vérifiez le jour et le mois.")},
    )  # fmt: skip


class AmountField(forms.CharField):
    """An amount in dirhams as people type it; None when empty."""

    def to_python(self, value: Any) -> Any:
        """A `Decimal` of two places."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            amount = Decimal(str(read_number(text))).quantize(Decimal("0.01"))
        except NotANumber as fault:
            raise ValidationError(str(fault), "number") from None
        if amount <= 0:
            raise ValidationError(_("Écrivez un montant plus grand que zéro."), "positive")
        if amount > MOST_MAD:
            raise ValidationError(_("Ce montant est trop grand. Vérifiez-le."), "large")
        return amount

    def validate(self, value: Any) -> None:
        """Only its absence is left to judge."""
        if self.required and value is None:
            raise ValidationError(_("Écrivez le montant."), "required")


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
    field_order = ("kind", "label", "file", "issued_on", "expires_on")


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.code, kind_name(kind.code)) for kind in kept_kinds()]
        others = [(RECEIPT_KIND, kind_name(RECEIPT_KIND)), (OTHER_KIND, kind_name(OTHER_KIND))]
        self.fields["kind"].choices = [("", _("Choisissez")), *kinds, *others]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A paper of no kind has a name."""
        cleaned = super().clean()
        if cleaned.get("kind") == OTHER_KIND and not cleaned.get("label") and "label" not in self.errors:
            self.add_error("label", _("Donnez un nom à cette pièce."))
        return cleaned


class OpenForm(forms.Form):
    """A file for a source of the directory."""

    source = forms.CharField(widget=forms.HiddenInput, max_length=60)
    amount = AmountField(
        label=gettext_lazy("Montant demandé"), required=False,
        help_text=gettext_lazy("En dirhams. Vous pourrez le changer tant que le dossier n’est pas envoyé."),
    )  # fmt: skip


class AskedForm(forms.Form):
    """The amount asked, while the file is being prepared."""

    amount = AmountField(label=gettext_lazy("Montant demandé"), required=False)


class PieceForm(forms.Form):
    """The text of a piece."""

    text = PlainText(
        label=gettext_lazy("Le texte de la pièce"), longest=6000, lines=16,
        required_message=gettext_lazy("Écrivez le texte, ou revenez au texte proposé."),
    )  # fmt: skip


_ON_LABELS = {
    Step.SEND: gettext_lazy("Envoyé le"),
    Step.ASK_MORE: gettext_lazy("Demandé le"),
    Step.ANSWER: gettext_lazy("Envoyé le"),
    Step.GRANT: gettext_lazy("Accordé le"),
    Step.REFUSE: gettext_lazy("Refusé le"),
    Step.PAY: gettext_lazy("Reçu le"),
    Step.ABANDON: gettext_lazy("Abandonné le"),
}
_TEXT_LABELS = {
    Step.SEND: gettext_lazy("Où, à qui, par quel moyen"),
    Step.ASK_MORE: gettext_lazy("Ce qui est demandé"),
    Step.ANSWER: gettext_lazy("Ce que vous avez envoyé"),
    Step.GRANT: gettext_lazy("Conditions"),
    Step.REFUSE: gettext_lazy("Ce qui a été dit"),
    Step.PAY: gettext_lazy("Remarque"),
    Step.ABANDON: gettext_lazy("Pourquoi"),
}
_WITH_AMOUNT = {Step.GRANT, Step.PAY}
_WITH_PROOF = {Step.SEND, Step.ANSWER, Step.GRANT, Step.REFUSE, Step.PAY}


class StepForm(forms.Form):
    """What happened: only the fields this step has."""

    on = day_field("", required=True)
    amount = AmountField(label=gettext_lazy("Montant"), required=False)
    due_on = day_field(gettext_lazy("À donner avant le"))
    refusal = forms.ChoiceField(
        label=gettext_lazy("Pour quelle raison ?"), widget=forms.RadioSelect,
        choices=[("", "")],
        error_messages={"required": gettext_lazy("Choisissez la raison la plus proche."),
                        "invalid_choice": gettext_lazy("Choisissez une raison de la liste.")},
    )  # fmt: skip
    text = PlainText(label="", longest=2000, lines=3, required=False)
    proof = forms.FileField(
        label=gettext_lazy("Preuve : récépissé, courrier, avis"), required=False,
        help_text=gettext_lazy("PDF ou photo. Elle sera gardée dans le coffre."),
        widget=forms.FileInput({"accept": "application/pdf,image/jpeg,image/png"}),
    )  # fmt: skip

    def __init__(self, *args: Any, step: Step, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step, self.today = step, today
        self.fields["on"].label = _ON_LABELS[step]
        self.fields["text"].label = _TEXT_LABELS[step]
        self.fields["text"].required = step == Step.ASK_MORE
        self.fields["amount"].required = step == Step.PAY
        self.fields["refusal"].choices = Refusal.choices  # type: ignore[attr-defined]
        gone = {
            "amount": step not in _WITH_AMOUNT,
            "due_on": step != Step.ASK_MORE,
            "refusal": step != Step.REFUSE,
            "proof": step not in _WITH_PROOF,
        }
        for name in (name for name, absent in gone.items() if absent):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """No day to come; an answer due after it was asked."""
        cleaned = super().clean() or self.cleaned_data
        on, due = cleaned.get("on"), cleaned.get("due_on")
        if on is not None and on > self.today:
            self.add_error("on", _("Cette date est à venir. Vérifiez-la."))
        if on is not None and due is not None and due < on:
            self.add_error("due_on", _("Cette date est avant la demande. Vérifiez-la."))
        return cleaned

    def told(self, proof: VaultDocument | None) -> Told:
        """What was said, once the form is valid."""
        said = self.cleaned_data
        text = said.get("text", "")
        return Told(
            on=said["on"], amount=said.get("amount"), due_on=said.get("due_on"), refusal=said.get("refusal", ""),
            text=text, language=language_of(text), proof=proof,
        )  # fmt: skip
