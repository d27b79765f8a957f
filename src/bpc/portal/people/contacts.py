"""One field takes an e-mail address or a telephone number: this tells which."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from bpc.portal.people.phones import NotAPhoneNumber, normalise, receives_messages


@dataclass(frozen=True)
class Contact:
    """Exactly one of both is filled: the address in lower case, the number in E.164."""

    email: str = ""
    phone: str = ""

    def __str__(self) -> str:
        return self.email or self.phone


def parse_contact(text: str) -> Contact:
    """The address or number somebody typed. Raises `ValidationError` with what to change."""
    text = text.strip()
    if "@" in text:
        email = text.lower()
        try:
            validate_email(email)
        except ValidationError:
            raise ValidationError(
                _("Cette adresse e-mail est incomplète. Exemple : nom@exemple.ma"), code="invalid_email"
            ) from None
        return Contact(email=email)
    return Contact(phone=parse_phone(text))


def parse_phone(text: str) -> str:
    """The number in E.164, able to receive a message. Raises `ValidationError`."""
    try:
        number = normalise(text)
    except NotAPhoneNumber:
        raise ValidationError(
            _("Écrivez une adresse e-mail ou un numéro. Exemples : nom@exemple.ma, 06 12 34 56 78"),
            code="invalid_contact",
        ) from None
    if not receives_messages(number):
        raise ValidationError(
            _("Ce numéro fixe ne reçoit pas de SMS. Donnez un numéro qui commence par 06 ou 07."),
            code="no_messages",
        )
    return number
