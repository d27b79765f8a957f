"""People registered are told by their account, else by the contact they left; each in their own language."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bpc.portal.foundation.retries import try_later
from bpc.portal.people.delivery import notify
from bpc.portal.people.sending import send_text


def language_of(row: Any) -> str:
    """The language in which the person is written to."""
    return str(row.user.language if row.user is not None else row.language)


def tell(row: Any, kind: str, data: dict[str, Any], *, at: datetime, task: Any) -> None:
    """Tell one registration; `task` delivers (key of the row, kind, data) to who has no account.

    Nobody is told of a demonstration, nor who left neither account nor contact.
    """
    if row.is_demo:
        return
    if row.user is not None:
        notify(user=row.user, kind=kind, data=data, at=at)
    elif row.email or row.phone:
        transaction.on_commit(partial(task.enqueue, row.pk, kind, data))


def deliver(
    row: Any | None, text: Callable[[], str], link: Callable[[], str], *, task: Any, said: tuple[Any, ...], tries: int
) -> str:  # fmt: skip
    """Send `text` to the contact with the `link` of the registration, which shows its code and cancels it.

    Returns how it left ("email", "sms"), "gone" where nobody is to be written to any more, or "later" when the
    provider is away: then `task` is asked again with `said`.
    """
    if row is None or row.user_id is not None or not (row.email or row.phone):
        return "gone"
    try:
        with translation.override(row.language):
            words, address = text(), link()
            closing = _("Votre inscription, et comment l’annuler :")
            body = f"{words}\n\n{closing}\n{address}\n"
            return send_text(email=row.email, phone=row.phone, body=body, short=f"{words} {address}")
    except OSError:
        if not try_later(task, *said, tries=tries):
            raise
        return "later"
