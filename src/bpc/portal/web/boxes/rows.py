"""Rows added to a form and taken out of it, by what its boxes hold: nothing is saved, nothing typed is lost."""

import re

from bpc.portal.web.blueprints.entries import Typed, count_rows
from bpc.portal.web.blueprints.sections import Section

#: More would not pass through a form, nor be read by anybody.
MOST_ROWS = {"products": 12, "staff": 12}
MOST_OTHERS = 25
_ACT = re.compile(r"(add|remove):([a-z_]+)(?::(\d{1,3}))?")


def change_rows(act: str, section: Section, typed: Typed) -> bool:
    """Do what the button `act` says to the boxes; False when it says nothing about the rows of this section."""
    pressed = _ACT.fullmatch(act)
    if pressed is None or pressed[2] not in section.fields:
        return False
    name, number = pressed[2], count_rows(pressed[2], typed)
    if pressed[1] == "add":
        if number < most_rows(name):
            typed[f"{name}-count"] = str(number + 1)
    elif pressed[3] is not None and int(pressed[3]) < number:
        _take_out(name, int(pressed[3]), number, typed)
    return True


def most_rows(name: str) -> int:
    """How many rows a list may hold."""
    return MOST_ROWS.get(name, MOST_OTHERS)


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
