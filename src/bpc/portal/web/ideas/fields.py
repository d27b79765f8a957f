"""Form fields of the ideas pages: plain text that says what is wrong with it, and several files at once."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MARKUP = re.compile(r"<\s*[/!?]?\s*[a-zA-Z][^<>]*>?|javascript\s*:", re.IGNORECASE)
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")


def grouped(number: int) -> str:
    """1234 → « 1 234 », with the narrow no-break space."""
    return f"{number:,}".replace(",", "\u202f")


class PlainText(forms.CharField):
    """Text without mark-up, control characters or direction overrides, of at most `longest` characters.

    Lengths are counted as people see them: a line break counts once, whatever the browser sends.
    """

    def __init__(
        self,
        *,
        longest: int,
        shortest: int = 0,
        required_message: Any = "",
        lines: int = 1,
        **kwargs: Any,
    ) -> None:
        # no maxlength: browsers would cut a pasted text without a word; the message says how long it is
        attrs = {"dir": "auto", **kwargs.pop("attrs", {})}
        kwargs["widget"] = forms.TextInput(attrs) if lines == 1 else forms.Textarea({**attrs, "rows": lines})
        super().__init__(**kwargs)
        self.longest, self.shortest, self.one_line = longest, shortest, lines == 1
        self.validators = []  # one message per fault, from `validate`
        if required_message:
            self.error_messages["required"] = required_message

    def to_python(self, value: Any) -> str:
        """The text with one kind of line break, without spaces around."""
        text = _BREAKS.sub("\n", str(value)) if value not in self.empty_values else ""
        return (re.sub(r"[ \t\n]+", " ", text) if self.one_line else text).strip()

    def validate(self, value: str) -> None:
        """Raise the first fault found, in words that say what to do."""
        super().validate(value)
        if len(value) > self.longest:
            message = _("Ce texte compte %(length)s caractères. Raccourcissez-le à %(longest)s au plus.")
            raise ValidationError(
                message % {"length": grouped(len(value)), "longest": grouped(self.longest)}, "long"
            )
        if value and len(value) < self.shortest:
            raise ValidationError(_("C’est un peu court : écrivez-en quelques mots de plus."), "short")
        _refuse_controls(value, one_line=self.one_line)
        if _MARKUP.search(value):
            raise ValidationError(
                _("Écrivez du texte simple : les balises comme <script> ne sont pas acceptées. Effacez-les."),
                "markup",
            )


def _refuse_controls(value: str, *, one_line: bool) -> None:
    allowed = "" if one_line else "\n\t"
    if any(char in _DIRECTION_CONTROLS for char in value):
        message = _(
            "Ce texte contient des caractères invisibles qui changent le sens de lecture. "
            "Effacez ce passage et retapez-le."
        )
        raise ValidationError(message, "direction")
    if any(unicodedata.category(char) in {"Cc", "Cs"} and char not in allowed for char in value):
        message = _(
            "Ce texte contient des caractères qui ne s’affichent pas. Effacez ce passage et retapez-le."
        )
        raise ValidationError(message, "control")


class ExpectedText(forms.CharField):
    """Text shown as required whose absence the form judges itself: another field may stand for it."""

    def validate(self, value: Any) -> None:
        """Nothing to refuse here."""


class ManyFilesInput(forms.ClearableFileInput):
    """A file box that takes several files."""

    template_name = "django/forms/widgets/file.html"
    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """All the files chosen, unchecked: they are checked one by one, so that the good ones are kept."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The list of uploads, empty when nothing was chosen."""
        files = data if isinstance(data, list | tuple) else [data]
        return [file for file in files if file]
