"""Rows added to a form, moved and taken out of it, by what its boxes hold: nothing is saved, nothing typed is lost."""

import re
from collections.abc import Collection

from bpc.portal.web.boxes.entries import Typed, count_rows

#: More would not pass through a form, nor be read by anybody.
MOST_ROWS = {
    "products": 12,
    "staff": 12,
    "items": 12,
    "fields": 10,
    "results": 8,
    "verdicts": 5,
    "options": 12,
}
MOST_OTHERS = 25
_ACT = re.compile(r"(add|remove|up):([a-z_]+(?:-\d{1,3}-[a-z_]+)*)(?::(\d{1,3}))?")


def change_rows(act: str, lists: Collection[str], typed: Typed) -> bool:
    """Do what the button `act` says to the boxes; False when it says nothing about the rows of these `lists`."""
    pressed = _ACT.fullmatch(act)
    if pressed is None or pressed[2].split("-")[0] not in lists:
        return False
    name, number = pressed[2], count_rows(pressed[2], typed)
    rank = int(pressed[3]) if pressed[3] is not None else number
    if pressed[1] == "add":
        if number < most_rows(name):
            typed[f"{name}-count"] = str(number + 1)
    elif pressed[1] == "up":
        if 0 < rank < number:
            _swap(name, rank - 1, typed)
    elif rank < number:
        _take_out(name, rank, number, typed)
    return True


def most_rows(name: str) -> int:
    """How many rows a list may hold."""
    return MOST_ROWS.get(name.rpartition("-")[2], MOST_OTHERS)


def _swap(name: str, at: int, typed: Typed) -> None:
    """The row at this place and the one below it change places."""
    first, second = f"{name}-{at}-", f"{name}-{at + 1}-"
    above = {box: typed.pop(box) for box in list(typed) if box.startswith(first)}
    below = {box: typed.pop(box) for box in list(typed) if box.startswith(second)}
    typed.update({first + box.removeprefix(second): said for box, said in below.items()})
    typed.update({second + box.removeprefix(first): said for box, said in above.items()})


def _take_out(name: str, gone: int, number: int, typed: Typed) -> None:
    """Rows after the one that goes move up by one."""
    for at in range(gone, number):
        prefix = f"{name}-{at}-"
        for box in [box for box in typed if box.startswith(prefix)]:
            del typed[box]
        following = f"{name}-{at + 1}-"
        for box in [box for box in typed if box.startswith(following)]:
            typed[prefix + box.removeprefix(following)] = typed[box]
    typed[f"{name}-count"] = str(number - 1)
