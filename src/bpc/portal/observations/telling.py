"""The author's verbs: tell of a need or an opportunity, amend what was returned, withdraw it.

Each is atomic and leaves its audit row. Sending one form twice (same `submission_key`) tells it once. An author
without an account is the actor None: what they may do was proved before, by a signed link.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove, move
from bpc.portal.ideas.handing_in import begin, check_speaks_for, locked_at, rewrite
from bpc.portal.ideas.pending import attach_pending, describe_attachments, drop_attachments
from bpc.portal.ideas.visibility import moderates
from bpc.portal.observations import notices
from bpc.portal.observations.models import Observation
from bpc.portal.observations.publication import GENERATION
from bpc.portal.observations.queries import kind_of
from bpc.portal.observations.states import OBSERVATION_MOVES, ObservationState
from bpc.portal.reference.models import Territory

MOST_OTHERS = 2  # categories beside the main one


@dataclass(frozen=True)
class Content:
    """What somebody tells. `territory`: a commune, or a province for those who may speak of a whole province.

    `lon`, `lat` in degrees, or both None: then the territory alone says where. `organisation_id`: in whose name, one
    the author belongs to; None for themselves.
    """

    kind: str
    category_id: str
    title: str
    text: str
    language: str
    territory: Territory
    speaker: str
    other_categories: tuple[str, ...] = ()
    sector_id: str | None = None
    resource_id: int | None = None
    audience: str = ""
    lon: float | None = None
    lat: float | None = None
    link: str = ""
    organisation_id: int | None = None
    show_author: bool = False
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""

    def columns(self) -> dict[str, Any]:
        """The columns of `Observation` these words fill, the places repeated from the territory."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        whole_province = self.territory.level == Territory.Level.PROVINCE
        return values | {
            "other_categories": list(self.other_categories),
            "commune": None if whole_province else self.territory,
            "province_id": self.territory.province_code,
            "region_id": self.territory.region_code,
        }


def may_tell_of_province(person: Any, province: Territory | None = None) -> bool:
    """Delegates of its region and national administrators may speak of a whole province; others of their commune."""
    return moderates(person, _Of(province.region_code) if province is not None else None)


def propose(*, content: Content, submission_key: UUID, actor: Any, at: Any) -> tuple[Observation, bool]:
    """Tell of something new; returns it and whether it is new (False: the form was sent before).

    Raises `KeyTaken`, `PermissionDenied` for a province one may not speak of, `ValidationError` for categories of
    another kind.
    """
    _check_content(content, actor)
    with transaction.atomic():
        told, is_new = begin(Observation, content.columns(), submission_key, actor, at)
        if is_new:
            attach_pending(told, submission_key)
            _submit(told, actor, at)
    return told, is_new


def amend(
    *,
    observation: Observation,
    content: Content,
    version: int,
    submission_key: UUID,
    actor: Any,
    at: Any,
    removed_files: tuple[int, ...] = (),
    photo_words: Mapping[int, str] | None = None,
) -> Observation:
    """Write new words into a returned observation, read when it was at `version`, and hand it in again.

    Raises `StaleForm` when somebody changed it since, `IllegalMove` when it is no longer to be amended, and what
    `propose` raises.
    """
    _check_content(content, actor, observation)
    with transaction.atomic():
        row = locked_at(observation, version)
        if row.state != ObservationState.RETURNED:
            raise IllegalMove(f"amend: {row.state}")
        if actor is not None:
            check(actor, "observations.edit", row)
        check_speaks_for(content.organisation_id, actor)
        changed = rewrite(row, content.columns())
        drop_attachments(row, removed_files)
        describe_attachments(row, photo_words or {})
        attach_pending(row, submission_key)
        record(
            actor=actor, verb="amend", obj=row, at=at, before=row.state, after=row.state, data={"changed": changed}
        )  # fmt: skip
        _submit(row, actor, at)
    return row


def withdraw(*, observation: Observation, actor: Any, at: Any) -> Observation:
    """Take one's own words back before they are published; they are archived and nobody publishes them."""
    with transaction.atomic():
        move(observation, OBSERVATION_MOVES, "withdraw", actor=actor, at=at)
        outdate(GENERATION)
    return observation


@dataclass(frozen=True)
class _Of:
    """A region, for the rule of who answers for it."""

    region_id: str


def _submit(observation: Observation, actor: Any, at: Any) -> None:
    move(observation, OBSERVATION_MOVES, "submit", actor=actor, at=at)
    notices.tell_submitted(observation, at=at)


def _check_content(content: Content, actor: Any, written: Observation | None = None) -> None:
    """What a form made by hand could still get wrong."""
    others = content.other_categories
    named = (content.category_id, *others)
    if any(kind_of(code) != content.kind for code in named) or len(set(named)) < len(named):
        raise ValidationError("categories", "categories")
    if len(others) > MOST_OTHERS:
        raise ValidationError("too many categories", "categories")
    if content.territory.level == Territory.Level.COMMUNE:
        return
    if content.territory.level != Territory.Level.PROVINCE:
        raise ValidationError("a commune or a province", "territory")
    unchanged = written is not None and written.territory_id == content.territory.pk
    if not unchanged and (actor is None or not may_tell_of_province(actor, content.territory)):
        raise PermissionDenied("province")
