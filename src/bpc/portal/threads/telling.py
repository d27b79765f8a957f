"""A word that there is a message: on the site at once; by e-mail or SMS at most once an hour for a thread.

By e-mail, somebody who has read the thread since the last word is told at once again; by SMS, which costs, never.
A word held back leaves at its hour, unless the thread was read meanwhile.
"""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from bpc.portal.foundation.retries import try_later
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import Notification, User
from bpc.portal.people.notices import full_address
from bpc.portal.people.sending import send_text
from bpc.portal.threads.models import Message, ReadMark, Thread
from bpc.portal.threads.notices import NEW
from bpc.portal.threads.queries import people_of
from bpc.portal.threads.reply_addresses import reply_address
from bpc.portal.threads.visibility import can_see_thread

WAIT = timedelta(hours=1)
#: Answering machines that read it do not answer.
_AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def tell_others(message_id: int) -> None:
    """Whoever sees the thread, but its author; after the message stands."""
    message = Message.objects.select_related("thread__project").filter(pk=message_id).first()
    if message is None:
        return
    for person in people_of(message.thread.project).values_list("pk", flat=True):
        if person != message.author_id:
            tell.enqueue(message.thread_id, person)


@task()
def tell(thread_id: int, person_id: int, tries: int = 0) -> str:
    """Tell one person. Returns what was done: email, sms, unreachable, site, held, nothing, gone, later."""
    thread = Thread.objects.select_related("project").filter(pk=thread_id).first()
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if thread is None or person is None or not can_see_thread(person, thread):
        return "gone"
    mark, _new = ReadMark.objects.get_or_create(thread=thread, user=person)
    if not _has_news(thread, mark):
        ReadMark.objects.filter(pk=mark.pk).update(is_owed=False)
        return "nothing"
    now = timezone.now()
    notice = _tell_on_site(thread, person, now)
    if person.is_demo:
        return "site"
    if _must_wait(mark, person, now):
        return _hold(mark, now)
    return _send(notice, mark, person, now, tries)


def _has_news(thread: Thread, mark: ReadMark) -> bool:
    """Whether something of others, not withdrawn, waits unread."""
    later = thread.messages.filter(number__gt=mark.number, withdrawn_at=None)
    return later.exclude(author=mark.user_id).exists()


def _tell_on_site(thread: Thread, person: User, now: datetime) -> Notification:
    """One unread notice of a thread at a time."""
    unread = Notification.objects.filter(user=person, kind=NEW, read_at=None, data__thread=thread.pk).first()
    about = {"reference": thread.project.reference, "thread": thread.pk}
    return unread or notify(user=person, kind=NEW, data=about, at=now)


def _must_wait(mark: ReadMark, person: User, now: datetime) -> bool:
    if mark.told_at is None or now >= mark.told_at + WAIT:
        return False
    has_read_since = mark.read_at is not None and mark.read_at > mark.told_at
    return not (person.email and has_read_since)


def _hold(mark: ReadMark, now: datetime) -> str:
    """The word waits for its hour; one at a time."""
    if not mark.is_owed and ReadMark.objects.filter(pk=mark.pk, is_owed=False).update(is_owed=True):
        due = (mark.told_at or now) + WAIT
        tell.using(run_after=due).enqueue(mark.thread_id, mark.user_id)
    return "held"


def _send(notice: Notification, mark: ReadMark, person: User, now: datetime, tries: int) -> str:
    """Send it, dated first, so that two messages at once make one word; undone when the provider fails."""
    won = ReadMark.objects.filter(pk=mark.pk, told_at=mark.told_at).update(told_at=now, is_owed=False)
    if not won:
        return "held"
    try:
        with translation.override(person.language):
            return _leave(notice, mark, person)
    except OSError:
        ReadMark.objects.filter(pk=mark.pk).update(told_at=mark.told_at)
        if not try_later(tell, mark.thread_id, mark.user_id, tries=tries):
            raise
        return "later"


def _leave(notice: Notification, mark: ReadMark, person: User) -> str:
    text = _("Vous avez un message sur la Banque de projets.")
    link = full_address(reverse("web:notification", args=[notice.pk]))
    answer = reply_address(mark.thread_id, mark.user_id)
    how = (
        _(
            "Ouvrez ce lien pour le lire. Vous pouvez aussi répondre à cet e-mail : seuls vos mots seront gardés."
        )
        if answer
        else _("Ouvrez ce lien pour le lire et y répondre.")
    )
    return send_text(
        email=person.email or "",
        phone=(person.phone or "") if person.phone_verified else "",
        body=f"{text}\n\n{link}\n\n{how}\n",
        short=f"{text} {link}",
        headers={**_AUTOMATIC, **({"Reply-To": answer} if answer else {})},
    )
