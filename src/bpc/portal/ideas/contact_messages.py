"""Messages to an author without an account: e-mail, else SMS, never in the request that caused them."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django_tasks import task

from bpc.portal.foundation.retries import try_later
from bpc.portal.ideas.reasons import interface_language
from bpc.portal.people.models import Notification
from bpc.portal.people.notices import address_of, full_address, text_of
from bpc.portal.people.sending import send_text

_IDEA = "ideas.idea"


@dataclass(frozen=True)
class Correspondence:
    """How authors of one model are written to: the page where the code is typed, and its closing words.

    `of_public_pages`: notices that lead to a page everybody sees; the others lead to `page`.
    """

    page: str
    closing: str | Promise
    of_public_pages: frozenset[str]


_correspondences = {
    _IDEA: Correspondence(
        "web:idea_follow",
        gettext_lazy("Pour la suite : « Suivre mon idée » sur le site, code %(reference)s."),
        frozenset({"idea.published", "idea.merged"}),
    )
}


def declare_correspondence(model: type[Model], correspondence: Correspondence) -> None:
    """Register how authors of `model` are written to; from the `ready` of its app."""
    _correspondences[model._meta.label_lower] = correspondence


def write_to_contact(idea: Any, kind: str, data: dict[str, Any]) -> None:
    """Send the text of notice `kind` to the contact left with `idea` (of a declared model), once it stands."""
    if not idea.is_demo and (idea.contact_email or idea.contact_phone):
        model = idea._meta.label_lower
        transaction.on_commit(partial(deliver_to_contact.enqueue, idea.pk, kind, data, model))


@task()
def deliver_to_contact(
    idea_id: int, kind: str, data: dict[str, Any], model: str = _IDEA, tries: int = 0
) -> str:
    """Send one message; returns how it left ("email", "sms"), "gone", or "later" when the provider is away."""
    idea: Any = apps.get_model(model)._default_manager.filter(pk=idea_id).first()
    if idea is None or not (idea.contact_email or idea.contact_phone):
        return "gone"
    try:
        with translation.override(interface_language(idea.language)):
            return _send(idea, Notification(kind=kind, data=data), _correspondences[model])
    except OSError:
        if not try_later(deliver_to_contact, idea_id, kind, data, model, tries=tries):
            raise
        return "later"


def _send(idea: Any, notice: Notification, by: Correspondence) -> str:
    """The link opens a public page, or the page to follow, which asks for the contact too: a message read by
    somebody else, or passed on, opens nothing.
    """
    text = text_of(notice)
    closing = str(by.closing) % {"reference": idea.reference}
    is_public = notice.kind in by.of_public_pages
    link = full_address(address_of(notice) if is_public else _page_to_follow(idea, by.page))
    return send_text(
        email=idea.contact_email,
        phone=idea.contact_phone,
        body=f"{text}\n\n{closing}\n{link}\n",
        short=f"{text} {closing} {link}",
    )


def _page_to_follow(idea: Any, page: str) -> str:
    """The page to follow, the code already there."""
    return f"{reverse(page)}?{urlencode({'code': idea.reference})}"
