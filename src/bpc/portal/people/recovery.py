"""After a forgotten password: the failures by telephone that led there no longer count."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_reset
from django.http import HttpRequest

from bpc.portal.people.models import User


def _forget_failures(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """allauth does so for the e-mail addresses it knows; a number is ours. Resets have their own limit."""
    if user.phone:
        get_adapter()._delete_login_attempts_cached_email(request, phone=user.phone)


def connect() -> None:
    """A receiver, since allauth offers no other place to learn of a finished recovery."""
    password_reset.connect(_forget_failures, dispatch_uid="failures forgotten")
