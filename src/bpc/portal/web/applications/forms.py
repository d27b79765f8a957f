"""The forms of applications."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.applications.actions import Told
from bpc.portal.applications.states import Refusal, Step
from bpc.portal.ideas.languages import language_of
from bpc.portal.vault.models import VaultDocument
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.plans.typed_numbers import NotANumber, read_number
from bpc.portal.web.vault.forms import day_field

MOST_MAD = Decimal(1_000_000_000)


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
