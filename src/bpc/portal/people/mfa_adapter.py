"""How the second factor names accounts: in the authenticator app, and in the device's list of keys."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter

from bpc.portal.people.models import User


def account_label(user: User) -> str:
    """The address or number one signs in with, which tells one's accounts apart; a name would not."""
    return user.email or user.phone or str(user)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Accounts without e-mail address have a label too."""

    def _get_user_identifier(self, user: Any) -> str:
        return account_label(user)
