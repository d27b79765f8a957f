"""Staff pass with their second factor shown in this browser, and not otherwise."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from bpc.portal.people.actions import grant_role
from bpc.portal.people.demo_codes import current_code
from bpc.portal.people.roles import STAFF_ROLES, Role
from tests.portal.people.signing import PASSWORD, give_factor, sign_in, sign_in_with_factor, verified
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
STAFF = sorted(STAFF_ROLES)
SET_UP = "/fr/compte/2fa/"


def test_who_is_staff() -> None:
    assert set(STAFF) == set(Role.values) - {Role.HOLDER, Role.COOPERATIVE}


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize("page", ["/fr/mon-espace", "/ar/idees", "/fr/", "/fr/compte/password/change/"])
def test_staff_without_factor_first_set_one_up(client: Client, role: str, page: str) -> None:
    user = verified(make_user(role))
    assert user.email
    sign_in(client, user.email)
    response = client.get(page)
    assert (response.status_code, response.headers["Location"]) == (302, f"/{page[1:3]}/compte/2fa/")
    assert client.get(SET_UP).status_code == 200  # no loop


@pytest.mark.parametrize("role", [Role.HOLDER, Role.COOPERATIVE])
def test_others_are_not_asked(client: Client, role: str) -> None:
    user = verified(make_user(role))
    assert user.email
    sign_in(client, user.email)
    assert client.get("/fr/mon-espace").status_code == 200


@pytest.mark.parametrize("role", STAFF)
def test_sign_in_demands_the_code(client: Client, role: str) -> None:
    user = verified(make_user(role))
    give_factor(user)
    assert user.email
    assert sign_in(client, user.email).headers["Location"] == "/fr/compte/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert client.get("/fr/compte/2fa/authenticate/").status_code == 200
    assert client.post("/fr/compte/2fa/authenticate/", {"code": "000000"}).status_code == 200
    response = client.post("/fr/compte/2fa/authenticate/", {"code": current_code()})
    assert response.headers["Location"] == "/fr/mon-espace"
    assert client.get("/fr/mon-espace").status_code == 200


@pytest.mark.usefixtures("reference_again")  # allauth notes a new factor when the transaction stands
def test_setting_up_in_this_browser_is_showing_it(client: Client) -> None:
    user = verified(make_user(Role.DELEGATE))
    assert user.email
    sign_in(client, user.email)
    assert (
        client.get("/fr/compte/2fa/totp/activate/")
        .headers["Location"]
        .startswith("/fr/compte/reauthenticate/")
    )
    client.post("/fr/compte/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/fr/compte/2fa/totp/activate/").context["form"].secret
    counter = int(timezone.now().timestamp()) // 30
    code = format_hotp_value(hotp_value(secret, counter))
    response = client.post("/fr/compte/2fa/totp/activate/", {"code": code})
    assert response.headers["Location"] == "/fr/compte/2fa/recovery-codes/"
    codes = client.get("/fr/compte/2fa/recovery-codes/")
    assert len(codes.context["unused_codes"]) == 10
    assert client.get("/fr/mon-espace").status_code == 200


def test_a_factor_set_up_elsewhere_must_be_shown_here(client: Client) -> None:
    user = verified(make_user(Role.DELEGATE))
    assert user.email
    sign_in(client, user.email)
    give_factor(user)  # in another browser
    response = client.get("/fr/idees?page=2")
    assert response.headers["Location"] == "/fr/compte/2fa/reauthenticate/?next=%2Ffr%2Fidees%3Fpage%3D2"
    assert client.get(SET_UP).headers["Location"].startswith("/fr/compte/2fa/reauthenticate/")
    assert client.get(response.headers["Location"]).status_code == 200
    shown = client.post("/fr/compte/2fa/reauthenticate/", {"code": current_code(), "next": "/fr/mon-espace"})
    assert shown.headers["Location"] == "/fr/mon-espace"
    assert client.get("/fr/mon-espace").status_code == 200


def test_a_role_received_later_counts_at_once(client: Client) -> None:
    user = verified(make_user())
    assert user.email
    sign_in(client, user.email)
    assert client.get("/fr/mon-espace").status_code == 200
    grant_role(user=user, role=Role.JUROR, region=None, actor=None, at=timezone.now())
    assert client.get("/fr/mon-espace").headers["Location"] == SET_UP


def test_a_factor_removed_counts_at_once(client: Client) -> None:
    user = verified(make_user(Role.ADVISOR))
    sign_in_with_factor(client, user)
    assert client.get("/fr/mon-espace").status_code == 200
    Authenticator.objects.filter(user=user).delete()
    assert client.get("/fr/mon-espace").headers["Location"] == SET_UP
    give_factor(user)  # another one: showing the former proves nothing about it
    assert "/reauthenticate/" in client.get("/fr/mon-espace").headers["Location"]


def test_recovery_codes_alone_are_no_factor_but_stand_in_for_one(client: Client) -> None:
    user = verified(make_user(Role.DELEGATE))
    codes = RecoveryCodes.activate(user).generate_codes()
    assert user.email
    sign_in(client, user.email)
    assert client.get("/fr/mon-espace").headers["Location"] == SET_UP
    client.logout()
    give_factor(user)
    cache.clear()
    sign_in(client, user.email)
    client.post("/fr/compte/2fa/authenticate/", {"code": codes[0]})
    assert client.get("/fr/mon-espace").status_code == 200


def test_fragments_move_the_whole_page_and_public_data_stays_open(client: Client) -> None:
    user = verified(make_user(Role.DELEGATE))
    assert user.email
    sign_in(client, user.email)
    fragment = client.get("/fr/idees", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (204, SET_UP)
    # the API knows no session: it answers everybody as it answers strangers
    assert client.get("/api/v1/sectors").status_code == 200
    assert client.get("/healthz").status_code == 200


def test_one_can_always_leave(client: Client) -> None:
    user = verified(make_user(Role.DELEGATE))
    assert user.email
    sign_in(client, user.email)
    assert client.get("/fr/compte/logout/").status_code == 200
    client.post("/fr/compte/logout/")
    assert "_auth_user_id" not in client.session
