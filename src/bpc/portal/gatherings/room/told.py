"""What an event may say, kind by kind: hostile until parsed. Only the fields that changed are sent."""

import json
import unicodedata
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bpc.portal.gatherings.models.room import Kind
from bpc.portal.ideas.states import Speaker

MOST_BYTES = 6_000  # of one event's payload: the longest words, in Arabic, and the rest
LATEST_STAMP = 2**53 - 1  # what a device counts exactly
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """Text without control or turning characters, spaces brought down to one, line breaks kept.

    >>> plain(" Un  four\\u202e\\x07 \\r\\n solaire ")
    'Un four\\nsolaire'
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(
        sign
        for sign in unicodedata.normalize("NFC", unified)
        if sign == "\n"
        or (unicodedata.category(sign) not in {"Cc", "Cs", "Co", "Cn"} and sign not in _TURNING)
    )
    return "\n".join(" ".join(line.split()) for line in kept.split("\n")).strip()


def one_line(text: str) -> str:
    """`plain` text on one line."""
    return " ".join(plain(text).split("\n"))


Answer = Literal["unknown", "yes", "no"]
Line = Annotated[str, AfterValidator(one_line)]
Code = Annotated[str, Field(max_length=20, pattern=r"^[\w.\-]*$")]
_SPEAKERS = Literal["citizen", "holder", "cooperative", "association", "administration"]
assert set(Speaker.values) == set(get_args(_SPEAKERS))  # two lists of the same words must not part


class _Told(BaseModel):
    """Every field may be left out: it did not change."""

    model_config = ConfigDict(extra="forbid", strict=True)

    removed: bool | None = None


class AttendeeTold(_Told):
    """Somebody who signed in. `agreed`: they were told what is kept and said yes."""

    name: Annotated[Line, Field(max_length=80)] | None = None
    phone: Annotated[Line, Field(max_length=24)] | None = None
    woman: Answer | None = None
    young: Answer | None = None
    actor_kind: _SPEAKERS | None = None
    agreed: bool | None = None


class _Said(_Told):
    """Something said by somebody: an attendee (`speaker`, their key) or a name; with what they agreed to.

    `agreed`: their name may be kept with what they said; `shown`: it may be published with it.
    """

    title: Annotated[Line, Field(max_length=120)] | None = None
    words: Annotated[str, Field(max_length=2000), AfterValidator(plain)] | None = None
    commune: Code | None = None
    speaker: Annotated[str, Field(pattern=r"^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$")] | None = None
    speaker_name: Annotated[Line, Field(max_length=80)] | None = None
    speaker_kind: _SPEAKERS | None = None
    agreed: bool | None = None
    shown: bool | None = None


class IdeaTold(_Said):
    """An idea, or the hands counted for it: the count told last wins, counts are never added."""

    sector: Code | None = None
    hands: Annotated[int, Field(ge=0, le=100_000)] | None = None


class ObservationTold(_Said):
    """A need or an opportunity."""

    category: Code | None = None


_SHAPES: dict[str, type[_Told]] = {
    Kind.ATTENDEE: AttendeeTold, Kind.IDEA: IdeaTold, Kind.NEED: ObservationTold, Kind.OPPORTUNITY: ObservationTold
}  # fmt: skip


class Told(BaseModel):
    """One event as a device sends it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    sequence: Annotated[int, Field(ge=1, le=20_000)]
    key: Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    kind: Literal["attendee", "idea", "need", "opportunity"]
    stamp: Annotated[int, Field(ge=0, le=LATEST_STAMP)]
    payload: dict[str, Any]

    @property
    def thing(self) -> UUID:
        """The key of the person or thing."""
        return UUID(self.key)


class Refused(ValueError):
    """The event says what no event may; `reason` is a word of a closed list: "form", "size", "empty"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse(raw: Any) -> Told:
    """The event, its texts cleaned. Raises `Refused`."""
    try:
        told = Told.model_validate(raw)
        if len(json.dumps(told.payload, ensure_ascii=False).encode()) > MOST_BYTES:
            raise Refused("size")
        shaped = _SHAPES[told.kind].model_validate(told.payload)
    except (ValidationError, UnicodeEncodeError, RecursionError):
        raise Refused("form") from None
    payload = shaped.model_dump(exclude_none=True)
    if not payload:
        raise Refused("empty")
    return told.model_copy(update={"payload": payload})
