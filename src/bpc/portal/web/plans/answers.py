"""What was answered to a question: the changes it asks for, and what is wrong, each beside its box.

The form carries what its boxes held when it was opened (`was`): only what the person touched is asked for, so that
what somebody else changed meanwhile is never undone by a page that is merely older.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from bpc.core.plan.problems import Problem
from bpc.portal.foundation.wording import labelled
from bpc.portal.plans.paths import overlap
from bpc.portal.plans.refusal_words import written_refusal
from bpc.portal.web.plans.question_parts import Adding, Box, Card, Changes, Fault, Question
from bpc.portal.web.plans.question_places import question_of

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Remark:
    """A fault that belongs to no box here, and the question where it can be mended, when it is another one."""

    words: str
    question: int | None = None


@dataclass
class Answers:
    """The changes asked for, and faults that belong to no box."""

    changes: Changes = field(default_factory=dict)
    general: list[Remark] = field(default_factory=list)
    faulty: bool = False
    untold: bool = False  # a conflict for which nobody said whose answer is kept


def read_answers(
    question: Question, data: Mapping[str, str], was: Mapping[str, str], *, whole: bool = True
) -> Answers:
    """Read every card; items are added and taken out only when the `whole` form is sent by its button."""
    found = Answers()
    for card in question.cards:
        if whole and card.out is not None and data.get(card.out_name):
            found.changes |= card.out
        else:
            _read_card(card, data, was, found)
    if whole:
        for adding in question.additions:
            _read_adding(adding, data, found)
    _settle(data, found)
    return found


def typed_in(box: Box, data: Mapping[str, str]) -> str:
    """What the form sends for a box; a box that is not ticked sends nothing."""
    return str(data.get(box.name, "" if box.sort == "check" else box.shown))


def _read_card(card: Card, data: Mapping[str, str], was: Mapping[str, str], found: Answers) -> None:
    values: dict[str, Any] = {}
    changed: set[str] = set()
    faulty = False
    for box in card.boxes:
        box.typed = typed_in(box, data)
        touched = box.typed.strip() != was.get(box.name, box.shown).strip()
        if not touched:
            box.typed = None  # what stands is shown, perhaps changed by somebody else
        try:
            values[box.name] = box.read(box.value)
        except Fault as fault:
            box.fault, faulty = str(fault), True
            continue
        if touched:
            changed.add(box.name)
    if faulty:
        found.faulty = True
        if card.together is not None:
            return
    if card.together is not None:
        found.changes |= card.together(values, frozenset(changed)) if changed else {}
        return
    for box in card.boxes:
        if box.name in changed and box.apply is not None:
            found.changes |= box.apply(values[box.name])


def _read_adding(adding: Adding, data: Mapping[str, str], found: Answers) -> None:
    for box in adding.boxes:
        box.typed = typed_in(box, data)
    if not any(box.typed and box.typed != box.shown for box in adding.boxes if box.sort != "choice"):
        return
    values: dict[str, Any] = {}
    for box in adding.boxes:
        try:
            values[box.name] = box.read(box.value)
        except Fault as fault:
            box.fault, found.faulty = str(fault), True
    if not adding.faulty:
        found.changes |= adding.make(values)


def _settle(data: Mapping[str, str], found: Answers) -> None:
    """After a conflict: whose answer is kept, assumption by assumption."""
    for path in [name.removeprefix("clash:") for name in data if name.startswith("clash:")]:
        choice = data.get(f"keep:{path}")
        if choice == THEIRS:
            found.changes = {name: value for name, value in found.changes.items() if not overlap(name, path)}
        elif choice != MINE and any(overlap(name, path) for name in found.changes):
            found.untold = True
    if found.untold:
        found.general.append(Remark(_("Dites d’abord quelle réponse vous gardez.")))


def place_refusals(
    question: Question, problems: Iterable[Problem], document: Mapping[str, Any]
) -> list[Remark]:
    """Put each refusal beside the box it is about; those about nothing here are given back in words."""
    general = []
    for problem in problems:
        refusal = written_refusal(problem, document)
        box = _box_of(question, problem.path)
        if box is None:
            words = labelled(refusal.where, refusal.sentence) if refusal.path else refusal.sentence
            general.append(Remark(words, question_of(problem.path, document)))
        elif not box.fault:
            box.fault = refusal.sentence
    return general


def _box_of(question: Question, path: str) -> Box | None:
    if not path:
        return None
    for box in question.boxes:
        if any(overlap(path, own) for own in box.paths):
            return box
    family, _dot, rest = path.partition(".")
    for adding in question.additions:
        if adding.key.startswith(f"{family}.") and adding.touched:
            last = rest.rpartition(".")[2]
            return next((box for box in adding.boxes if box.name.endswith(f".{last}")), adding.boxes[0])
    return None
