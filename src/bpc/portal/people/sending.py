"""How a message of the site leaves: by e-mail, else by SMS. Raises OSError when the provider refuses or is away."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from bpc.portal.people.sms import gateway


def send_text(
    *, email: str, phone: str, body: str, short: str, headers: Mapping[str, str] | None = None
) -> str:
    """Send `body` to the address (with more `headers`), else `short` to the number, in the language now active.

    Returns how it left ("email", "sms"), or "unreachable" with neither (SMTPException is an OSError too).
    """
    if email:
        subject = _("Banque de Projets Coopératifs")
        EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [email], headers=dict(headers or {})).send()
        return "email"
    if phone:
        gateway().send(phone, _("Banque de Projets Coopératifs : %(text)s") % {"text": short})
        return "sms"
    return "unreachable"
