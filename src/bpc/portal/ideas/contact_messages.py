"""Messages to an author without an account: e-mail, else SMS, never in the request that caused them."""

from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_tasks import task

from bpc.portal.foundation.retries import try_later
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.reasons import interface_language
from bpc.portal.people.models import Notification
from bpc.portal.people.notices import address_of, full_address, text_of
from bpc.portal.people.sending import send_text

_OF_PUBLIC_PAGES = frozenset({"idea.published", "idea.merged"})


def write_to_contact(idea: Idea, kind: str, data: dict[str, Any]) -> None:
    """Send the text of notice `kind` to the contact left with `idea`, once the transaction stands."""
    if not idea.is_demo and (idea.contact_email or idea.contact_phone):
        transaction.on_commit(partial(deliver_to_contact.enqueue, idea.pk, kind, data))


@task()
def deliver_to_contact(idea_id: int, kind: str, data: dict[str, Any], tries: int = 0) -> str:
    """Send one message; returns how it left ("email", "sms"), "gone", or "later" when the provider is away."""
    idea = Idea.objects.filter(pk=idea_id).first()
    if idea is None or not (idea.contact_email or idea.contact_phone):
        return "gone"
    try:
        with translation.override(interface_language(idea.language)):
            return _send(idea, Notification(kind=kind, data=data))
    except OSError:
        if not try_later(deliver_to_contact, idea_id, kind, data, tries=tries):
            raise
        return "later"


def _send(idea: Idea, notice: Notification) -> str:
    """The link opens a public page, or « Suivre mon idée », which asks for the contact too: a message read by
    somebody else, or passed on, opens nothing.
    """
    text = text_of(notice)
    closing = _("Pour la suite : « Suivre mon idée » sur le site, code %(reference)s.") % {
        "reference": idea.reference
    }
    is_public = notice.kind in _OF_PUBLIC_PAGES
    link = full_address(address_of(notice) if is_public else _page_to_follow(idea))
    return send_text(
        email=idea.contact_email,
        phone=idea.contact_phone,
        body=f"{text}\n\n{closing}\n{link}\n",
        short=f"{text} {closing} {link}",
    )


def _page_to_follow(idea: Idea) -> str:
    """« Suivre mon idée », the code already there."""
    return f"{reverse('web:idea_follow')}?{urlencode({'code': idea.reference})}"
