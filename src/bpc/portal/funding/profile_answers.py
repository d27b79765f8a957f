"""Answers about a group as strangers send them: what each field may hold, checked whole before it is used.

Kept and passed on as JSON holds them: a day is written, a place is a code, what is not known is absent.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from bpc.core.matching.facts import Interval
from bpc.core.matching.vocabulary import FIELDS, Field
from bpc.core.text.places import PlaceMatch, match_place
from bpc.portal.funding.calendar import first_day, last_day
from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import reference, search_places

Answers = dict[str, Any]
MOST_AMOUNT, MOST_NUMBER, MOST_LISTED = 1e12, 1e7, 200
LONGEST = 100
#: The parts of a group, which cannot outnumber it.
PARTS = ("women", "youth", "women_or_youth")
#: Words of the facts for our sectors.
SECTOR_WORDS: Mapping[str, str] = {
    "peche": "fishing", "artisanat": "crafts", "argan": "aromatic", "tourisme": "tourism", "habitat": "housing",
    "foret": "forest", "energie": "energy", "environnement": "recycling", "services": "care",
    "numerique": "digital", "commerce": "trade",
}  # fmt: skip
_DATED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_BADGE = re.compile(r"[a-z]+:[a-z0-9-]{1,90}", re.ASCII)
_LEVELS = {
    "region": Territory.Level.REGION,
    "province": Territory.Level.PROVINCE,
    "commune": Territory.Level.COMMUNE,
}


class AnswerFault(ValueError):
    """One answer that cannot be used; the message says why, in words."""


class InvalidAnswers(ValueError):
    """A profile that cannot be used: each fault with the path of its field, empty for the whole."""

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        super().__init__("; ".join(f"{path}: {words}" for path, words in faults))
        self.faults = faults


def read_profile(document: object) -> Answers:
    """The answers of a profile, every field optional. Raises InvalidAnswers with every fault."""
    if not isinstance(document, Mapping):
        raise InvalidAnswers((("", _("Un objet est attendu : un champ, une valeur.")),))
    answers: Answers = {}
    faults: list[tuple[str, str]] = []
    for name, value in list(document.items())[: len(FIELDS) + MOST_LISTED]:
        try:
            answer = read_answer(str(name), value)
        except AnswerFault as fault:
            faults.append((str(name)[:LONGEST], str(fault)))
        else:
            if answer is not None:
                answers[name] = answer
    faults += contradictions(answers)
    if faults:
        raise InvalidAnswers(tuple(faults))
    return answers


def read_answer(name: str, value: Any) -> Any:
    """The value of one field as it is kept; None for what is not known. Raises AnswerFault."""
    if name not in FIELDS:
        raise AnswerFault(_("Ce champ n’existe pas."))
    if value is None:
        return None
    field = FIELDS[name]
    return _READERS[field.nature](name, field, value)


def contradictions(answers: Answers) -> list[tuple[str, str]]:
    """What cannot be true together."""
    faults = []
    whole = answers.get("members")
    for part in PARTS:
        if whole is not None and answers.get(part, 0) > whole:
            faults.append((part, _("Ce nombre dépasse celui des membres.")))
    for wide, narrow in (("region", "province"), ("region", "commune"), ("province", "commune")):
        if wide in answers and narrow in answers and not gazetteer().within(answers[wide], answers[narrow]):
            faults.append((narrow, _("Ces deux lieux ne vont pas ensemble.")))
    return faults


def facts_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The same for the engine: days as days, lists as tuples."""
    facts: dict[str, Any] = {}
    for name, value in answers.items():
        if name not in FIELDS or value is None:
            continue
        nature = FIELDS[name].nature
        facts[name] = _day_fact(value) if nature == "day" else value
        if nature in ("list", "badges"):
            facts[name] = tuple(value)
    return facts


