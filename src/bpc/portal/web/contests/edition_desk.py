"""What organisers see of one edition."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bpc.portal.contests.edition_content import missing_for_announcement
from bpc.portal.contests.models import Edition
from bpc.portal.contests.phases import PHASES_OF, phase_of
from bpc.portal.contests.states import Phase
from bpc.portal.web.contests.edition_doors import desk_doors
from bpc.portal.web.contests.edition_parts import PART_OF, PARTS
from bpc.portal.web.contests.edition_words import LACKING, calendar_steps, notice_changes, phase_line

_SHOWN = 30


def desk_context(person: Any, edition: Edition, now: datetime) -> dict[str, Any]:
    """Everything but the way back up; a handful of queries."""
    phase = phase_of(edition, now)
    lacking = (
        missing_for_announcement(edition, timezone.localtime(now).date()) if phase == Phase.DRAFT else ()
    )
    line, kind = phase_line(edition, now)
    may = {verb.value: phase in phases for verb, phases in PHASES_OF.items()}
    return {
        "edition": edition,
        "phase": phase,
        "line": line,
        "kind": kind,
        "steps": calendar_steps(edition, now),
        "may": may,
        "doors_of_edition": desk_doors(person, edition, now),
        "lacking": [(lacking_words(code), part_url(edition, PART_OF[code])) for code in lacking],
        "parts": _parts(edition, lacking, editable=may["edit"] or may["revise"]),
        "notices": [(one, notice_changes(one)) for one in edition.notices.select_related("by")[:_SHOWN]],
        "versions": edition.rules_versions.only("version", "published_at", "edition")[:_SHOWN],
    }


def lacking_words(code: str) -> str:
    """What lacks, in words."""
    return str(LACKING[code])


def part_url(edition: Edition, part: str) -> str:
    """Where a part is written."""
    if part == "dates":
        return reverse("web:edition_days", args=[edition.slug])
    return reverse("web:edition_part", args=[edition.slug, part])


def _parts(edition: Edition, lacking: tuple[str, ...], *, editable: bool) -> list[dict[str, Any]]:
    """The parts of the form, those where something lacks told so. Not links once nothing may change."""
    at_fault = {PART_OF[code] for code in lacking}
    titles = {"dates": _("Dates"), **{name: str(part.title) for name, part in PARTS.items()}}
    order = ["presentation", "dates", *(name for name in PARTS if name != "presentation")]
    return [
        {
            "title": titles[name],
            "url": part_url(edition, name) if editable else "",
            "lacks": name in at_fault,
        }
        for name in order
        if name != "dates" or edition.state == "draft"
    ]
