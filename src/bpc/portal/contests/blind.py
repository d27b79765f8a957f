"""An entry as a juror reads it: when the edition is blind, nothing that names people, a group or a body.

Hidden until the discussion is over (a reading may be reopened, so showing names once it is finished would let a name
change a mark): the team's names, its organisation, the idea or project it comes from, its video, photos and documents,
which all show faces, signs or letterheads. The commune stays: the place is judged. Texts are the team's own words:
its known names, addresses and numbers are masked in them, and the organisers are asked to read them before marking.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bpc.portal.contests.models import Edition, Entry, EntryFile, EntryMember
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import Phase, TeamConsent
from bpc.portal.projects.states import Answer

MASK = "█████"
_AFTER_DISCUSSION = (Phase.DECIDING, Phase.RESULTS)
_ADDRESSES = (
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail
    r"|(?:https?://|www\.)\S+"
    r"|(?:\+212|00212|\b0)[\s.\-]?[5-7](?:[\s.\-]?\d){8}\b"  # a number of the country
)
_SHORTEST = 4  # "Ali" alone would mask half a text


@dataclass(frozen=True)
class Part:
    """One text of the entry, under the label of the form in both languages."""

    code: str
    label_fr: str
    label_ar: str
    text: str


@dataclass(frozen=True)
class TeamShape:
    """Who is in the team, in numbers; None: somebody did not say."""

    people: int
    women: int | None
    young: int | None


@dataclass(frozen=True)
class EntryAsRead:
    """What a juror is shown. `masked`: how many times words of the team were hidden."""

    entry: Entry
    title: str
    summary: str
    parts: tuple[Part, ...]
    team: TeamShape
    is_blind: bool
    masked: int
    people: tuple[EntryMember, ...] = ()
    files: tuple[EntryFile, ...] = ()
    video_url: str = ""
    organisation: str = ""


def names_are_hidden(edition: Edition, at: datetime) -> bool:
    """Whether jurors may not yet know whose entries they read."""
    return edition.is_blind and phase_of(edition, at) not in _AFTER_DISCUSSION


def entry_as_read(entry: Entry, *, at: datetime) -> EntryAsRead:
    """The entry as its jurors may see it at `at`."""
    members = list(entry.members.exclude(consent=TeamConsent.REFUSED).only(
        "entry_id", "name", "role", "is_lead", "woman", "young", "consent"
    ))  # fmt: skip
    shape = _shape(members)
    fields = entry.edition.form
    if not names_are_hidden(entry.edition, at):
        named = tuple(member for member in members if member.consent == TeamConsent.GIVEN)
        return EntryAsRead(
            entry, entry.title, entry.summary, _parts(fields, entry.answers), shape, False, 0,
            people=named, files=tuple(entry.attachments.all()), video_url=entry.video_url,
            organisation=str(entry.organisation or ""),
        )  # fmt: skip
    names = [member.name for member in members]
    if entry.organisation is not None:
        names.append(entry.organisation.name)
    hide = _Mask(names)
    title, summary = hide(entry.title), hide(entry.summary)
    parts = _parts(fields, {code: hide(str(text)) for code, text in entry.answers.items()})
    return EntryAsRead(entry, title, summary, parts, shape, True, hide.count)


def titles_as_read(edition: Edition, entries: Sequence[Entry], *, at: datetime) -> dict[int, str]:
    """The title of each entry as its jurors may see it at `at`, by key; two queries whatever their number."""
    if not names_are_hidden(edition, at):
        return {entry.pk: entry.title for entry in entries}
    names: dict[int, list[str]] = {entry.pk: [] for entry in entries}
    for pk, name in EntryMember.objects.filter(entry__in=names).values_list("entry", "name"):
        names[pk].append(name)
    bodies = Entry.objects.filter(pk__in=names, organisation__isnull=False)
    for pk, name in bodies.order_by().values_list("pk", "organisation__name"):
        names[pk].append(name)
    return {entry.pk: _Mask(names[entry.pk])(entry.title) for entry in entries}


class _Mask:
    """Hides the names it was made with, addresses and numbers; counts what it hid."""

    def __init__(self, names: Iterable[str]) -> None:
        self.count = 0
        self._pattern = re.compile("|".join([*_patterns(names), _ADDRESSES]), re.IGNORECASE)

    def __call__(self, text: str) -> str:
        masked, found = self._pattern.subn(MASK, text)
        self.count += found
        return masked


def _patterns(names: Iterable[str]) -> list[str]:
    """The longest first. Words may be parted by any space; a family name may come first, or alone."""
    found = set()
    for name in names:
        words = name.split()
        for order in [*(words[turn:] + words[:turn] for turn in range(len(words))), words[1:]]:
            if len("".join(order)) >= _SHORTEST:
                found.add(r"(?<!\w)" + r"\s+".join(map(re.escape, order)) + r"(?!\w)")
    return sorted(found, key=lambda pattern: (-len(pattern), pattern))


def _parts(fields: Sequence[Mapping[str, Any]], answers: Mapping[str, Any]) -> tuple[Part, ...]:
    return tuple(
        Part(field["code"], field.get("label_fr", ""), field.get("label_ar", ""), str(answers[field["code"]]))
        for field in fields
        if answers.get(field["code"])
    )


def _shape(members: Sequence[EntryMember]) -> TeamShape:
    return TeamShape(len(members), _known(members, "woman"), _known(members, "young"))


def _known(members: Sequence[EntryMember], column: str) -> int | None:
    answers = [getattr(member, column) for member in members]
    return None if Answer.UNKNOWN in answers else answers.count(Answer.YES)


def mask_names(text: str, names: Iterable[str]) -> str:
    """`text` with these names, addresses and numbers masked."""
    return _Mask(names)(text)
