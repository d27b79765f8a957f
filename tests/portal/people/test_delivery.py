"""Notices: said in the reader's language, sent once the transaction stands, only with consent."""

from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone, translation
from django_tasks import default_task_backend

from bpc.portal.foundation.retries import WAITS
from bpc.portal.people import notices
from bpc.portal.people.actions import give_consent, mark_read, withdraw_consent
from bpc.portal.people.delivery import deliver, notify
from bpc.portal.people.models import Notification, User
from bpc.portal.people.sms import MemoryGateway
from tests.portal.people.signing import verified
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def _news(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "_kinds", dict(notices._kinds))
    notices.declare_notice("test.news", "Rencontre à %(place)s", purpose="newsletter")
    notices.declare_notice("test.quiet", "Vu : %(place)s", by_message=False)


def tell(user: User, kind: str, capture: Any) -> Notification:
    with capture(execute=True):
        return notify(user=user, kind=kind, data={"organisation": "Argan", "place": "Tata"}, at=NOW)


def test_by_email_after_commit(django_capture_on_commit_callbacks: Any) -> None:
    user = make_user(email="amina@example.org")
    tell(user, "organisation.invited", django_capture_on_commit_callbacks)
    (message,) = mail.outbox
    assert message.to == ["amina@example.org"]
    assert "«\u00a0\u2068Argan\u2069\u00a0»" in message.body


def test_by_sms_without_address_and_only_to_a_verified_number(
    django_capture_on_commit_callbacks: Any,
) -> None:
    user = make_user(email=None, phone="+212612345678")
    notice = tell(user, "organisation.invited", django_capture_on_commit_callbacks)
    assert MemoryGateway.outbox == []
    User.objects.update(phone_verified=True)
    assert deliver.call(notice.pk) == "sms"
    ((number, text),) = MemoryGateway.outbox
    assert number == "+212612345678"
    assert "Argan" in text


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_link_is_the_sites_own_in_the_readers_language(client: Client, language: str) -> None:
    user = make_user(language=language, phone="+212612345679", phone_verified=True)
    notice = Notification.objects.create(user=user, kind="organisation.invited", data={"organisation": "X"})
    path = f"/{language}/mon-espace/notifications/{notice.pk}"
    assert deliver.call(notice.pk) == "email"
    assert f"{settings.PUBLIC_URL}{path}" in str(mail.outbox[-1].body).split()
    User.objects.filter(pk=user.pk).update(email=None)
    assert deliver.call(notice.pk) == "sms"
    assert f"{settings.PUBLIC_URL}{path}" in MemoryGateway.outbox[-1][1].split()
    assert f"next={path}" in client.get(path).headers["Location"]  # a stranger signs in, then arrives
    client.force_login(user)
    assert client.get(path).headers["Location"] == f"/{language}/mon-espace/organisations"


@pytest.mark.parametrize(
    ("page", "typed", "leads_to"),
    [
        ("signup", {"password1": "une-autre-phrase", "informed": "on"}, "/fr/compte/password/reset/"),
        ("login/code", {}, "/fr/compte/signup/"),
    ],
)
def test_no_link_follows_the_host_of_the_request(
    client: Client, page: str, typed: dict[str, str], leads_to: str
) -> None:
    """Whoever types somebody else's address must not choose where the mail to it leads."""
    if page == "signup":
        verified(make_user(email="amina@example.org"))
    client.post(f"/fr/compte/{page}/", {"contact": "amina@example.org", **typed}, HTTP_HOST="localhost")
    (message,) = mail.outbox
    assert f"{settings.PUBLIC_URL}{leads_to}" in str(message.body).split()
    assert "localhost" not in message.body


def test_nothing_leaves_before_commit_nor_for_quiet_kinds(django_capture_on_commit_callbacks: Any) -> None:
    user = make_user()
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        notify(user=user, kind="organisation.invited", data={"organisation": "Argan"}, at=NOW)
    assert len(waiting) == 1
    assert mail.outbox == []
    tell(user, "test.quiet", django_capture_on_commit_callbacks)
    assert mail.outbox == []
    assert Notification.objects.count() == 2


