"""What a form of assumptions sends: the changes in it, saved as far as they can be, and what to say of the rest."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bpc.core.plan.problems import InvalidPlan, Problem
from bpc.portal.plans.editing import Saved, edit_assumptions
from bpc.portal.plans.models import Plan
from bpc.portal.plans.paths import Document, overlap
from bpc.portal.web.plans.expert_fields import Kind
from bpc.portal.web.plans.expert_records import Place, plain_at
from bpc.portal.web.plans.expert_values import MOST_ROWS, Texts, names_of, read_value, texts_of

MOST_LETTERS = 200_000  # of what a form says it held


@dataclass
class Typed:
    """The boxes of a form as sent, the changes they ask for, and what cannot be read."""

    texts: dict[str, Texts] = field(default_factory=dict)  # by path of the field
    changes: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)  # fields that differ from what the form held


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a form. `saved` is None when nothing could be saved."""

    typed: Typed
    saved: Saved | None
    problems: tuple[Problem, ...]
    done: frozenset[str]  # paths that stand saved


def read_form(places: Sequence[Place], post: Mapping[str, str], record: str, whole: Document) -> Typed:
    """Only what differs from what the form held when it was made is a change."""
    was = unpack(post.get("_was", ""), record)
    typed = Typed()
    for place in places:
        names = names_of(place.field, place.path, MOST_ROWS)
        sent = {name: post[name] for name in names if name in post}
        if not sent:
            continue
        held = was if was is not None else texts_of(place.field, place.path, plain_at(whole, place.path))
        untouched = all(_same(held.get(name, ""), text) for name, text in sent.items())
        if place.field.kind == Kind.ESTIMATE:  # its range may be folded away: it stays as it was
            sent = {name: held.get(name, "") for name in names} | sent
        typed.texts[place.path] = sent
        if untouched:
            continue
        typed.asked.add(place.path)
        try:
            typed.changes[place.path] = read_value(place.field, place.path, sent)
        except InvalidPlan as refusal:
            typed.problems += refusal.problems
    return typed


def _same(one: str, other: str) -> bool:
    return one.replace("\r\n", "\n") == other.replace("\r\n", "\n")


def unpack(text: str, record: str) -> Texts | None:
    """What a form says it held; None when it is not what we wrote."""
    if not text or len(text) > MOST_LETTERS:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        return None
    start = f"{record}." if record else ""
    return {f"{start}{name}": value for name, value in found.items()}


def save_typed(*, plan: Plan, actor: Any, base: int, typed: Typed, at: datetime) -> Outcome:
    """Save what can be: a fault in one box does not hold back the others.

    Raises as `edit_assumptions` does, but for `InvalidPlan`.
    """
    problems = list(typed.problems)
    changes = typed.changes
    for _attempt in range(2):
        if not changes:
            break
        try:
            saved = edit_assumptions(plan=plan, actor=actor, base_revision=base, changes=changes, at=at)
        except InvalidPlan as refusal:
            problems += refusal.problems
            faulty = [path for path in changes if any(overlap(path, one.path) for one in refusal.problems)]
            changes = {path: value for path, value in changes.items() if path not in faulty} if faulty else {}
        else:
            return Outcome(typed, saved, tuple(problems), frozenset(changes))
    return Outcome(typed, None, tuple(problems), frozenset())


def was_after(outcome: Outcome, record: str, post: Mapping[str, str]) -> str:
    """What the form holds from now on: what was typed where it stands saved, what it held before elsewhere."""
    start = len(record) + 1 if record else 0
    before = unpack(post.get("_was", ""), record) or {}
    held: Texts = {}
    for path, texts in outcome.typed.texts.items():
        waits = path in outcome.typed.asked and path not in outcome.done
        held |= {name: before.get(name, "") if waits else text for name, text in texts.items()}
    short = {name[start:]: text for name, text in held.items() if text}
    return json.dumps(short, ensure_ascii=False, separators=(",", ":"))
