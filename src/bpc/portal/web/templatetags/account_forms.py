"""Forms that the sign-in library brings, made to follow our rules for fields."""

from django import forms, template
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def quiet(form: forms.BaseForm) -> forms.BaseForm:
    """The same form without placeholders (never a label) and with plain hints instead of lists of rules."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        bound = form[name]  # made once and kept by the form: what it shows is changed here
        if isinstance(field.widget, forms.PasswordInput):
            first = field.widget.attrs.get("autocomplete") == "new-password" and name != "password2"
            bound.help_text = _("Dix caractères ou plus. Une courte phrase se retient bien.") if first else ""
        elif name == "code":
            bound.label = _("Code")
            field.widget.attrs |= {"autocomplete": "one-time-code", "dir": "ltr"}
        elif name == "name":
            bound.label = _("Nom de la clé")
            field.widget.attrs |= {"dir": "auto"}
        elif name == "passwordless":
            bound.label = _("Entrer sans mot de passe avec cette clé")
            bound.help_text = _("La clé demandera alors l’empreinte, le visage ou un code.")
        elif field.widget.attrs.get("type") == "email":
            bound.label = _("E-mail")
            field.widget.attrs |= {"dir": "ltr"}
    return form
