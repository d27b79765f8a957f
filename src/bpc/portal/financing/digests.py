"""The weekly message about funding: what it says, how it leaves, how it is stopped in one tap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks import task

from bpc.portal.financing.models import Watch
from bpc.portal.financing.watching import stop_all_token, stop_token
from bpc.portal.foundation.retries import try_later
from bpc.portal.people.consents import FUNDING_ALERTS
from bpc.portal.people.delivery import agreed_to, notify
from bpc.portal.people.models import Notification, User
from bpc.portal.people.notices import declare_notice, full_address
from bpc.portal.people.sending import send_text

KIND = "funding.changed"
MOST_LINES = 12  # of a part: the page has the rest


@dataclass(frozen=True)
class Part:
    """A watch and what changed for it, in sentences."""

    watch: Watch
    lines: Sequence[str]


def declare() -> None:
    """Called once when the app is ready."""
    declare_notice(
        KIND,
        gettext_lazy("Du nouveau dans vos financements : %(summary)s"),
        page="web:funding_alerts",
        purpose=FUNDING_ALERTS,
        by_message=False,  # it leaves below, with its own links
    )


def send_digest(*, user: User, parts: Sequence[Part], at: datetime) -> Notification:
    """Tell `user`, in the language now active, once the surrounding transaction stands."""
    number = sum(len(part.lines) for part in parts)
    counted = ngettext("%(count)s changement", "%(count)s changements", number) % {"count": number}
    text = {"summary": counted, "body": body_of(user, parts)}
    notice = notify(user=user, kind=KIND, data=text, at=at)
    transaction.on_commit(partial(deliver_digest.enqueue, notice.pk))
    return notice


def body_of(user: User, parts: Sequence[Part]) -> str:
    """The whole message: a part for each watch with its link and the one that stops it, then the one that stops all."""
    blocks = [_part_text(part) for part in parts]
    closing = _("Pour arrêter tous ces messages, sans vous connecter : %(url)s") % {
        "url": _stop_url(stop_all_token(user))
    }
    return "\n\n".join(
        [_("Voici ce qui a changé cette semaine dans les financements que vous suivez."), *blocks, closing]
    )


@task()
def deliver_digest(notice_id: int, tries: int = 0) -> str:
    """Send one message. Returns how it left (email, sms) or why not (gone, refused, unreachable, later)."""
    notice = Notification.objects.select_related("user").filter(pk=notice_id).first()
    if notice is None or not notice.user.is_active:
        return "gone"
    user = notice.user
    if not agreed_to(user, FUNDING_ALERTS):
        return "refused"
    try:
        with translation.override(user.language):
            return _send(notice, user)
    except OSError:
        if not try_later(deliver_digest, notice_id, tries=tries):
            raise
        return "later"


def _send(notice: Notification, user: User) -> str:
    stop = _stop_url(stop_all_token(user))
    page = full_address(reverse("web:funding_alerts"))
    short = _("Du nouveau dans vos financements (%(summary)s) : %(url)s. Arrêter : %(stop)s")
    return send_text(
        email=user.email or "",
        phone=(user.phone or "") if user.phone_verified else "",
        body=f"{notice.data['body']}\n",
        short=short % {"summary": notice.data["summary"], "url": page, "stop": stop},
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def _part_text(part: Part) -> str:
    watch = part.watch
    title = watch.project.name if watch.project is not None else watch.name
    lines = [f"- {line}" for line in part.lines[:MOST_LINES]]
    left = len(part.lines) - MOST_LINES
    if left > 0:
        more = ngettext("- et %(count)s autre changement", "- et %(count)s autres changements", left)
        lines.append(more % {"count": left})
    if watch.project is not None:
        page = reverse("web:project_funding", args=[watch.project.reference])
    else:
        page = reverse("web:funding_alert", args=[watch.pk])
    return "\n".join(
        [
            title,
            *lines,
            _("Tout voir : %(url)s") % {"url": full_address(page)},
            _("Arrêter pour cette liste : %(url)s") % {"url": _stop_url(stop_token(watch))},
        ]
    )


def _stop_url(token: str) -> str:
    return full_address(reverse("web:funding_alert_stop", args=[token]))
