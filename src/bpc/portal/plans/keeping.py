"""Writing a plan as it is into the list of its versions, which never grows beyond its bounds."""

from datetime import datetime
from typing import Any

from bpc.portal.plans.models import MOST_VERSIONS, Plan, PlanVersion

KEPT_EVERY = 25  # revisions: then the site keeps a version by itself
MOST_AUTOMATIC = 40  # the oldest of those makes room for the newest


class TooManyVersions(Exception):
    """The scenario has all the versions it may have, each kept by a person."""


def keep(
    row: Plan, actor: Any, at: datetime, *, note: str = "", language: str = "", automatic: bool = False
) -> PlanVersion:
    """A version of the locked plan as it stands. Raises `TooManyVersions` for one kept by a person."""
    _make_room(row, automatic)
    latest = row.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return PlanVersion.objects.create(
        plan=row, number=latest + 1, revision=row.revision, automatic=automatic,
        note=note, language=language if note else "", document=row.document, headline=row.headline,
        engine_version=row.engine_version, input_hash=row.input_hash, made_by=actor, made_at=at,
    )  # fmt: skip


def keep_if_due(row: Plan, actor: Any, at: datetime) -> None:
    """Before a change: keep what stands when the last version is many revisions old."""
    kept = row.versions.order_by("-number").values_list("revision", flat=True).first() or 1
    if row.revision - kept >= KEPT_EVERY:
        keep_by_itself(row, actor, at)


def keep_by_itself(row: Plan, actor: Any, at: datetime) -> None:
    """An automatic version, unless one of this very revision is kept or people's own fill the list."""
    if row.versions.filter(revision=row.revision).exists():
        return
    if row.versions.filter(automatic=False).count() < MOST_VERSIONS:
        keep(row, actor, at, automatic=True)


def _make_room(row: Plan, automatic: bool) -> None:
    by_itself = list(row.versions.filter(automatic=True).order_by("number").values_list("pk", flat=True))
    too_many = [] if not automatic else by_itself[: max(0, len(by_itself) - MOST_AUTOMATIC + 1)]
    full = row.versions.count() - len(too_many) >= MOST_VERSIONS
    if full and not too_many:
        if not by_itself:
            raise TooManyVersions
        too_many = by_itself[:1]
    PlanVersion.objects.filter(pk__in=too_many).delete()
