"""The forms of an import: the file, how it is read, which column holds what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bpc.portal.register.columns import COLUMNS, is_personal
from bpc.portal.register.models import RegisterImport
from bpc.portal.register.sheets import DELIMITERS, ENCODINGS

_ENCODING_WORDS = {
    "utf-8-sig": _("UTF-8 (le plus courant)"),
    "utf-16": _("UTF-16"),
    "cp1256": _("Windows arabe (1256)"),
    "cp1252": _("Windows français (1252)"),
}
_DELIMITER_WORDS = {
    ";": _("point-virgule"),
    ",": _("virgule"),
    "\t": _("tabulation"),
    "|": _("barre verticale"),
}


#: Two forms of one page carry the version; nothing points at it.
WITHOUT_ID = {"id": False}


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("Fichier du registre"),
        help_text=_("CSV ou XLSX, 30 Mo et 300 000 lignes au plus."),
        widget=forms.ClearableFileInput({"accept": ".csv,.txt,.tsv,.xlsx"}),
        max_length=200,
    )


class ReadingForm(forms.Form):
    """How a CSV is read, when accents or Arabic letters come out wrong."""

    encoding = forms.ChoiceField(
        label=_("Jeu de caractères"), choices=[(code, _ENCODING_WORDS[code]) for code in ENCODINGS]
    )
    delimiter = forms.ChoiceField(
        label=_("Séparateur"), choices=[(sign, _DELIMITER_WORDS[sign]) for sign in DELIMITERS]
    )
    version = forms.IntegerField(widget=forms.HiddenInput(attrs=WITHOUT_ID))


class ColumnsForm(forms.Form):
    """For each field of the register, the column of the file that holds it."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput(attrs=WITHOUT_ID))
    is_whole = forms.BooleanField(
        label=_("Ce fichier contient tout le registre : celles qui n’y sont plus ne seront plus comptées"),
        required=False,
    )

    def __init__(self, register_import: RegisterImport, data: Any = None) -> None:
        initial = {
            "version": register_import.version,
            "is_whole": register_import.is_whole,
            **{f"column_{code}": str(index) for code, index in register_import.mapping.items()},
        }
        super().__init__(data, initial=initial)
        titles = register_import.reading.get("titles", [])
        # a column about people is never offered
        nameless = _("sans titre")
        offered = [
            (str(index), f"{title or nameless} ({_letters(index)})")
            for index, title in enumerate(titles)
            if not is_personal(title)
        ]
        for column in COLUMNS:
            self.fields[f"column_{column.code}"] = forms.ChoiceField(
                label=column.label, choices=[("", _("Pas dans ce fichier")), *offered], required=False
            )

    def mapping(self) -> dict[str, int]:
        """Field → index of its column."""
        said = {column.code: self.cleaned_data.get(f"column_{column.code}", "") for column in COLUMNS}
        return {code: int(index) for code, index in said.items() if index != ""}

    def column_fields(self) -> list[forms.BoundField]:
        """The boxes of the columns, to be shown: the page says which are needed, so none is marked as optional."""
        boxes = [self[f"column_{column.code}"] for column in COLUMNS]
        for box in boxes:
            box.field.required = True
        return boxes


def _letters(index: int) -> str:
    """The name of a column in a spreadsheet.

    >>> _letters(0), _letters(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
