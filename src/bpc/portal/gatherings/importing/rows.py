"""A line of the file turned into what an author hands in, or the reasons why it cannot be. Hostile until parsed."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from bpc.core.text.folding import fold
from bpc.portal.gatherings.importing.columns import PERSONAL, plain_title
from bpc.portal.gatherings.importing.reason_words import REFUSING
from bpc.portal.ideas.deposit import Content
from bpc.portal.ideas.languages import language_of
from bpc.portal.ideas.states import Speaker
from bpc.portal.people.phones import NotAPhoneNumber
from bpc.portal.people.phones import normalise as normal_phone
from bpc.portal.reference.models import Sector, Territory
from bpc.portal.register.place_names import resolve
from bpc.portal.register.sector_words import sector_of
from bpc.portal.register.sheets import as_text

LONGEST_TITLE, LONGEST_NEED, LONGEST_PROPOSAL = 120, 3000, 5000
_OTHER = "other"
_SHOWN = 80  # signs of a cell that a report repeats
_YES = frozenset(
    map(
        plain_title,
        ("oui", "o", "yes", "y", "x", "1", "vrai", "true", "ok", "accord", "نعم", "موافق", "موافقة"),
    )
)
_SPEAKERS = (
    (Speaker.COOPERATIVE, ("coop", "تعاوني")),
    (Speaker.ASSOCIATION, ("assoc", "جمعي")),
    (Speaker.ADMINISTRATION, ("admin", "commune", "collectivite", "اداره", "جماعه", "عموم")),
    (Speaker.HOLDER, ("porteu", "groupe", "holder", "حامل", "مجموعه")),
    (Speaker.CITIZEN, ("citoyen", "habitant", "particulier", "individu", "مواطن", "ساكن", "فرد")),
)  # fmt: skip


@dataclass(frozen=True)
class Remark:
    """Something found in a column of a line; `cell` is empty for what is about a person."""

    column: str
    code: str
    cell: str = ""


@dataclass(frozen=True)
class Line:
    """What a line gives: the idea, or None with the reason among its remarks. `digest` of its place and words."""

    number: int
    content: Content | None
    remarks: tuple[Remark, ...]
    digest: str = ""

    def refused(self, column: str, code: str, cell: str = "") -> "Line":
        """The same line, refused."""
        return replace(self, content=None, remarks=(*self.remarks, Remark(column, code, cell)))


@dataclass
class LineReader:
    """Reads the lines of one file. `regions`: those whose communes are accepted; None: all of them."""

    mapping: Mapping[str, int]
    regions: frozenset[str] | None
    _sectors: dict[str, str] = field(default_factory=dict)
    _communes: dict[str, Territory] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for sector in Sector.objects.all():
            for name in (sector.pk, sector.name_fr, sector.name_ar):
                self._sectors[plain_title(name)] = str(sector.pk)
        self._communes = Territory.objects.filter(level=Territory.Level.COMMUNE).in_bulk()

    def read(self, number: int, cells: Sequence[Any]) -> Line:
        """One line of the file."""
        told = {
            code: as_text(cells[index]) if index < len(cells) else "" for code, index in self.mapping.items()
        }
        remarks: list[Remark] = []

        def note(column: str, code: str) -> None:
            cell = "" if column in PERSONAL else told.get(column, "")[:_SHOWN]
            remarks.append(Remark(column, code, cell))

        words = _words(told, note)
        commune = self._commune(told, note)
        if words is None or commune is None or any(one.code in REFUSING for one in remarks):
            return Line(number, None, tuple(remarks))
        title, need, proposal = words
        content = Content(
            title=title, need=need, proposal=proposal, language=language_of(f"{title} {need} {proposal}"),
            sector_id=self._sector(told, f"{title} {proposal}", note), commune=commune,
            speaker=_speaker(told, note), **_contact(told, note),
        )  # fmt: skip
        return Line(number, content, tuple(remarks), digest_of(content))

    def _commune(self, told: Mapping[str, str], note: Any) -> Territory | None:
        if not told.get("commune"):
            note("commune", "no_commune")
            return None
        found = resolve(told.get("region", ""), told.get("province", ""), told["commune"])
        commune = self._communes.get(found.code)
        if commune is None:
            note("commune", found.remark or "commune_unknown")
        elif self.regions is not None and commune.region_code not in self.regions:
            note("commune", "outside")
        return commune

    def _sector(self, told: Mapping[str, str], words: str, note: Any) -> str:
        said = told.get("sector", "")
        if said and (known := self._sectors.get(plain_title(said))):
            return known
        if guessed := (sector_of(said, "") if said else None) or sector_of(words, ""):
            note("sector", "sector_guessed")
            return guessed
        note("sector", "sector_unknown")
        return _OTHER


def digest_of(content: Content) -> str:
    """The same for the same place and words, however they are spaced, accented or capitalised."""
    parts = (str(content.commune.pk), content.title, content.need, content.proposal)
    return hashlib.sha256("\x1f".join(plain_title(part) for part in parts).encode()).hexdigest()


def _words(told: Mapping[str, str], note: Any) -> tuple[str, str, str] | None:
    title, proposal, need = (told.get(code, "") for code in ("title", "proposal", "need"))
    if not any(map(str.isalpha, title + proposal)):
        note("title", "no_words")
        return None
    if not title:
        note("title", "title_made")
        title = _beginning(proposal, LONGEST_TITLE)
    elif len(title) > LONGEST_TITLE:
        note("title", "title_cut")
        proposal = f"{title}\n{proposal}".strip()
        title = _beginning(title, LONGEST_TITLE)
    if len(need) > LONGEST_NEED or len(proposal) > LONGEST_PROPOSAL:
        note("need" if len(need) > LONGEST_NEED else "proposal", "words_cut")
    return title, need[:LONGEST_NEED], (proposal or title)[:LONGEST_PROPOSAL]


def _beginning(text: str, longest: int) -> str:
    """The first words that fit, with an ellipsis when some are left out.

    >>> _beginning("Un four solaire", 12)
    'Un four…'
    """
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}…"


def _speaker(told: Mapping[str, str], note: Any) -> str:
    said = fold(told.get("speaker", ""))
    for speaker, beginnings in _SPEAKERS:
        if any(beginning in said for beginning in beginnings):
            return speaker
    if said:
        note("speaker", "speaker_unknown")
    return Speaker.CITIZEN


def _contact(told: Mapping[str, str], note: Any) -> dict[str, Any]:
    """Who to answer, only where the line says that they agreed; their name is never published by an import."""
    given = {code: told[code] for code in sorted(PERSONAL) if told.get(code)}
    if not given:
        return {}
    if plain_title(told.get("consent", "")) not in _YES:
        note("consent", "no_consent")
        return {}
    kept = {"contact_name": given["contact_name"][:80]} if "contact_name" in given else {}
    if "contact_phone" in given:
        try:
            kept["contact_phone"] = normal_phone(given["contact_phone"])
        except NotAPhoneNumber:
            note("contact_phone", "bad_phone")
    if "contact_email" in given:
        try:
            validate_email(given["contact_email"])
            kept["contact_email"] = given["contact_email"]
        except ValidationError:
            note("contact_email", "bad_email")
    return kept
