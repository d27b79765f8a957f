"""Notices leave by e-mail, or by SMS where there is no address; never in the request that caused them."""

from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from bpc.portal.foundation.retries import try_later
from bpc.portal.people.consents import SERVICE
from bpc.portal.people.models import Notification, User
from bpc.portal.people.notices import full_address, is_declared_notice, kind_of, text_of
from bpc.portal.people.sending import send_text


def agreed_to(user: User, purpose: str) -> bool:
    """Whether the person may be written to for `purpose`: always for the service, else by consent."""
    return purpose == SERVICE or user.consents.filter(purpose=purpose, withdrawn_at=None).exists()


def notify(*, user: User, kind: str, data: dict[str, Any], at: Any) -> Notification:
    """Tell `user` something; the message leaves once the surrounding transaction stands.

    Raises KeyError for a kind nobody declared.
    """
    if not is_declared_notice(kind):
        raise KeyError(kind)
    notice = Notification.objects.create(user=user, kind=kind, data=data, created_at=at)
    declared = kind_of(notice)
    if declared is not None and declared.by_message and user.is_active and not user.is_demo:
        transaction.on_commit(partial(deliver.enqueue, notice.pk))
    return notice


@task()
def deliver(notice_id: int, tries: int = 0) -> str:
    """Send one notice. Returns how it left (email, sms) or why not (gone, refused, unreachable, later)."""
    notice = Notification.objects.select_related("user").filter(pk=notice_id).first()
    declared = kind_of(notice) if notice is not None else None
    if notice is None or declared is None or not notice.user.is_active:
        return "gone"
    if not agreed_to(notice.user, declared.purpose):
        return "refused"
    try:
        with translation.override(notice.user.language):
            return _send(notice)
    except OSError:
        if not try_later(deliver, notice_id, tries=tries):
            raise
        return "later"


def _send(notice: Notification) -> str:
    user, text = notice.user, text_of(notice)
    # it asks to sign in, then leads to the page; that page itself says "not found" to strangers
    link = full_address(reverse("web:notification", args=[notice.pk]))
    closing = _("Retrouvez ce message dans votre espace, rubrique « Notifications ».")
    return send_text(
        email=user.email or "",
        phone=(user.phone or "") if user.phone_verified else "",
        body=f"{text}\n\n{link}\n\n{closing}\n",
        short=f"{text} {link}",
    )
