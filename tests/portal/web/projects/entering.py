"""A browser where somebody is signed in; staff with the second factor they need."""

from django.test import Client

from bpc.portal.people.models import User
from tests.portal.people.signing import sign_in_with_factor


def entered(user: User) -> Client:
    """Signed in."""
    client = Client()
    if user.is_staff_member:
        sign_in_with_factor(client, user)
    else:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
