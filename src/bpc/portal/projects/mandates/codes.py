"""The code a person receives by SMS and tells the advisor: computed from the mandate, so that nobody can read it."""

from django.utils.crypto import constant_time_compare, salted_hmac

from bpc.portal.projects.mandates.models import Mandate

_SALT = "projects.mandates.code"
_DIGITS = 6
_ARABIC = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def code_of(mandate: Mandate) -> str:
    """The last code sent, six digits; each sending makes another."""
    seed = f"{mandate.pk}:{mandate.codes_sent}:{mandate.asked_at.timestamp()}"
    return f"{int(salted_hmac(_SALT, seed).hexdigest(), 16) % 10**_DIGITS:0{_DIGITS}d}"


def is_code_of(mandate: Mandate, typed: str) -> bool:
    """Whether `typed`, with its spaces and whatever its digits, is the last code sent."""
    plain = "".join(typed.translate(_ARABIC).split())
    return mandate.codes_sent > 0 and constant_time_compare(plain, code_of(mandate))
