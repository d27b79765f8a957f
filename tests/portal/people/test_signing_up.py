"""Sign-up, sign-in and recovery by e-mail address and by telephone number, end to end."""

import re
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from bpc.portal.people.account_forms import SignupForm
from bpc.portal.people.consents import purposes
from bpc.portal.people.models import User
from bpc.portal.people.sms import MemoryGateway
from tests.portal.people.signing import PASSWORD, last_code, sign_in, verified
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
SIGNUP = "/fr/compte/signup/"


def sign_up(client: Client, contact: str, address: str = SIGNUP, **changes: Any) -> Any:
    data = {"contact": contact, "password1": "figues et amandes", "informed": "on", **changes}
    return client.post(address, data)


def assert_sent_to(contact: str) -> None:
    """One message left, by the channel of the contact that was typed."""
    by_mail = [message.to for message in mail.outbox]
    by_sms = [number for number, _text in MemoryGateway.outbox]
    assert (by_mail, by_sms) == (([[contact]], []) if "@" in contact else ([], ["+212612345678"]))


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_by_email_end_to_end(client: Client) -> None:
    response = sign_up(client, "Fatima@Example.ORG")
    assert response.headers["Location"] == "/fr/compte/confirm-email/"
    user = User.objects.get(email="fatima@example.org")
    assert (user.phone, user.language, user.check_password("figues et amandes")) == (None, "fr", True)
    assert signed_in_as(client) is None
    response = client.post("/fr/compte/confirm-email/", {"code": last_code()})
    assert response.headers["Location"] == "/fr/mon-espace"
    assert signed_in_as(client) == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified
    consent = user.consents.get()
    assert (consent.purpose, consent.version) == ("service", purposes()["service"].version)


def test_by_phone_end_to_end_in_arabic(client: Client) -> None:
    response = sign_up(client, "٠٦ ١٢ ٣٤ ٥٦ ٧٨", "/ar/compte/signup/")
    assert response.headers["Location"] == "/ar/compte/phone/verify/"
    user = User.objects.get(phone="+212612345678")
    assert (user.email, user.language, user.phone_verified) == (None, "ar", False)
    assert [number for number, _text in MemoryGateway.outbox] == ["+212612345678"]
    page = client.get("/ar/compte/phone/verify/").content.decode()
    assert '<bdi dir="ltr">+212612345678</bdi>' in page  # else the plus stands behind the number
    response = client.post("/ar/compte/phone/verify/", {"code": last_code()})
    assert response.headers["Location"] == "/ar/mon-espace"
    user.refresh_from_db()
    assert user.phone_verified
    assert signed_in_as(client) == str(user.pk)
    assert not EmailAddress.objects.filter(user=user).exists()
    assert client.get("/ar/mon-espace").status_code == 200


@pytest.mark.parametrize("typed", ["0612345678", "06 12 34 56 78", "+212612345678", "00212612345678"])
def test_one_field_signs_in_by_any_form_of_the_number(client: Client, typed: str) -> None:
    user = make_user(email=None, phone="+212612345678", phone_verified=True)
    assert sign_in(client, typed).headers["Location"] == "/fr/mon-espace"
    assert signed_in_as(client) == str(user.pk)


def test_one_field_signs_in_by_email(client: Client) -> None:
    user = verified(make_user(email="amina@example.org"))
    assert sign_in(client, " AMINA@example.org ").headers["Location"] == "/fr/mon-espace"
    assert signed_in_as(client) == str(user.pk)


@pytest.mark.parametrize(
    ("contact", "message"),
    [
        ("", "obligatoire"),
        ("0522 00 00 00", "06 ou 07"),
        ("12", "Exemples"),
        ("amina@", "incomplète"),
        ("<script>", "Exemples"),
    ],
)
def test_a_wrong_contact_is_told_beside_the_field(client: Client, contact: str, message: str) -> None:
    response = sign_up(client, contact)
    assert message in str(response.context["form"].errors["contact"])
    assert not User.objects.exists()


def test_signing_up_needs_having_been_told(client: Client) -> None:
    response = sign_up(client, "amina@example.org", informed="")
    assert list(response.context["form"].errors) == ["informed"]
    assert response.context["form"]["contact"].value() == "amina@example.org"


def test_wrong_codes_end_after_three(client: Client) -> None:
    sign_up(client, "0612345678")
    right = last_code()
    wrong = "000000" if right != "000000" else "111111"
    for _attempt in range(2):
        response = client.post("/fr/compte/phone/verify/", {"code": wrong})
        assert "code" in response.context["verify_form"].errors
    assert client.post("/fr/compte/phone/verify/", {"code": wrong}).status_code == 302
    response = client.post("/fr/compte/phone/verify/", {"code": right})
    assert response.headers["Location"] == "/fr/compte/login/"
    assert signed_in_as(client) is None
    assert not User.objects.get().phone_verified


def test_an_expired_code_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_up(client, "0612345678")
    code, now = last_code(), time.time()
    monkeypatch.setattr("time.time", lambda: now + 15 * 60 + 1)
    client.post("/fr/compte/phone/verify/", {"code": code})
    assert signed_in_as(client) is None
    assert not User.objects.get().phone_verified


