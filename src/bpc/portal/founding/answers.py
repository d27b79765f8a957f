"""What a group answered: read from and kept as plain JSON, bounded by the law, forbidden combinations told by article.

Nothing here writes: `actions` does, once these say that an answer may be kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from bpc.core.law.assembly_plan import plan_assembly
from bpc.core.text.folding import fold
from bpc.datasets.founding import Catalogue, Question, read_catalogue
from bpc.datasets.law_rules import read_law

Answers = Mapping[str, Any]


@cache
def catalogue() -> Catalogue:
    """All that is asked."""
    return read_catalogue()


@dataclass(frozen=True, slots=True)
class Fault:
    """An answer the law does not allow: the field, a code for the words, the article, what it compared."""

    field: str
    code: str
    article: str
    values: Mapping[str, Any]


class UnlawfulAnswers(Exception):
    """What the law does not allow, field by field."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(fault.field for fault in faults))
        self.faults = tuple(faults)


def read(question: Question, stored: Any) -> Any:
    """A stored answer as a value: date, Decimal, int, tuple of codes, text; None when not known."""
    if stored is None or stored in ("", []):
        return None
    if question.kind == "day":
        return date.fromisoformat(stored)
    if question.kind == "amount":
        return Decimal(stored)
    return tuple(stored) if question.kind == "several" else stored


def kept(question: Question, value: Any) -> Any:
    """The value as JSON keeps it; None when there is none to keep."""
    if value is None or value in ("", [], ()):
        return None
    if question.kind == "day":
        return value.isoformat()
    if question.kind == "amount":
        return str(value)
    return list(value) if question.kind == "several" else value


def value_of(answers: Answers, code: str) -> Any:
    """What was answered to a question; None when nobody did."""
    return read(catalogue().question(code), answers.get(code))


def value_or_assumed(answers: Answers, code: str) -> Any:
    """What was answered, else what the law itself says meanwhile."""
    found = value_of(answers, code)
    return catalogue().question(code).assumed if found is None else found


def bound_fault(question: Question, value: Any) -> Fault | None:
    """An answer beyond what its article allows, or that the question does not offer."""
    if value is None:
        return None
    if question.kind in ("text", "lines") and len(value) > question.longest:
        return Fault(question.code, "too_long", "", {"limit": question.longest})
    if (offered := _offered(question)) and not set(_chosen(value)) <= offered:
        return Fault(question.code, "unlisted", "", {})
    if question.kind in ("whole", "amount", "month"):
        for code, limit, broken in (
            ("least", question.least, question.least is not None and value < question.least),
            ("most", question.most, question.most is not None and value > question.most),
            ("step", question.step, question.step is not None and value % question.step != 0),
        ):
            if broken:
                return Fault(question.code, code, question.article, {"limit": limit})
    if question.kind == "choice" and any(one.code == value and one.forbidden for one in question.options):
        return Fault(question.code, "forbidden", question.article, {})
    return None


def _offered(question: Question) -> frozenset[str]:
    """What a list offers; empty for a question that is no list."""
    return frozenset({"yes", "no"} if question.kind == "yes_no" else (one.code for one in question.options))


def _chosen(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def combination_faults(answers: Answers, founders: int, changed: frozenset[str]) -> Iterator[Fault]:
    """Answers that the law does not allow together, told on a field of the page just filled (`changed`)."""
    for fault in _combinations(answers, founders):
        if fault.field in changed:
            yield fault


def _combinations(answers: Answers, founders: int) -> Iterator[Fault]:
    said = {one.code: value_of(answers, one.code) for one in catalogue().questions}
    names = [fold(said[code]) for code in ("name_1", "name_2", "name_3") if said[code]]
    if len(set(names)) < len(names):
        last = next(code for code in ("name_3", "name_2") if said[code] and names.count(fold(said[code])) > 1)
        yield Fault(last, "same_name", "3", {})
    if said["management"] == "managers" and founders > MOST_WITHOUT_BOARD:
        yield Fault("management", "board_needed", "47", {"limit": MOST_WITHOUT_BOARD, "found": founders})
    if said["management"] == "managers" and said["board_size"]:
        yield Fault("board_size", "not_both", "47", {})
    if said["management"] == "board" and (said["managers"] or said["outside_manager"]):
        yield Fault("managers" if said["managers"] else "outside_manager", "not_both", "47", {})
    for condition in OUTSIDE_CONDITIONS:
        if said["outside_manager"] and said[condition] == "no":
            yield Fault(condition, condition.removeprefix("outside_"), "65", {})
    if said["interest_paid"] and value_or_assumed(answers, "share_interest") == "no":
        yield Fault("interest_paid", "no_interest", "2, 31", {})
    shared = [said[code] for code in _SHARED if said[code] is not None]
    if said["surplus"] is not None and sum(shared) > said["surplus"]:
        last = next(code for code in _SHARED if said[code])
        yield Fault(last, "beyond_surplus", "69", {"limit": said["surplus"]})
    held, called = said["assembly_on"], said["assembly_convened_on"]
    if held and called:
        call = value_or_assumed(answers, "assembly_call")
        plan = plan_assembly(read_law(), call=call, held_on=held, called_on=called, year_closed_on=None)
        if plan.call_by is not None and plan.call_by < called <= held:
            yield Fault("assembly_convened_on", "late_notice", "40", {"day": plan.call_by})
    yield from _early(said)


#: Asked of a manager who is no member, and so owes nothing on shares.
OUTSIDE_CONDITIONS = ("outside_civil_rights", "outside_not_banned", "outside_no_competing_business")
_SHARED = ("refunds", "special_reserve", "training_fund", "interest_paid")
MOST_WITHOUT_BOARD = 50
_ORDERED = (
    ("funds_received_on", "funds_deposited_on"),
    ("registration_requested_on", "registered_on"),
    ("registered_on", "ministry_notified_on"),
    ("year_closed_on", "assembly_on"),
    ("assembly_convened_on", "assembly_on"),
)


def _early(said: Mapping[str, Any]) -> Iterator[Fault]:
    """A day before the one it follows."""
    for first, second in _ORDERED:
        if said[first] and said[second] and said[second] < said[first]:
            yield Fault(second, "too_early", catalogue().question(second).article, {"day": said[first]})