def _day_fact(written: str) -> date | Interval:
    """A day; the days it may be, when only its month or its year was said."""
    first, last = first_day(written), last_day(written)
    assert first is not None  # a kept answer was read before
    assert last is not None
    return first if first == last else Interval(first, last)


def _read_boolean(name: str, field: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise AnswerFault(_("Répondez par vrai ou faux."))
    return value


def _read_measure(name: str, field: Field, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise AnswerFault(_("Un nombre est attendu."))
    # an integer beyond any float must not be turned into one
    most = {"share": 1, "amount": MOST_AMOUNT}.get(field.nature, MOST_NUMBER)
    if not 0 <= value <= most or not math.isfinite(value):
        raise AnswerFault(_("Ce nombre est hors des bornes : de 0 à %(most)s.") % {"most": f"{most:g}"})
    return value


def _read_day(name: str, field: Field, value: Any) -> str:
    """A day, or its month or year where that is all that is known."""
    try:
        dated = isinstance(value, str) and _DATED.fullmatch(value) and last_day(value)
    except ValueError:
        dated = None
    if not dated or not 1900 <= dated.year <= 2100:
        raise AnswerFault(_("Une date est attendue, par exemple 2024-03-15, 2024-03 ou 2024."))
    return str(value)


def _read_choice(name: str, field: Field, value: Any) -> str:
    if not isinstance(value, str) or value not in field.choices:
        raise AnswerFault(
            _("Cette réponse n’est pas dans la liste : %(list)s.") % {"list": ", ".join(field.choices)}
        )
    return str(value)


def _read_place(name: str, field: Field, value: Any) -> str:
    level = _LEVELS[name]
    typed = value.strip() if isinstance(value, str) else ""
    if not typed or len(typed) > LONGEST:
        raise AnswerFault(_("Un code ou un nom de lieu est attendu."))
    known = reference().places.get(typed)
    if known is not None and known.level == level:
        return known.code
    found = search_places(typed, level=level)
    named = [place for place in found if _bears(place, typed)] or found
    if not named:
        raise AnswerFault(_("Ce lieu n’est pas connu."))
    if len(named) > 1:
        codes = ", ".join(f"{place.code} {place.name_fr}" for place in named)
        raise AnswerFault(_("Plusieurs lieux portent ce nom, donnez un code : %(list)s.") % {"list": codes})
    return named[0].code


def _bears(place: Any, name: str) -> bool:
    return PlaceMatch.EXACT in {match_place(name, place.name_fr), match_place(name, place.name_ar)}


def _read_sector(name: str, field: Field, value: Any) -> str:
    sectors = reference().sectors
    code = SECTOR_WORDS.get(value, value) if isinstance(value, str) else ""
    if code not in sectors:
        raise AnswerFault(_("Ce secteur n’est pas connu : %(list)s.") % {"list": ", ".join(sectors)})
    return code


def _read_list(name: str, field: Field, value: Any) -> list[str]:
    fits = isinstance(value, list | tuple) and len(value) <= MOST_LISTED
    if not fits or not all(isinstance(one, str) and 0 < len(one) <= LONGEST for one in value):
        raise AnswerFault(_("Une liste de noms de financements est attendue."))
    return list(dict.fromkeys(value))


def _read_badges(name: str, field: Field, value: Any) -> list[str]:
    fits = isinstance(value, list | tuple) and len(value) <= MOST_LISTED
    if not fits or not all(isinstance(one, str) and _BADGE.fullmatch(one) for one in value):
        raise AnswerFault(_("Une liste d’attestations est attendue, par exemple course:price-and-margin."))
    return list(dict.fromkeys(value))


_READERS: Mapping[str, Callable[[str, Field, Any], Any]] = {
    "boolean": _read_boolean,
    "number": _read_measure,
    "amount": _read_measure,
    "share": _read_measure,
    "day": _read_day,
    "choice": _read_choice,
    "place": _read_place,
    "sector": _read_sector,
    "list": _read_list,
    "badges": _read_badges,
}