def test_news_needs_consent() -> None:
    user = make_user()
    notice = Notification.objects.create(user=user, kind="test.news", data={"place": "Tata"})
    assert deliver.call(notice.pk) == "refused"
    give_consent(user=user, purpose="newsletter", actor=user, at=NOW)
    assert deliver.call(notice.pk) == "email"
    withdraw_consent(user=user, purpose="newsletter", actor=user, at=NOW)
    assert deliver.call(notice.pk) == "refused"


def test_demonstration_and_closed_accounts_get_no_message(django_capture_on_commit_callbacks: Any) -> None:
    tell(make_user(is_demo=True), "organisation.invited", django_capture_on_commit_callbacks)
    tell(make_user(is_active=False), "organisation.invited", django_capture_on_commit_callbacks)
    assert mail.outbox == []
    assert deliver.call(0) == "gone"


def test_an_undeclared_kind_is_a_mistake_when_told_and_silent_when_read() -> None:
    user = make_user()
    with pytest.raises(KeyError):
        notify(user=user, kind="nothing.such", data={}, at=NOW)
    assert notices.text_of(Notification(user=user, kind="nothing.such")) == ""


def test_every_declared_kind_has_its_address() -> None:
    for kind in notices._kinds.values():
        data = dict.fromkeys(kind.args, "12345678")  # a code, or the number of a row
        for language in ("fr", "ar"):
            with translation.override(language):
                address = notices.address_of(Notification(kind=kind.kind, data=data))
                assert address.startswith(f"/{language}/")


def test_one_marks_only_ones_own_as_read() -> None:
    user, other = make_user(), make_user()
    own = Notification.objects.create(user=user, kind="test.quiet", data={"place": "Tata"})
    theirs = Notification.objects.create(user=other, kind="test.quiet", data={"place": "Tata"})
    assert mark_read(user=user, notice=theirs, actor=user, at=NOW) == 0
    assert mark_read(user=user, notice=None, actor=user, at=NOW) == 1
    own.refresh_from_db()
    theirs.refresh_from_db()
    assert (own.read_at, theirs.read_at) == (NOW, None)


class _Away:
    """A provider that does not answer."""

    def send(self, number: str, text: str) -> None:
        raise TimeoutError("away")


@pytest.fixture
def _providers_away(settings: Any) -> None:
    settings.SMS_GATEWAY = f"{__name__}._Away"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.mark.usefixtures("_providers_away")
@pytest.mark.parametrize("contact", [{"email": "a@example.org"}, {"email": None, "phone_verified": True}])
def test_what_a_provider_refuses_is_sent_later_until_it_leaves(contact: dict[str, Any]) -> None:
    user = make_user(phone="+212612345678", **contact)
    notice = Notification.objects.create(user=user, kind="organisation.invited", data={"organisation": "X"})
    for tries, wait in enumerate(WAITS):
        before = timezone.now()
        assert deliver.call(notice.pk, tries=tries) == "later"
        again = default_task_backend.results[-1]
        assert (again.args, again.kwargs) == ([notice.pk], {"tries": tries + 1})
        assert before + wait <= again.task.run_after <= timezone.now() + wait
    with pytest.raises(OSError, match=r"away|refused"):  # seen among the failed tasks
        deliver.call(notice.pk, tries=len(WAITS))


@pytest.mark.usefixtures("_providers_away")
@pytest.mark.parametrize("contact", ["amina@example.org", "0612345678"])
def test_a_code_that_cannot_leave_is_told_on_the_page(client: Client, contact: str) -> None:
    typed = {"contact": contact, "password1": "une-autre-phrase", "informed": "on"}
    page = client.post("/fr/compte/signup/", typed, follow=True)
    assert page.status_code == 200
    assert "Le message n’a pas pu partir" in page.content.decode()
    assert User.objects.count() == 1
