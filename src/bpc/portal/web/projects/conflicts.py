"""Two people changed the same thing: what each of them wrote, field by field, so that nothing is lost.

A form carries what its fields held when it was opened (`base`). Where only the other person changed a field, theirs
is put into the form; where both did, both are shown and the form keeps what was typed.
"""

import json
from dataclasses import dataclass

Values = dict[str, str]


@dataclass(frozen=True)
class Difference:
    """A field both changed, or that only the other did (`taken`: theirs is now in the form)."""

    field: str
    theirs: str
    mine: str
    taken: bool


def pack(values: Values) -> str:
    """The values as the form carries them."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def unpack(text: str) -> Values:
    """The values a form carried; none when it is not what we wrote, so that every difference is shown.

    >>> unpack(pack({"name": "Safran"})), unpack("[1]"), unpack("{")
    ({'name': 'Safran'}, {}, {})
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        return {}
    return found


def differences(base: Values, mine: Values, stored: Values) -> list[Difference]:
    """What to show, in the order of the form.

    >>> [(d.field, d.taken) for d in differences({"a": "1", "b": "1"}, {"a": "2", "b": "1"}, {"a": "3", "b": "4"})]
    [('a', False), ('b', True)]
    """
    return [
        Difference(field, stored[field], value, taken=value == base.get(field))
        for field, value in mine.items()
        if value != stored[field] and stored[field] != base.get(field)
    ]
