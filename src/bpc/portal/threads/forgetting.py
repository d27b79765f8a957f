"""The note that a mail was read is kept as long as it may come twice, then erased; its message stays in its thread."""

from datetime import datetime, timedelta

from django.db import transaction

from bpc.portal.threads.models import ReceivedMail

#: Mail servers give a mail up after five days; a mailbox read again by hand is seldom older than a month.
KEPT = timedelta(days=90)


@transaction.atomic
def forget_mails(at: datetime) -> int:
    """Erase what was noted of mails received more than three months ago; returns how many. Run again, it finds none."""
    gone, _kinds = ReceivedMail.objects.filter(received_at__lt=at - KEPT).delete()
    return gone
