"""The forms of trainers: the file of a package, then what is written of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bpc.portal.packages.actions import Words
from bpc.portal.packages.described import LONGEST_TITLE
from bpc.portal.packages.models import LONGEST_ABOUT, LONGEST_LINE, Package
from bpc.portal.packages.states import Language
from bpc.portal.web.ideas.fields import PlainText


class PackageFileForm(forms.Form):
    """One file, judged by its content."""

    file = forms.FileField(
        label=gettext_lazy("Le fichier"),
        help_text=gettext_lazy("Un paquet SCORM 1.2 ou 2004 (.zip), ou un contenu H5P (.h5p). 60 Mo au plus."),
        widget=forms.FileInput({"accept": ".zip,.h5p,application/zip"}),
        max_length=None,
        error_messages={"required": gettext_lazy("Choisissez un fichier."),
                        "empty": gettext_lazy("Ce fichier est vide. Choisissez-en un autre.")},
    )  # fmt: skip


def _title(label: Any, language: str) -> PlainText:
    return PlainText(
        label=label,
        longest=LONGEST_TITLE,
        required=False,
        attrs={"lang": language, "dir": _DIRECTION[language]},
    )


def _about(label: Any, language: str) -> PlainText:
    return PlainText(
        label=label, longest=LONGEST_ABOUT, lines=4, required=False,
        attrs={"lang": language, "dir": _DIRECTION[language]},
    )  # fmt: skip


_DIRECTION = {"fr": "ltr", "ar": "rtl"}


class WordsForm(forms.Form):
    """What people read of a package. A draft may be written little by little."""

    title_fr = _title(gettext_lazy("Titre en français"), "fr")
    title_ar = _title(gettext_lazy("Titre en arabe"), "ar")
    about_fr = _about(gettext_lazy("De quoi il s’agit, en français"), "fr")
    about_ar = _about(gettext_lazy("De quoi il s’agit, en arabe"), "ar")
    language = forms.ChoiceField(label=gettext_lazy("Langue du module"), choices=Language.choices)
    licence = PlainText(
        label=gettext_lazy("Licence ou accord"), longest=LONGEST_LINE, required=False,
        help_text=gettext_lazy("Ce qui nous permet de le montrer : CC BY 4.0, accord écrit du 3 mars 2026…"),
    )  # fmt: skip
    credit = PlainText(
        label=gettext_lazy("Auteur à citer"), longest=LONGEST_LINE, required=False,
        help_text=gettext_lazy("L’organisation partenaire, comme elle veut être nommée."),
    )  # fmt: skip

    def words(self) -> Words:
        """What was written, once the form is valid."""
        return Words(**self.cleaned_data)


def words_of(package: Package) -> dict[str, Any]:
    """What is written of a package, as the form begins."""
    return {name: getattr(package, name) for name in WordsForm.base_fields}
