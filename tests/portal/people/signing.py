"""Sign-in for tests: past the second factor where the role demands one."""

import re
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from django.utils import timezone

from bpc.portal.people.demo_codes import DEMO_SECRET
from bpc.portal.people.models import User
from bpc.portal.people.sms import MemoryGateway

PASSWORD = "une-phrase-secrete"  # the one tests.portal.world gives


def give_factor(user: User) -> Authenticator:
    """An authenticator app with a known secret."""
    made: Authenticator = TOTP.activate(user, DEMO_SECRET).instance
    return made


def sign_in_with_factor(client: Client, user: User) -> None:
    """Signed in, with the second factor shown in this session."""
    factor = Authenticator.objects.filter(user=user, type="totp").first() or give_factor(user)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [
        {
            "method": "mfa",
            "at": timezone.now().timestamp(),
            "id": factor.pk,
            "type": "totp",
            "reauthenticated": True,
        }
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def verified(user: User) -> User:
    """The account with its e-mail address verified, as after a completed sign-up."""
    if user.email:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client: Client, login: str, password: str = PASSWORD, **extra: Any) -> Any:
    """Post the sign-in form."""
    return client.post("/fr/compte/login/", {"login": login, "password": password, **extra})


def last_code() -> str:
    """The six digits of the last message sent, by e-mail or by SMS."""
    texts = [message.body for message in mail.outbox] + [text for _number, text in MemoryGateway.outbox]
    (code,) = re.findall(r"\b\d{6}\b", texts[-1])
    return str(code)
