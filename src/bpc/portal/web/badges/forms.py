"""What somebody who checks writes, and what somebody who revokes does."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.badges.checking import LONGEST_FILE
from bpc.portal.badges.models import LONGEST_TEXT
from bpc.portal.web.ideas.fields import PlainText

LONGEST_PASTED = 40_000


class CodeForm(forms.Form):
    """The code of a certificate, as somebody copies it."""

    code = forms.CharField(
        label=gettext_lazy("Code de l’attestation"), max_length=40,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip


class CredentialForm(forms.Form):
    """A signed credential: its file, or its text."""

    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("Le fichier de l’attestation"), required=False,
        help_text=gettext_lazy("Le fichier signé (.jwt) ou l’image du badge (.svg, .png)."),
        widget=forms.FileInput({"accept": ".jwt,.txt,.json,.svg,.png"}),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Ou son texte, collé ici"), required=False, max_length=LONGEST_PASTED,
        widget=forms.Textarea({"rows": 3, "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_file(self) -> Any:
        """Of a size that a badge may have."""
        file = self.cleaned_data["file"]
        if file is not None and file.size > LONGEST_FILE:
            raise forms.ValidationError(_("Ce fichier est trop lourd pour être une attestation."), "heavy")
        return file

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or {}
        if not self.errors and not data.get("file") and not data.get("text"):
            self.add_error("file", _("Choisissez un fichier, ou collez son texte."))
        return data

    def bytes_given(self) -> bytes:
        """What was handed over."""
        file = self.cleaned_data["file"]
        return bytes(file.read(LONGEST_FILE)) if file else self.cleaned_data["text"].encode()


class RevocationForm(forms.Form):
    """Why an award is revoked."""

    reason = PlainText(
        label=gettext_lazy("Votre raison"), longest=LONGEST_TEXT, shortest=10, lines=4,
        required_message=gettext_lazy("Écrivez pourquoi cette attestation est révoquée."),
        help_text=gettext_lazy("La personne la reçoit, et qui vérifie le code la lit : n’y nommez personne."),
    )  # fmt: skip
