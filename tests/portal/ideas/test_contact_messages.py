"""What an author without an account is sent: the code, and a link under the site's own address."""

from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django_tasks import default_task_backend

from bpc.portal.foundation.retries import WAITS
from bpc.portal.ideas.contact_messages import deliver_to_contact
from bpc.portal.ideas.references import new_reference
from bpc.portal.people.sms import MemoryGateway
from tests.portal.world import make_idea

pytestmark = pytest.mark.django_db


def _send(kind: str, **fields: Any) -> tuple[str, str]:
    """The code of an idea, and the text sent to its author."""
    MemoryGateway.outbox.clear()
    idea = make_idea(reference=new_reference(), **fields)
    data = {"reference": idea.reference, "title": idea.title, "reason": "Où ?", "into": "C6NX-432"}
    if deliver_to_contact.call(idea.pk, kind, data) == "email":
        return idea.reference, str(mail.outbox[-1].body)
    return idea.reference, MemoryGateway.outbox[-1][1]


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("contact", [{"contact_email": "f@example.org"}, {"contact_phone": "+212612345678"}])
@pytest.mark.parametrize("kind", ["idea.received", "idea.returned", "idea.archived"])
def test_what_is_not_public_is_followed_with_code_and_contact(
    kind: str, contact: dict[str, str], language: str, client: Client
) -> None:
    code, text = _send(kind, state="submitted", language=language, **contact)
    path = f"/{language}/idees/suivre?code={code}"
    assert f"{settings.PUBLIC_URL}{path}" in text.split()
    page = client.get(path).content.decode()
    assert f'value="{code}"' in page
    assert "f@example.org" not in page


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_published_idea_is_linked_to_itself_and_a_merged_one_to_the_other(language: str) -> None:
    author = {"contact_email": "f@example.org", "language": language}
    code, text = _send("idea.published", **author)
    assert f"{settings.PUBLIC_URL}/{language}/idees/{code}" in text.split()
    _code, text = _send("idea.merged", state="merged", **author)
    assert f"{settings.PUBLIC_URL}/{language}/idees/C6NX-432" in text.split()


def test_what_is_no_code_is_not_put_in_the_box(client: Client) -> None:
    form = client.get("/fr/idees/suivre", {"code": "K7M4-2QK"}).context["form"]
    assert form["reference"].value() == ""


def test_what_a_provider_refuses_is_sent_later(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    idea = make_idea(contact_email="f@example.org")
    told = (idea.pk, "idea.received", {"reference": idea.reference, "title": idea.title})
    assert deliver_to_contact.call(*told) == "later"
    again = default_task_backend.results[-1]
    assert (again.args, again.kwargs) == ([*told, "ideas.idea"], {"tries": 1})
    with pytest.raises(OSError, match="refused"):
        deliver_to_contact.call(*told, tries=len(WAITS))
