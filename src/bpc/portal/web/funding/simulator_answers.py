"""Answers of the public simulator as an address holds them: nothing is stored anywhere else.

`?legal_form=cooperative&members=20&nsp=women,youth`: each answer under its field, in the order they were given, and
under `nsp` what the group does not know. What an altered address says wrongly is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bpc.core.matching.vocabulary import FIELDS
from bpc.portal.funding.profile_answers import AnswerFault, Answers, contradictions, read_answer

UNKNOWN = "nsp"
_NUMBERS = frozenset({"number", "share", "amount"})


@dataclass(frozen=True)
class Told:
    """What was said so far: answers in their order, and what is not known."""

    answers: Answers
    declined: tuple[str, ...] = ()

    @property
    def settled(self) -> frozenset[str]:
        """The fields that are not asked again."""
        return frozenset(self.answers) | frozenset(self.declined)

    def with_answers(self, answers: Mapping[str, Any], declined: Iterable[str] = ()) -> "Told":
        """The same once these are said, last in the order; None takes an answer back."""
        said = {name: value for name, value in answers.items() if value is not None}
        unknown = [name for name in declined if name not in said]
        touched = {*answers, *unknown}
        kept = {name: value for name, value in self.answers.items() if name not in touched}
        left = [name for name in self.declined if name not in touched]
        return Told({**kept, **said}, (*left, *unknown))

    @property
    def query(self) -> str:
        """What an address carries after its question mark."""
        return urlencode(self.pairs, safe=",.")

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The same, name by name, for hidden boxes of a form."""
        pairs = [(name, _written(value)) for name, value in self.answers.items()]
        return [*pairs, (UNKNOWN, ",".join(self.declined))] if self.declined else pairs


def read_told(data: Mapping[str, Any]) -> Told:
    """What an address says. Never refuses: a wrong or contradictory part says nothing."""
    answers: Answers = {}
    for name in list(data):
        if name not in FIELDS:
            continue
        try:
            answer = read_answer(name, _parsed(name, str(data[name])))
        except (AnswerFault, ValueError):
            continue
        if answer is not None:
            answers[name] = answer
    for path, _words in contradictions(answers):
        answers.pop(path, None)
    unknown = str(data.get(UNKNOWN, ""))[:2000].split(",")
    return Told(answers, tuple(dict.fromkeys(one for one in unknown if one in FIELDS and one not in answers)))


def _parsed(name: str, text: str) -> Any:
    nature = FIELDS[name].nature
    if nature == "boolean":
        return {"1": True, "0": False}[text] if text in {"0", "1"} else text
    if nature in _NUMBERS:
        number = float(text)
        return int(number) if number.is_integer() else number
    if nature in {"list", "badges"}:
        return [one for one in text.split(",") if one]
    return text or None


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list | tuple):
        return ",".join(value)
    return f"{value:.10g}" if isinstance(value, float) else str(value)
