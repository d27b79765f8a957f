"""Answers already given, in words; and the question that comes next."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.core.matching.next_question import next_screen
from bpc.core.matching.vocabulary import FIELDS
from bpc.portal.atlas.country import name_in
from bpc.portal.foundation.wording import enumerated
from bpc.portal.foundation.writing import written_amount
from bpc.portal.funding.matching import known_facts
from bpc.portal.funding.queries import all_sources, schemes
from bpc.portal.funding.question_words import question_words
from bpc.portal.funding.verdict_words import fact_words
from bpc.portal.reference.places import reference
from bpc.portal.web.funding.screens import SCREEN_OF, shown_answer
from bpc.portal.web.funding.simulator_answers import Told
from bpc.portal.web.funding.words import written_dated


@dataclass(frozen=True)
class Next:
    """The screen that decides the most, and its boxes that matter."""

    screen: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class ToldLine:
    """An answer in words, and where to change it."""

    name: str
    label: str
    answer: str
    known: bool
    url: str


def next_of(answers: Mapping[str, Any], declined: Collection[str], today: date) -> Next | None:
    """The next question; None when no answer would decide anything more."""
    facts, skipped = known_facts(answers, today=today), set(declined)
    settled = set(answers) | set(declined)
    for _try in range(len(FIELDS)):
        names = next_screen(tuple(schemes().values()), facts, today, skipped=skipped)
        if not names:
            return None
        boxes = [name for name in names if name in SCREEN_OF and name not in settled]
        if boxes:
            screen = SCREEN_OF[boxes[0]]
            return Next(screen, tuple(name for name in boxes if SCREEN_OF[name] == screen))
        # a share is asked by its counts: once these were declined there is nothing more to ask
        skipped |= set(names)
    return None


def held_choices() -> list[tuple[str, str]]:
    """Sources that another one asks to hold first, or forbids to have had: what is worth telling of."""
    known = all_sources()
    wanted = {
        slug
        for rule in schemes().values()
        for slug in (*rule.requires_any, *rule.past_aid_excludes)
        if slug in known
    }
    language = get_language() or "fr"
    return sorted(((slug, known[slug].name.in_language(language)) for slug in wanted), key=lambda one: one[1])


def told_lines(told: Told, ask_url: Callable[[str], str]) -> list[ToldLine]:
    """Every answer of the simulator in the order given, what is not known last."""
    lines = [
        ToldLine(name, str(question_words(name).label), answer_words(name, value), True, ask_url(name))
        for name, value in told.answers.items()
    ]
    return lines + [
        ToldLine(name, str(question_words(name).label), _("vous ne savez pas"), False, ask_url(name))
        for name in told.declined
    ]


def answer_words(name: str, value: Any) -> str:
    """An answer as it is read out."""
    nature = FIELDS[name].nature
    if nature == "boolean":
        return _("oui") if value else _("non")
    if nature == "amount":
        return written_amount(value)
    if nature == "day":
        return written_dated(str(value))
    if nature == "place":
        place = reference().places.get(value)
        return name_in(place, get_language() or "fr") if place is not None else str(value)
    if nature == "list":
        names = dict(held_choices())
        return enumerated(names.get(one, one) for one in value) or _("aucun")
    if nature == "badges":
        return fact_words(name, value)
    if nature in {"choice", "sector"}:
        return str(dict(question_words(name).choices).get(value, value))
    return str(shown_answer(name, value))
