"""What the fields of a project model are made of: texts in two languages, bounded numbers, what cites sources."""

import re
from collections import Counter
from collections.abc import Sequence, Sized
from typing import Annotated, Literal, NamedTuple, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, FiniteFloat, StrictInt, model_validator
from pydantic_core import PydanticCustomError

#: S said by a source, D derived from one, K known to us and to be verified, E our estimate.
Confidence = Literal["S", "D", "K", "E"]

#: What a card can show.
SENTENCE_LENGTH = 160

_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_EASTERN_DIGITS = re.compile(r"[\u0660-\u0669\u06f0-\u06f9]")
_UNFINISHED = re.compile(r"\bTODO\b|\[[A-Z]\d{0,2}\]")


def _text(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("text_missing", "the text is missing")
    if text != text.strip():
        raise PydanticCustomError("text_spaces", "spaces around the text")
    if _UNFINISHED.search(text):
        raise PydanticCustomError("text_unfinished", "an unfinished text, or a code of a source left in it")
    return text


def _french(text: str) -> str:
    if not _LATIN.search(_text(text)):
        raise PydanticCustomError("text_language", "not a French text")
    return text


def _arabic(text: str) -> str:
    if not _ARABIC.search(_text(text)):
        raise PydanticCustomError("text_language", "not an Arabic text")
    if _EASTERN_DIGITS.search(text):
        raise PydanticCustomError("text_digits", "digits are written 0 to 9, as Moroccan administrations do")
    return text


French = Annotated[str, AfterValidator(_french)]
Arabic = Annotated[str, AfterValidator(_arabic)]
FrenchSentence = Annotated[str, Field(max_length=SENTENCE_LENGTH), AfterValidator(_french)]
ArabicSentence = Annotated[str, Field(max_length=SENTENCE_LENGTH), AfterValidator(_arabic)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9_]+$", max_length=60)]
Number = Annotated[FiniteFloat, Field(strict=True)]
Positive = Annotated[Number, Field(gt=0)]
Amount = Annotated[Number, Field(ge=0)]
Share = Annotated[Number, Field(ge=0, le=1)]
ShareBelowOne = Annotated[Number, Field(ge=0, lt=1)]
Percent = Annotated[Number, Field(ge=0, le=100)]
Multiplier = Annotated[Number, Field(ge=0, le=1.5)]
Days = Annotated[Number, Field(ge=0, le=720)]
Month = Annotated[StrictInt, Field(ge=1, le=12)]
SourceIds = tuple[str, ...]
Items = TypeVar("Items", bound=Sized)


def _filled(items: Items) -> Items:
    if not len(items):
        raise PydanticCustomError("empty", "at least one is needed")
    return items


#: Asked only once each item is right, so that one wrong item is not told twice.
Filled = AfterValidator(_filled)


class Bilingual(NamedTuple):
    """One text in both languages."""

    fr: str
    ar: str

    def in_language(self, language: str) -> str:
        """The text in this language, French when it is neither.

        >>> Bilingual("Miel", "عسل").in_language("ar"), Bilingual("Miel", "عسل").in_language("en")
        ('عسل', 'Miel')
        """
        return self.ar if language == "ar" else self.fr


def refuse_repeated(what: str, keys: Sequence[object]) -> None:
    """Raises when a key occurs more than once: the second would hide the first."""
    twice = [str(key) for key, count in Counter(keys).items() if count > 1]
    if twice:
        raise PydanticCustomError(
            "repeated", "{what} repeated: {keys}", {"what": what, "keys": ", ".join(twice)}
        )


class Part(BaseModel):
    """Refuses unknown fields, and cannot be changed once read."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Cited(Part):
    """Something that may name its sources; what is said by a source must."""

    conf: Confidence | None = None
    src: SourceIds = ()

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        if self.conf == "S" and not self.src:
            raise PydanticCustomError("source_missing", "confidence S requires a source in src")
        refuse_repeated("source", self.src)
        return self


class Named(Part):
    """Something with an id, unique in its list, and a name."""

    id: Id
    name_fr: French
    name_ar: Arabic

    @property
    def name(self) -> Bilingual:
        """Its name in both languages."""
        return Bilingual(self.name_fr, self.name_ar)
