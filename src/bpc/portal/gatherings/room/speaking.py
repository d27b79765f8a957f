"""Who says what, and where: the values of a thing turned into what an author hands in, or None until it is whole.

A name or a number goes with what somebody said only when they agreed; it is published only when they asked for it.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bpc.portal.gatherings.room.folding import Thing
from bpc.portal.ideas import deposit
from bpc.portal.ideas.languages import language_of
from bpc.portal.ideas.states import Speaker
from bpc.portal.observations import telling
from bpc.portal.observations.queries import kind_of
from bpc.portal.people.phones import NotAPhoneNumber
from bpc.portal.people.phones import normalise as normal_phone
from bpc.portal.reference.models import Sector, Territory


@dataclass(frozen=True)
class Speakers:
    """The attendees that things name as their speakers."""

    attendees: dict[UUID, Thing]

    def of(self, thing: Thing) -> dict[str, Any]:
        """Who speaks: kind, and the name, number and wish to be named that they agreed to give."""
        values = thing.values
        speaker = values.get("speaker")
        known = self.attendees.get(UUID(speaker)) if speaker else None
        told = known.values if known is not None and not known.is_removed else {}
        kind = values.get("speaker_kind") or told.get("actor_kind") or Speaker.CITIZEN
        if not values.get("agreed"):
            return {"speaker": kind}
        agreed = told if told.get("agreed") else {}
        name = agreed.get("name") or values.get("speaker_name") or ""
        return {
            "speaker": kind,
            "contact_name": name,
            "contact_phone": phone_of(agreed.get("phone") or ""),
            "show_author": bool(name and values.get("shown")),
        }


def phone_of(typed: str) -> str:
    """The number in E.164; empty when it is none."""
    try:
        return normal_phone(typed) if typed else ""
    except NotAPhoneNumber:
        return ""


def idea_content(thing: Thing, speakers: Speakers) -> deposit.Content | None:
    """What the idea says; None while its title, commune or sector has not come."""
    values = thing.values
    commune = _commune(values)
    if not values.get("title") or commune is None:
        return None
    if not Sector.objects.filter(pk=values.get("sector")).exists():
        return None
    words = values.get("words") or ""
    return deposit.Content(
        title=values["title"], need="", proposal=words or values["title"],
        language=language_of(f"{values['title']} {words}"), sector_id=values["sector"], commune=commune,
        **speakers.of(thing),
    )  # fmt: skip


def observation_content(thing: Thing, speakers: Speakers) -> telling.Content | None:
    """What the need or the opportunity says; None while its title, commune or category has not come."""
    values = thing.values
    commune = _commune(values)
    category = values.get("category") or ""
    if not values.get("title") or commune is None or kind_of(category) != thing.kind:
        return None
    words = values.get("words") or ""
    return telling.Content(
        kind=thing.kind, category_id=category, title=values["title"], text=words or values["title"],
        language=language_of(f"{values['title']} {words}"), territory=commune, **speakers.of(thing),
    )  # fmt: skip


def _commune(values: dict[str, Any]) -> Territory | None:
    code = values.get("commune")
    return Territory.objects.filter(pk=code, level=Territory.Level.COMMUNE).first() if code else None