def test_a_code_cannot_be_had_again_at_once(client: Client) -> None:
    sign_up(client, "0612345678")
    client.post("/fr/compte/phone/verify/", {"action": "resend"})
    assert len(MemoryGateway.outbox) == 1


@pytest.mark.parametrize("taken", [True, False])
def test_by_phone_the_page_does_not_tell_who_has_an_account(client: Client, taken: bool) -> None:
    if taken:
        make_user(email=None, phone="+212612345678", phone_verified=True)
    response = sign_up(client, "0612345678")
    assert response.headers["Location"] == "/fr/compte/phone/verify/"
    page = client.get("/fr/compte/phone/verify/")
    assert page.status_code == 200
    assert "déjà" not in page.content.decode().split("<main", 1)[1]
    ((_number, text),) = MemoryGateway.outbox
    assert ("déjà un compte" in text) is taken
    assert User.objects.count() == 1


@pytest.mark.parametrize("taken", [True, False])
def test_by_email_the_page_does_not_tell_who_has_an_account(client: Client, taken: bool) -> None:
    if taken:
        verified(make_user(email="amina@example.org"))
    response = sign_up(client, "amina@example.org")
    assert response.headers["Location"] == "/fr/compte/confirm-email/"
    assert client.get("/fr/compte/confirm-email/").status_code == 200
    assert ("déjà un compte" in mail.outbox[-1].subject) is taken
    assert User.objects.count() == 1


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("contact", ["amina@example.org", "0612345678"])
@pytest.mark.parametrize("page", ["password/reset/", "login/code/"])
def test_recovery_does_not_tell_who_has_an_account(
    client: Client, page: str, contact: str, known: bool
) -> None:
    if known:
        verified(make_user(email="amina@example.org", phone="+212612345678", phone_verified=True))
    field = "email" if "reset" in page else "contact"
    response = client.post(f"/fr/compte/{page}", {field: contact})
    assert response.status_code == 302
    assert client.get(response.headers["Location"]).status_code == 200
    bodies = [message.body for message in mail.outbox] + [text for _number, text in MemoryGateway.outbox]
    assert len(bodies) == 1
    assert bool(re.search(r"\b\d{6}\b", bodies[0])) is known
    assert_sent_to(contact)


@pytest.mark.parametrize("contact", ["amina@example.org", "06 12 34 56 78"])
def test_password_reset_by_either(client: Client, contact: str) -> None:
    user = verified(make_user(email="amina@example.org", phone="+212612345678", phone_verified=True))
    client.post("/fr/compte/password/reset/", {"email": contact})
    assert_sent_to(contact)
    response = client.post("/fr/compte/password/reset/confirm/", {"code": last_code()})
    assert response.headers["Location"] == "/fr/compte/password/reset/complete/"
    new = {"password1": "argan et safran", "password2": "argan et safran"}
    response = client.post("/fr/compte/password/reset/complete/", new)
    assert response.headers["Location"] == "/fr/compte/password/reset/done/"
    assert client.get("/fr/compte/password/reset/done/").status_code == 200
    user.refresh_from_db()
    assert user.check_password("argan et safran")


@pytest.mark.parametrize("contact", ["amina@example.org", "06 12 34 56 78"])
def test_entering_with_a_code_by_either(client: Client, contact: str) -> None:
    user = verified(make_user(email="amina@example.org", phone="+212612345678", phone_verified=True))
    response = client.post("/fr/compte/login/code/", {"contact": contact})
    assert_sent_to(contact)
    response = client.post(response.headers["Location"], {"code": last_code()})
    assert response.headers["Location"] == "/fr/mon-espace"
    assert signed_in_as(client) == str(user.pk)


@pytest.mark.parametrize("contact", ["amina@example.org", "06 12 34 56 78"])
def test_a_password_nobody_confirmed_ends_when_the_owner_enters_by_a_code(contact: str) -> None:
    sign_up(Client(), contact)  # by somebody who cannot read the code
    owner, other = Client(), Client()
    owner.post("/fr/compte/login/code/", {"contact": contact})
    owner.post("/fr/compte/login/code/confirm/", {"code": last_code()})
    assert "ne sert plus" in owner.get("/fr/mon-espace").content.decode()
    assert owner.get("/fr/compte/password/set/").status_code == 200
    sign_in(other, contact, "figues et amandes")
    assert signed_in_as(other) is None
    assert signed_in_as(owner) == str(User.objects.get().pk)


def test_a_code_leaves_the_password_of_who_has_entered_before(client: Client) -> None:
    sign_up(client, "amina@example.org")
    client.post("/fr/compte/confirm-email/", {"code": last_code()})
    other = Client()
    other.post("/fr/compte/login/code/", {"contact": "amina@example.org"})
    other.post("/fr/compte/login/code/confirm/", {"code": last_code()})
    assert signed_in_as(other) == signed_in_as(client)
    assert User.objects.get().check_password("figues et amandes")


