"""What the law does not allow of one founder, with the article: asked by the actions, whoever calls them."""

from collections.abc import Iterator

from bpc.portal.founding.answers import MOST_WITHOUT_BOARD, Fault, value_of
from bpc.portal.founding.models import CreationFile, FoundingMember
from bpc.portal.founding.states import CONDITIONS, ON_THE_BOARD, RUNS, Leaving, Office, PersonKind
from bpc.portal.founding.told import Told
from bpc.portal.projects.states import Answer

_LISTS = {
    "kind": PersonKind.values,
    "office": Office.values,
    "left_because": Leaving.values,
    **dict.fromkeys(
        ("in_kind_released", "adult", "in_the_trade", "same_object_elsewhere", *CONDITIONS), Answer.values
    ),
}
_TEXTS = ("name_fr", "name_ar", "profession", "address", "stands_for", "in_kind_what")


def founder_faults(told: Told, file: CreationFile, pk: int | None = None) -> list[Fault]:
    """Everything refused of what is told; `pk` is the founder's line when there is one already."""
    return [*_unreadable(told), *_shares(told, file), *_stay(told, file), *_office(told, file, pk)]


def crowd_faults(file: CreationFile, more: int) -> list[Fault]:
    """Beyond fifty members a board is needed, and managers were chosen (art. 47)."""
    members = file.founders.count() + more
    if more and members > MOST_WITHOUT_BOARD and value_of(file.answers, "management") == "managers":
        return [Fault("management", "board_needed", "47", {"limit": MOST_WITHOUT_BOARD, "found": members})]
    return []


def _unreadable(told: Told) -> Iterator[Fault]:
    """What no column could hold."""
    if not told.name_fr.strip() and not told.name_ar.strip():
        yield Fault("name_fr", "nameless", "5", {})
    for name, offered in _LISTS.items():
        if getattr(told, name) not in offered:
            yield Fault(name, "unlisted", "", {})
    for name in _TEXTS:
        longest: int | None = getattr(FoundingMember._meta.get_field(name), "max_length", None)
        if longest is not None and len(getattr(told, name)) > longest:
            yield Fault(name, "too_long", "", {"limit": longest})
    for name in ("shares", "in_kind", "cash_paid"):
        value = getattr(told, name)
        if value is not None and value < 0:
            yield Fault(name, "least", "26", {"limit": 0})


def _stay(told: Told, file: CreationFile) -> Iterator[Fault]:
    """Who enters or leaves does so once the cooperative exists, on a day, for a reason (art. 17 to 21, 28)."""
    registered = value_of(file.answers, "registered_on")
    for name in ("entered_on", "left_on"):
        day = getattr(told, name)
        if day is not None and registered is not None and day < registered:
            yield Fault(name, "too_early", "17", {"day": registered})
    if told.left_on is not None and told.entered_on is not None and told.left_on < told.entered_on:
        yield Fault("left_on", "too_early", "17", {"day": told.entered_on})
    if (told.left_on is None) == bool(told.left_because):
        yield Fault("left_because" if told.left_on else "left_on", "day_and_reason", "17", {})


def _shares(told: Told, file: CreationFile) -> Iterator[Fault]:
    """What was subscribed bounds what is brought and paid (art. 5, 26, 27)."""
    fewest, worth = value_of(file.answers, "minimum_shares"), value_of(file.answers, "share_value")
    if fewest is not None and told.shares is not None and told.shares < fewest:
        yield Fault("shares", "below_minimum", "5", {"limit": fewest})
    if worth is None or told.shares is None or told.in_kind is None:
        return
    cash = worth * told.shares - told.in_kind
    if cash < 0:
        yield Fault("in_kind", "beyond_shares", "27", {"limit": worth * told.shares})
    elif told.cash_paid is not None and told.cash_paid > cash:
        yield Fault("cash_paid", "beyond_cash", "26", {"limit": cash})


def _office(told: Told, file: CreationFile, pk: int | None) -> Iterator[Fault]:
    """A board or managers (art. 47), one chair (art. 50), and the four conditions of article 65, one by one."""
    management = value_of(file.answers, "management")
    if (management == "managers" and told.office in ON_THE_BOARD) or (
        management == "board" and told.office == Office.MANAGER
    ):
        yield Fault("office", "not_both", "47", {})
    chairs = set(file.founders.filter(office=Office.CHAIR, left_on=None).values_list("pk", flat=True))
    if told.office == Office.CHAIR and told.left_on is None and chairs - {pk}:
        yield Fault("office", "one_chair", "50", {})
    if told.office in RUNS:
        for condition in CONDITIONS:
            if getattr(told, condition) == Answer.NO:
                yield Fault(condition, condition, "65", {})
