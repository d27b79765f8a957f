"""Registering partners' tools: what an administrator tells us of a tool, and when it is paused."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import move
from bpc.portal.partner_courses.models import Partner
from bpc.portal.partner_courses.partner_keys import pasted_keys
from bpc.portal.partner_courses.reaching import is_reachable
from bpc.portal.partner_courses.states import PARTNER_MOVES


class Unfit(Exception):
    """What is told cannot be kept: `name` is the part at fault."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class Tool:
    """A tool as its keeper tells of it: either where its keys are read, or the keys themselves."""

    name: str
    login_url: str
    launch_url: str
    redirect_urls: tuple[str, ...]
    keyset_url: str = ""
    public_keys: str = ""
    privacy_url: str = ""


def check_tool(tool: Tool) -> None:
    """Raise `Unfit` for an address that may not be a partner's; `UnreadableKeys` for keys that are none."""
    for name in ("login_url", "launch_url", "keyset_url", "privacy_url"):
        address = getattr(tool, name)
        if address and not is_reachable(address):
            raise Unfit(name)
    if not tool.redirect_urls or not all(map(is_reachable, tool.redirect_urls)):
        raise Unfit("redirect_urls")
    if bool(tool.keyset_url) == bool(tool.public_keys):
        raise Unfit("keyset_url")
    if tool.public_keys:
        pasted_keys(tool.public_keys)


@transaction.atomic
def register_partner(*, tool: Tool, actor: Any, at: datetime) -> Partner:
    """Register a tool: it gets its client number. Raises `Unfit`, `UnreadableKeys`, `PermissionDenied`."""
    check(actor, "partner_courses.register")
    check_tool(tool)
    made = Partner.objects.create(**_columns(tool), registered_by=actor, registered_at=at)
    record(actor=actor, verb="register partner", obj=made, at=at, data={"name": tool.name})
    return made


@transaction.atomic
def change_partner(*, partner: Partner, tool: Tool, actor: Any, at: datetime) -> None:
    """Put right what is kept of a tool; its numbers stay. Raises as `register_partner`."""
    check(actor, "partner_courses.register")
    check_tool(tool)
    row = Partner.objects.select_for_update().get(pk=partner.pk)
    fresh = _columns(tool)
    changed = sorted(name for name, value in fresh.items() if getattr(row, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(row, name, fresh[name])
    if "keyset_url" in changed:
        row.keyset, row.keyset_read_at, row.keyset_asked_at = None, None, None
    row.save()
    record(actor=actor, verb="change partner", obj=row, at=at, data={"columns": changed})


def pause_partner(*, partner: Partner, actor: Any, at: datetime) -> None:
    """Show its courses to nobody, answer its tool nothing, from now on."""
    move(partner, PARTNER_MOVES, "pause", actor=actor, at=at)


def resume_partner(*, partner: Partner, actor: Any, at: datetime) -> None:
    """Put it back in service."""
    move(partner, PARTNER_MOVES, "resume", actor=actor, at=at)


def _columns(tool: Tool) -> dict[str, Any]:
    return {**tool.__dict__, "redirect_urls": list(tool.redirect_urls)}
