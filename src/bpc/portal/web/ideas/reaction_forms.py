"""What a reader of an idea fills in."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class CommentForm(forms.Form):
    """A comment with its language; `key` makes the same form sent twice one comment."""

    text = forms.CharField(
        label=_("Votre commentaire"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={
            "required": _("Écrivez votre commentaire."),
            "max_length": _("Votre commentaire est trop long : %(show_value)d caractères, 2 000 au plus."),
        },
    )
    language = forms.ChoiceField(label=_("Langue du commentaire"), choices=settings.LANGUAGES)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(
            data, initial={"language": get_language(), "key": uuid.uuid4()}, auto_id="comment_%s"
        )


class WarningForm(forms.Form):
    """Why an idea or a comment should not stay online."""

    reason = forms.CharField(
        label=_("Que se passe-t-il ?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Expliquez en quelques mots ce qui ne va pas.")},
    )


class FollowForm(forms.Form):
    """The code of an idea and the contact given with it."""

    reference = forms.CharField(
        label=_("Code de votre idée"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": _("Écrivez le code reçu avec votre idée, par exemple K7M4-2QX.")},
    )
    contact = forms.CharField(
        label=_("E-mail ou téléphone donné avec l’idée"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "email"}),
        error_messages={"required": _("Écrivez l’adresse e-mail ou le numéro que vous aviez donné.")},
    )
