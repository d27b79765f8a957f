"""The small forms around a model: why it is published or retired, and the name of a copy."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bpc.portal.web.ideas.fields import PlainText

LONGEST_SLUG = 60


class PublishForm(forms.Form):
    """What changed, for those who will read the history; and the will to publish."""

    note = PlainText(
        label=_("Qu’est-ce qui change, et pourquoi ?"),
        help_text=_("Cette note reste dans l’historique du modèle."),
        longest=500,
        shortest=3,
        lines=3,
        required_message=_("Dites en quelques mots ce qui change."),
    )
    confirmed = forms.BooleanField(
        label=_("Je publie cette version : elle remplace celle que le public voit."),
        error_messages={"required": _("Cochez cette case pour publier.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class RetireForm(forms.Form):
    """Why a model leaves the site."""

    reason = PlainText(
        label=_("Pourquoi retirer ce modèle ?"),
        help_text=_("Cette raison reste dans l’historique."),
        longest=500,
        shortest=3,
        lines=3,
        required_message=_("Dites pourquoi en quelques mots."),
    )


class CopyForm(forms.Form):
    """The name of a copy in its address."""

    slug = forms.CharField(
        label=_("Nom de la copie dans son adresse"),
        help_text=_("En minuscules sans accent, les mots séparés par des tirets."),
        max_length=LONGEST_SLUG,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Donnez un nom à la copie.")},
    )

    def clean_slug(self) -> str:
        """Lower case, digits and hyphens."""
        slug = str(self.cleaned_data["slug"]).strip().lower()
        words = slug.split("-")
        if not slug.isascii() or not all(word.isalnum() for word in words):
            raise ValidationError(_("Des lettres sans accent, des chiffres et des tirets seulement."))
        return slug
