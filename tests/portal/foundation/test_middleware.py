"""The guards before every view."""

import pytest
from django.test import Client

from tests.portal.people.signing import verified
from tests.portal.world import make_user


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/fr/idees/%00",
        "/fr/territoires/09%00",
        "/fr/idees/proposer?commune=%00",
        "/fr/recherche?q=figues%00",
        "/api/v1/nulle-part/%00",
        "/sitemap-%00.xml",
    ],
)
def test_a_nul_in_an_address_leads_nowhere(address: str) -> None:
    """PostgreSQL answers one with an error; SQLite says nothing."""
    person = Client()
    person.force_login(verified(make_user()), backend="allauth.account.auth_backends.AuthenticationBackend")
    for client in (Client(), person):
        assert client.get(address).status_code == 404
