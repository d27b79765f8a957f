"""Forms that the sign-in library brings, made to follow our rules for fields."""

from django import forms, template
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def quiet(form: forms.BaseForm) -> forms.BaseForm:
    """The same form without placeholders (never a label) and with plain hints instead of lists of rules."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if isinstance(field.widget, forms.PasswordInput):
            chosen = field.widget.attrs.get("autocomplete") == "new-password"
            first = chosen and name != "password2"
            field.help_text = _("Dix caractères ou plus. Une courte phrase se retient bien.") if first else ""
        if name == "code":
            field.label = _("Code")
            field.widget.attrs |= {"inputmode": "text", "autocomplete": "one-time-code", "dir": "ltr"}
        if name == "email":
            field.widget.attrs |= {"dir": "ltr"}
        if name == "name" and field.label is None:
            field.label = _("Nom de la clé")
        if name == "passwordless":
            field.label = _("Entrer sans mot de passe avec cette clé")
            field.help_text = _("La clé demandera alors l’empreinte, le visage ou un code.")
    return form
