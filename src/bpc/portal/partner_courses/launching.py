"""Opening a partner's course: the hint given to its tool, and the answer to the browser that the tool sends back.

The tool is told a hint (`lti_message_hint`) that stands for one opening, serves once, and for five minutes. It comes
back with it, to learn who opened what; only then is anything signed, and only to an address it registered.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.db import transaction

from bpc.portal.foundation.permissions import check
from bpc.portal.partner_courses import xapi
from bpc.portal.partner_courses.activities import course_activity
from bpc.portal.partner_courses.addresses import issuer
from bpc.portal.partner_courses.claims import launch_claims, target_of
from bpc.portal.partner_courses.identities import identity_of
from bpc.portal.partner_courses.keys import sign
from bpc.portal.partner_courses.models import Launch, Partner, PartnerCourse, PartnerResult

HINT_SERVES = timedelta(minutes=5)
KEPT = timedelta(days=1)  # a launch, after which nothing asks for it
LONGEST = 2000  # characters of a nonce, a state
#: What an authentication request must say word for word (LTI 1.3, 5.1.1.2), and the fault of saying otherwise.
_SAID = {
    "response_type": ("id_token", "unsupported_response_type"),
    "response_mode": ("form_post", "invalid_request"),
    "prompt": ("none", "invalid_request"),
}


class Undecided(Exception):
    """The person was not yet asked what this partner may receive."""


class NotOurs(Exception):
    """A request that nothing may be answered to: `code` is client or redirect (whoever asks is not known)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class StaleLaunch(Exception):
    """The opening is over: used, too old, of another person, or nobody is signed in. `course` where it is known."""

    def __init__(self, course: PartnerCourse | None = None) -> None:
        super().__init__()
        self.course = course


@dataclass(frozen=True)
class Answered:
    """What the browser posts to the tool: a signed launch, or the fault of the tool's request."""

    address: str
    fields: dict[str, str]
    language: str = ""


@transaction.atomic
def begin_launch(*, course: PartnerCourse, language: str, actor: Any, at: datetime) -> str:
    """The address of the tool's login, with what it needs. Raises `Undecided`, `PermissionDenied`."""
    check(actor, "partner_courses.open", course)
    identity = identity_of(actor, course.partner)
    if identity is None or identity.decided_at is None:
        raise Undecided
    Launch.objects.filter(made_at__lt=at - KEPT).delete()
    hint = secrets.token_urlsafe(32)
    Launch.objects.create(
        hint_digest=_digest(hint), identity=identity, course=course, language=language, made_at=at
    )
    told = {
        "iss": issuer(),
        "login_hint": str(identity.subject),
        "target_link_uri": target_of(course),
        "lti_message_hint": hint,
        "client_id": course.partner.client_id,
        "lti_deployment_id": course.partner.deployment_id,
    }
    return with_query(course.partner.login_url, told)


def answer_authentication(asked: Mapping[str, str], *, person: Any, at: datetime) -> Answered:
    """What the person's browser brings back to the tool. Raises `NotOurs`, `StaleLaunch`."""
    partner = Partner.objects.filter(client_id=asked.get("client_id", "")).first()
    if partner is None or not partner.is_active:
        raise NotOurs("client")
    address = asked.get("redirect_uri", "")
    if address not in partner.redirect_urls:  # letter for letter: an address that resembles it is another's
        raise NotOurs("redirect")
    fault = _fault_of(asked)
    if fault:
        return Answered(address, _with_state({"error": fault[0], "error_description": fault[1]}, asked))
    launch = _use(asked, partner, person, at)
    token = sign(launch_claims(launch, asked["nonce"], at), at)
    return Answered(address, _with_state({"id_token": token}, asked), launch.language)


def _fault_of(asked: Mapping[str, str]) -> tuple[str, str] | None:
    """The fault of a tool's request, in the words of OpenID Connect; None when it is as it should be."""
    for name, (word, fault) in _SAID.items():
        if asked.get(name) != word:
            return fault, f"{name} must be {word}"
    if "openid" not in asked.get("scope", "").split():
        return "invalid_scope", "scope must be openid"
    for name in ("nonce", "login_hint", "lti_message_hint"):
        if not asked.get(name):
            return "invalid_request", f"{name} is missing"
    if len(asked["nonce"]) > LONGEST or len(asked.get("state", "")) > LONGEST:
        return "invalid_request", "nonce or state is too long"
    return None


@transaction.atomic
def _use(asked: Mapping[str, str], partner: Partner, person: Any, at: datetime) -> Launch:
    """The opening the hint stands for, used up."""
    rows = Launch.objects.select_related("identity__person", "course__partner")
    launch = rows.filter(hint_digest=_digest(asked["lti_message_hint"]), identity__partner=partner).first()
    if launch is None:
        raise StaleLaunch
    of_this_person = person.is_authenticated and launch.identity.person_id == person.pk
    if not of_this_person or asked["login_hint"] != str(launch.identity.subject):
        raise StaleLaunch
    check(person, "partner_courses.open", launch.course)
    fresh = Launch.objects.filter(pk=launch.pk, used_at=None, made_at__gt=at - HINT_SERVES)
    if not fresh.update(used_at=at):
        raise StaleLaunch(launch.course)
    result, made = PartnerResult.objects.get_or_create(
        identity=launch.identity, course=launch.course, defaults={"opened_at": at, "last_opened_at": at}
    )
    if not made:
        PartnerResult.objects.filter(pk=result.pk, last_opened_at__lt=at).update(last_opened_at=at)
    xapi.tell(person, xapi.Verb.LAUNCHED, course_activity(launch.course), None, at)
    return launch


def with_query(address: str, told: Mapping[str, str]) -> str:
    """An address with more in its query; what it had stays."""
    parts = urlsplit(address)
    query = "&".join(filter(None, [parts.query, urlencode(told)]))
    return parts._replace(query=query).geturl()


def _with_state(fields: dict[str, str], asked: Mapping[str, str]) -> dict[str, str]:
    state = asked.get("state", "")
    return {**fields, "state": state} if state and len(state) <= LONGEST else fields


def _digest(hint: str) -> str:
    return hashlib.sha256(hint.encode()).hexdigest()
