"""Invitations to a jury sent to somebody without an account: a signed link, by e-mail or SMS, never in the request."""

from datetime import timedelta
from functools import partial

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from bpc.portal.contests.models import Edition, Juror
from bpc.portal.contests.states import JurorState
from bpc.portal.foundation.retries import try_later
from bpc.portal.people.notices import full_address
from bpc.portal.people.sending import send_text

LIFETIME = timedelta(days=60)
_SALT = "contests.jury.invitation"


def make_token(juror: Juror) -> str:
    """A link that opens this invitation; sending it again, or answering, ends the former."""
    return signing.dumps([juror.pk, int(juror.invited_at.timestamp())], salt=_SALT, compress=True)


def invitation_named(token: str) -> Juror | None:
    """The invitation a token opens; None when it is forged, old, replaced, answered or taken back."""
    try:
        key, sent = signing.loads(token, salt=_SALT, max_age=LIFETIME)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = Juror.objects.select_related("edition", "edition__region", "invited_by").filter(pk=key)
    juror = found.filter(state=JurorState.INVITED).first()
    return juror if juror is not None and int(juror.invited_at.timestamp()) == sent else None


def write_invitation(juror: Juror, language: str) -> None:
    """Send the link to the contact of the seat, once the surrounding transaction stands."""
    transaction.on_commit(partial(deliver_invitation.enqueue, juror.pk, language))


@task()
def deliver_invitation(juror_id: int, language: str, tries: int = 0) -> str:
    """Send one; returns how it left ("email", "sms"), "gone", or "later" when the provider is away."""
    juror = Juror.objects.select_related("edition").filter(pk=juror_id, state=JurorState.INVITED).first()
    if juror is None:
        return "gone"
    try:
        with translation.override(language):
            return _send(juror, language)
    except OSError:
        if not try_later(deliver_invitation, juror_id, language, tries=tries):
            raise
        return "later"


def _send(juror: Juror, language: str) -> str:
    link = full_address(reverse("web:jury_invitation", args=[make_token(juror)]))
    names = {"name": juror.name, "title": name_in(juror.edition, language)}
    text = _("Vous êtes invité à siéger au jury de « %(title)s ».") % names
    about = _("Le lien dit ce qui vous est demandé, et permet d’accepter ou de décliner. Il est personnel.")
    return send_text(
        email=juror.email,
        phone=juror.phone,
        body=f"{juror.name},\n\n{text}\n\n{link}\n\n{about}\n",
        short=f"{text} {link}",
    )


def name_in(edition: Edition, language: str) -> str:
    """The edition's name in a language of the interface."""
    return edition.name_ar if language == "ar" and edition.name_ar else edition.name_fr