def test_failures_by_phone_count_for_that_number_only(client: Client) -> None:
    for number in ("+212612345678", "+212700000000"):
        make_user(email=None, phone=number, phone_verified=True)
    for _attempt in range(5):
        sign_in(client, "0612345678", "faux")
    blocked = sign_in(client, "+212 6 12 34 56 78")
    assert "Trop" in str(blocked.context["form"].non_field_errors())
    assert sign_in(client, "0700000000", PASSWORD).headers["Location"] == "/fr/mon-espace"


def test_a_recovery_by_telephone_forgets_the_failures_before_it(client: Client) -> None:
    make_user(email=None, phone="+212612345678", phone_verified=True)
    for _attempt in range(5):
        sign_in(client, "0612345678", "faux")
    client.post("/fr/compte/password/reset/", {"email": "0612345678"})
    client.post("/fr/compte/password/reset/confirm/", {"code": last_code()})
    new = {"password1": "argan et safran", "password2": "argan et safran"}
    client.post("/fr/compte/password/reset/complete/", new)
    assert sign_in(client, "0612345678", "argan et safran").headers.get("Location") == "/fr/mon-espace"


def test_too_many_signups_from_one_address_answer_429(client: Client) -> None:
    statuses = [sign_up(client, "pas une adresse").status_code for _attempt in range(31)]
    assert statuses == [200] * 30 + [429]


def test_codes_to_one_contact_are_counted_by_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three a minute all day long would be a way to harass somebody, and to guess."""
    make_user(email=None, phone="+212612345678", phone_verified=True)
    now = time.time()
    for ask in range(20):
        monkeypatch.setattr(time, "time", lambda at=now + 60 * ask: at)
        Client().post("/fr/compte/login/code/", {"contact": "06 12 34 56 78"})
        Client().post("/fr/compte/password/reset/", {"email": "0612345678"})
    assert len(MemoryGateway.outbox) == 15 + 15
    refused = Client().post("/fr/compte/password/reset/", {"email": "0612345678"})
    assert refused.status_code == 429


def test_messages_speak_the_language_of_the_account(client: Client) -> None:
    verified(make_user(email="amina@example.org", language="ar"))
    client.post("/fr/compte/password/reset/", {"email": "amina@example.org"})
    from_page = mail.outbox[-1].body
    User.objects.update(language="fr")
    client.post("/ar/compte/password/reset/", {"email": "amina@example.org"})
    assert mail.outbox[-1].body.startswith("Bonjour,")
    assert from_page.strip() != ""


def test_a_number_is_changed_only_once_proved(client: Client) -> None:
    user = make_user(email=None, phone="+212612345678", phone_verified=True)
    sign_in(client, "0612345678")
    client.post("/fr/compte/reauthenticate/", {"password": PASSWORD})
    response = client.post("/fr/compte/phone/change/", {"phone": "07 00 00 00 00"})
    assert response.headers["Location"] == "/fr/compte/phone/verify/"
    user.refresh_from_db()
    assert user.phone == "+212612345678"
    client.post("/fr/compte/phone/verify/", {"code": last_code()})
    user.refresh_from_db()
    assert (user.phone, user.phone_verified) == ("+212700000000", True)


def test_an_email_is_added_to_a_phone_account(client: Client) -> None:
    user = make_user(email=None, phone="+212612345678", phone_verified=True)
    sign_in(client, "0612345678")
    client.post("/fr/compte/reauthenticate/", {"password": PASSWORD})
    client.post("/fr/compte/email/", {"action_add": "1", "email": "amina@example.org"})
    client.post("/fr/compte/confirm-email/", {"code": last_code()})
    user.refresh_from_db()
    assert user.email == "amina@example.org"
    client.post("/fr/compte/email/", {"action_remove": "1", "email": "amina@example.org"})
    user.refresh_from_db()
    assert user.email == "amina@example.org"


def test_a_contact_taken_in_the_same_instant_is_answered_like_a_taken_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user(email=None, phone="+212612345678", phone_verified=True)
    monkeypatch.setattr(
        SignupForm, "_clean_phone", lambda form: None
    )  # the other request came after this look
    response = sign_up(client, "0612345678")
    assert response.headers["Location"] == "/fr/compte/phone/verify/"
    ((_number, text),) = MemoryGateway.outbox
    assert "déjà un compte" in text
    assert User.objects.count() == 1


@pytest.mark.parametrize("page", ["login/code", "password/reset"])
def test_an_address_somebody_only_added_opens_nothing(page: str) -> None:
    """Its real owner, who asks for a code, must not enter the account of whoever added it."""
    somebody = verified(make_user(email="autre@example.org"))
    added = EmailAddress.objects.create(
        user=somebody, email="amina@example.org", verified=False, primary=False
    )
    Client().post(f"/fr/compte/{page}/", {"contact": added.email, "email": added.email})
    assert not re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))  # told that there is no account
    added.verified = True
    added.save()
    Client().post(f"/fr/compte/{page}/", {"contact": added.email, "email": added.email})
    assert re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
