"""The forms of messages and notes: words, files, a voice note."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bpc.portal.ideas.languages import language_of
from bpc.portal.threads.attachments import MOST_FILES, Received, RefusedFile, Upload, receive
from bpc.portal.threads.models import LONGEST_SUBJECT, LONGEST_TEXT
from bpc.portal.threads.states import FileKind
from bpc.portal.threads.writing import Said
from bpc.portal.web.ideas.fields import ManyFiles, ManyFilesInput, PlainText
from bpc.portal.web.projects.forms import FreshKey
from bpc.portal.web.threads.words import REFUSALS

_ACCEPTED = "application/pdf,image/jpeg,image/png"
_SOUNDS = "audio/*,.amr,.m4a,.ogg,.opus,.mp3,.aac"


class ExpectedWords(PlainText):
    """Words whose absence the form judges itself: a recording or a file may stand for them."""

    def validate(self, value: str) -> None:
        """What is written must be fit; nothing may be written."""
        if value:
            super().validate(value)


class MessageForm(forms.Form):
    """Words, files, a voice note: one of them at least."""

    use_required_attribute = False

    text = ExpectedWords(label=gettext_lazy("Votre message"), longest=LONGEST_TEXT, lines=5)
    voice = forms.FileField(
        label=gettext_lazy("Un message vocal, d’une minute au plus"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": _SOUNDS}),
    )
    attached = ManyFiles(
        label=gettext_lazy("Des fichiers : PDF ou photos, cinq au plus"),
        required=False,
        widget=ManyFilesInput({"accept": _ACCEPTED}),
    )
    submission_key = FreshKey()

    def clean_voice(self) -> Received | None:
        """The recording, nothing else in its place."""
        file = self.cleaned_data["voice"]
        if not file:
            return None
        received = self._received(file)
        if received.kind != FileKind.VOICE:
            raise forms.ValidationError(_("Ce fichier n’est pas un enregistrement de voix."), "kind")
        return received

    def clean_attached(self) -> list[Received]:
        """All of them good, or none is kept."""
        files = self.cleaned_data["attached"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Cinq fichiers au plus dans un message."), "many")
        return [self._received(file) for file in files]

    def _received(self, file: Any) -> Received:
        try:
            return receive(Upload(file.file, file.size, file.name))
        except RefusedFile as refusal:
            name = format_html("<bdi>{}</bdi>", refusal.name)
            raise forms.ValidationError(
                format_html("{} — {}", name, REFUSALS[refusal.reason]), "file"
            ) from None

    def clean(self) -> dict[str, Any]:
        """Something said."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned.get("text") or cleaned.get("voice") or cleaned.get("attached")):
            self.add_error("text", _("Écrivez quelques mots, ou joignez un message vocal ou un fichier."))
        if not self.errors and cleaned["voice"] and len(cleaned["attached"]) >= MOST_FILES:
            self.add_error("attached", _("Cinq fichiers au plus dans un message."))
        return cleaned

    def said(self) -> Said:
        """What was said, once the form is valid."""
        cleaned, text = self.cleaned_data, self.cleaned_data["text"]
        voice = (cleaned["voice"],) if cleaned["voice"] else ()
        files = (*voice, *cleaned["attached"])
        return Said(text, language_of(text), files, cleaned["submission_key"])


class ThreadForm(MessageForm):
    """A new subject with its first message."""

    subject = PlainText(
        label=gettext_lazy("Le sujet"),
        longest=LONGEST_SUBJECT,
        help_text=gettext_lazy("En quelques mots : « Le devis du séchoir »."),
        required_message=gettext_lazy("Dites de quoi vous voulez parler."),
    )
    field_order = ("subject", "text", "voice", "attached")


class ChangeForm(forms.Form):
    """One's own words put right."""

    use_required_attribute = False

    text = ExpectedWords(label=gettext_lazy("Votre message"), longest=LONGEST_TEXT, lines=6)


class NoteForm(forms.Form):
    """A note between staff, or an answer to one."""

    text = PlainText(
        label=pgettext_lazy("remarque", "Votre note"),
        longest=LONGEST_TEXT,
        lines=5,
        required_message=gettext_lazy("Écrivez votre note."),
    )
    submission_key = FreshKey()
