"""The second factor of staff: which browser has shown it.

Nothing is remembered beyond allauth's own record of how this session signed in. At each request that record
is compared with the authenticators the account has *now*: losing one, or receiving a role, counts at once.
"""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.http import HttpRequest

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def strong_authenticators(user: Any) -> dict[int, str]:
    """Key and type of each authenticator that counts; recovery codes alone are none. One query."""
    return dict(Authenticator.objects.filter(user=user, type__in=STRONG).values_list("pk", "type"))


def was_shown(request: HttpRequest, authenticators: dict[int, str]) -> bool:
    """Whether this session showed one of `authenticators`, or a recovery code standing for them."""
    for record in get_authentication_records(request, request.user):
        if record.get("method") != "mfa" or not authenticators:
            continue
        if record.get("id") in authenticators or record.get("type") == Authenticator.Type.RECOVERY_CODES:
            return True
    return False


def _note_new_authenticator(
    request: HttpRequest, user: Any, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Setting an authenticator up proves holding it: do not ask for it again a second later."""
    if authenticator.type in STRONG and request.user.is_authenticated:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def connect() -> None:
    """A receiver, since allauth offers no other place to learn of a new authenticator."""
    authenticator_added.connect(_note_new_authenticator, dispatch_uid="second factor shown")
