"""Awards given, shown under a name or not, revoked: each signed, told to the person, written in the trail."""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction

from bpc.portal.badges.achievements import UnknownAchievement, Words, last_version
from bpc.portal.badges.credentials import sign_award
from bpc.portal.badges.keys import signer
from bpc.portal.badges.models import AchievementVersion, Award
from bpc.portal.badges.notices import AWARDED, REVOKED
from bpc.portal.badges.status_lists import set_bit, take_place
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.sealing import BrokenSeal
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.ideas.languages import language_of
from bpc.portal.ideas.references import new_reference
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User

NO_EVIDENCE = Words("", "")
_SIGNED = ("token", "key", "signed_at")
_log = logging.getLogger(__name__)


class NoName(Exception):
    """The account has no name to show."""


@transaction.atomic
def award(
    *, user: User, achievement: str, evidence: Words = NO_EVIDENCE, at: datetime, version: int | None = None,
    actor: Any = None,
) -> Award:  # fmt: skip
    """Award an achievement by its code, in its newest version unless told; given already, it is given back as it is.

    One living award for a person and an achievement: a newer version renews it, under a new code. What was revoked
    comes back only when earned again, after the revocation; until then the revoked award is given back.
    `evidence`: how it was earned, read by whoever checks. Raises `UnknownAchievement`.
    """
    holder = User.objects.select_for_update().get(pk=user.pk)  # the same twice at once is one after the other
    earned = last_version(achievement) if version is None else _version(achievement, version)
    rows = Award.objects.select_related("version").filter(user=holder, achievement=earned.achievement_id)
    last = rows.order_by("-pk").first()
    if last is not None and _stands(last, earned, at):
        return last
    if last is not None and last.is_living:
        last.renewed_at = at
        last.save(update_fields=["renewed_at"])
    status_list, place = take_place()
    made = Award(
        code=_fresh_code(), user=holder, achievement=earned.achievement, version=earned,
        evidence_fr=evidence.fr, evidence_ar=evidence.ar, achieved_at=at, status_list=status_list, place=place,
    )  # fmt: skip
    _sign(made, holder, at)
    made.save()
    record(
        actor=actor, verb="award badge", obj=made, at=at, data={"achievement": achievement, "code": made.code}
    )
    name = earned.told("name", holder.language)
    notify(user=holder, kind=AWARDED, data={"code": made.code, "name": name}, at=at)
    return made


def _version(code: str, number: int) -> AchievementVersion:
    rows = AchievementVersion.objects.select_related("achievement").filter(
        achievement__code=code, number=number
    )
    found = rows.first()
    if found is None:
        raise UnknownAchievement(f"{code} version {number}")
    return found


def _stands(last: Award, earned: AchievementVersion, at: datetime) -> bool:
    """Whether what is earned adds nothing to the last award."""
    if last.revoked_at is not None:
        return at <= last.revoked_at
    return last.version.number >= earned.number


def _fresh_code() -> str:
    code = new_reference()
    while Award.objects.filter(code=code).exists():
        code = new_reference()
    return code


def _sign(row: Award, holder: User, at: datetime) -> None:
    """Sign, or leave it for `manage.py badge_keys --sign`: nobody loses what they earned to a setting."""
    try:
        sign_award(row, holder, signer(at), at)
    except BrokenSeal:
        _log.error(
            "the signing key of badges does not open: %s is not signed (see docs/operations.md)", row.code
        )


def _lock(row: Award) -> Award:
    """The award as it is now, kept from others."""
    found = Award.objects.select_for_update().get(pk=row.pk)
    found.version = AchievementVersion.objects.select_related("achievement").get(pk=found.version_id)
    return found


@transaction.atomic
def show_name(*, award: Award, shown: bool, actor: Any, at: datetime) -> Award:
    """Show the holder's name to whoever has the code, or hide it again; the credential is signed anew.

    Raises `NoName`, `IllegalMove` for one that holds no more, `PermissionDenied`.
    """
    row = _lock(award)
    check(actor, "badges.own", row)
    holder = User.objects.get(pk=actor.pk)
    if row.revoked_at is not None:
        raise IllegalMove(f"{row.code} is revoked")
    if shown and not holder.display_name:
        raise NoName
    if row.shows_name == shown:
        return row
    row.shows_name = shown
    _sign(row, holder, at)
    row.save(update_fields=["shows_name", *_SIGNED])
    record(actor=actor, verb="show name on badge" if shown else "hide name on badge", obj=row, at=at)
    return row


@transaction.atomic
def revoke(*, award: Award, reason: str, actor: Any, at: datetime) -> Award:
    """Revoke for good, for a reason that whoever checks will read; only earning it again gives it back.

    Raises `ReasonMissing`, `IllegalMove` when it is revoked already, `PermissionDenied`.
    """
    check(actor, "badges.revoke", award)
    if not reason.strip():
        raise ReasonMissing("revoke badge")
    row = _lock(award)
    if row.revoked_at is not None:
        raise IllegalMove(f"{row.code} is revoked")
    row.revoked_at, row.reason, row.reason_language = at, reason.strip(), language_of(reason)
    row.save(update_fields=["revoked_at", "reason", "reason_language"])
    set_bit(row.status_list_id, row.place)
    record(actor=actor, verb="revoke badge", obj=row, at=at, reason=row.reason, data={"code": row.code})
    if row.user is not None:
        name = row.version.told("name", row.user.language)
        notify(user=row.user, kind=REVOKED, data={"code": row.code, "name": name}, at=at)
    return row


def sign_waiting(at: datetime, most: int = 200) -> int:
    """Sign up to `most` living awards that are not signed, or by a key revoked since; returns how many it signed.

    Raises `BrokenSeal`.
    """
    with transaction.atomic():
        opened = signer(at)
        rows = list(unsigned_awards().select_for_update(of=("self",)).order_by("pk")[:most])
        for row in rows:
            if row.user is not None:
                sign_award(row, row.user, opened, at)
        Award.objects.bulk_update(rows, _SIGNED)
    return len(rows)


def unsigned_awards() -> Any:
    """Awards of people still here, not revoked, without a credential anybody should believe."""
    rows = Award.objects.filter(revoked_at=None, user__isnull=False)
    waiting = rows.filter(token="") | rows.filter(key__revoked_at__isnull=False)
    return waiting.select_related("user", "version__achievement")
