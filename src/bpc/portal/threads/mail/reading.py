"""A mail as it came → what it says of itself: to which thread, from whom, whether a machine wrote it, words, files."""

import email
import email.policy
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from email.utils import getaddresses, parseaddr
from io import BytesIO
from typing import cast

from django.conf import settings

from bpc.portal.threads.attachments import Upload
from bpc.portal.threads.mail.cutting import own_words
from bpc.portal.threads.mail.html_text import text_of_html
from bpc.portal.threads.reply_addresses import token_in

MAX_BYTES = 20 * 1024 * 1024
_MOST_PARTS = 60
_MOST_HOPS = 40  # a mail handed on more often runs in a circle
_LOGO_BYTES = 12 * 1024  # a picture inside the text lighter than that is a signature's
_ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_MACHINES = (
    "mailer-daemon",
    "postmaster",
    "noreply",
    "no-reply",
    "ne-pas-repondre",
    "nepasrepondre",
    "bounce",
)
_BULK = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
_MARKS_OF_MACHINES = (
    "List-Id",
    "List-Unsubscribe",
    "X-Autoreply",
    "X-Autorespond",
    "X-Auto-Reply-From",
    "X-Loop",
)


class UnreadableMail(Exception):
    """What came is no mail, or one nothing can be read in."""


@dataclass(frozen=True)
class Envelope:
    """What the headings say. `digest`: of its Message-ID and its sender."""

    digest: str
    token: str
    sender: str
    is_automatic: bool


@dataclass(frozen=True)
class Contents:
    """The author's own words, the files, and how many parts could not be taken apart."""

    text: str
    uploads: tuple[Upload, ...]


def read_envelope(raw: bytes, recipient: str = "") -> Envelope:
    """The headings. `recipient`: whom the mail server says it was for. Raises `UnreadableMail`."""
    try:
        head = BytesHeaderParser(policy=email.policy.compat32).parsebytes(raw)
        addressed = [recipient, *(str(value) for name in _ADDRESSED for value in head.get_all(name, []))]
        senders = [address for _name, address in getaddresses([str(one) for one in head.get_all("From", [])])]
        is_automatic = _is_automatic(head, senders)
        message_id = str(head.get("Message-ID", "")).strip()
    except (ValueError, LookupError, TypeError, IndexError, AttributeError, RecursionError):
        raise UnreadableMail from None
    sender = senders[0].strip().lower() if len(senders) == 1 else ""
    known_by = f"{message_id}|{sender}".encode("utf-8", "replace") if message_id else raw
    token = next((found for found in map(token_in, addressed) if found), "")
    return Envelope(hashlib.sha256(known_by).hexdigest(), token, sender, is_automatic)


def _is_automatic(head: email.message.Message, senders: list[str]) -> bool:
    """Whether a machine wrote it: an absence told, a bounce, a list, or ourselves."""
    if str(head.get("Auto-Submitted", "no")).split(";")[0].strip().lower() != "no":
        return True
    if str(head.get("Precedence", "")).strip().lower() in _BULK or any(
        head.get(one) for one in _MARKS_OF_MACHINES
    ):
        return True
    if str(head.get("Return-Path", "")).strip() == "<>" or len(head.get_all("Received", [])) > _MOST_HOPS:
        return True
    if head.get_content_type() in {"multipart/report", "message/delivery-status"}:
        return True
    own = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()
    return any(
        one.lower() == own or token_in(one) or one.lower().split("@")[0].startswith(_MACHINES)
        for one in senders
    )


def read_contents(raw: bytes) -> Contents:
    """The words and the files. Raises `UnreadableMail`."""
    try:
        message = BytesParser(policy=email.policy.default).parsebytes(raw)
        plain: list[str] = []
        rich: list[str] = []
        uploads: list[Upload] = []
        for part in _parts(message):
            kind = part.get_content_type()
            if kind in {"text/plain", "text/html"} and part.get_content_disposition() != "attachment":
                (plain if kind == "text/plain" else rich).append(_text(part))
            elif (upload := _upload(part)) is not None:
                uploads.append(upload)
    except (ValueError, LookupError, TypeError, IndexError, AttributeError, RecursionError):
        raise UnreadableMail from None
    text = "\n".join(plain).strip()
    return Contents(own_words(text or "\n".join(map(text_of_html, rich))), tuple(uploads))


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The leaves, a mail enclosed in the mail being one."""
    waiting, seen = [message], 0
    while waiting:
        part = waiting.pop(0)
        seen += 1
        if seen > _MOST_PARTS:
            raise UnreadableMail
        if part.get_content_maintype() == "multipart":
            payload = part.get_payload()
            waiting[:0] = (
                [one for one in payload if isinstance(one, EmailMessage)] if isinstance(payload, list) else []
            )
        else:
            yield part


def _text(part: EmailMessage) -> str:
    """Its letters, whatever set of them it names; what it cannot say is left out."""
    raw = cast(bytes | None, part.get_payload(decode=True)) or b""
    named = str(part.get_content_charset() or "utf-8")
    try:
        return raw.decode(named, "ignore")
    except LookupError:
        return raw.decode("utf-8", "ignore")


def _upload(part: EmailMessage) -> Upload | None:
    """A file, but for the small pictures of a signature."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else bytes(part)
    is_inside = part.get("Content-ID") and part.get_content_disposition() != "attachment"
    if part.get_content_maintype() == "image" and is_inside and len(data) < _LOGO_BYTES:
        return None
    if part.get_content_type() in {
        "text/calendar",
        "application/pgp-signature",
        "application/pkcs7-signature",
    }:
        return None
    return Upload(BytesIO(data), len(data), str(part.get_filename() or ""))
