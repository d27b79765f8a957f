"""What is asked of a collection, read from the address and refused (400) wherever it is not exactly that."""

import base64
import binascii
import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from shapely import Geometry

from bpc.portal.foundation.problems import RefusedError
from bpc.portal.ogc.collection import Collection, Order, Property
from bpc.portal.ogc.crs import CRS84, SYSTEMS, ReferenceSystem, box_in_degrees

USUAL, MOST = 100, 1000  # features of a page
LONGEST = 200  # signs of a value
ALWAYS = ("f", "lang")  # what every address takes
_FORMATS = {"json", "geojson"}
_RFC3339 = re.compile(
    r"\d{4}-\d{2}-\d{2}([Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2}))?", re.ASCII
)
_NUMBER = re.compile(r"[+-]?(\d{1,12}(\.\d{0,15})?|\.\d{1,15})([eE][+-]?\d{1,2})?", re.ASCII)
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Period:
    """From a moment, included, to another, excluded or not; None: open."""

    start: datetime | None
    end: datetime | None
    end_included: bool


@dataclass(frozen=True)
class Query:
    """What is asked: an area in degrees, a period, equal properties, at most so many features after a mark."""

    limit: int = USUAL
    area: Geometry | None = None
    period: Period | None = None
    equal: Mapping[str, Any] = field(default_factory=dict)
    after: tuple[Any, ...] | None = None
    crs: ReferenceSystem = CRS84

    @property
    def only_properties(self) -> bool:
        """Whether neither a place nor a moment is asked for."""
        return self.area is None and self.period is None


def refuse(name: str, why: str) -> RefusedError:
    """The problem of a parameter."""
    return RefusedError(400, "invalid_parameter", f"{name} : {why}")


def check_known(given: QueryDict, known: tuple[str, ...]) -> None:
    """Refuse a parameter nobody declared, one given twice, and a format we do not write."""
    for name, values in given.lists():
        if name not in known:
            detail = _("Le paramètre %(name)s n’existe pas ici.") % {"name": name[:40]}
            raise RefusedError(400, "unknown_parameter", detail)
        if len(values) > 1:
            raise refuse(name, _("donné plusieurs fois"))
        if "\0" in values[0]:
            raise refuse(name, _("un caractère n’est pas permis"))
    if given.get("f", "json") not in _FORMATS:
        raise refuse("f", _("seul « json » est servi"))
    if given.get("lang", "fr") not in {"fr", "ar"}:
        raise refuse("lang", "fr · ar")


def read_query(collection: Collection, given: QueryDict) -> Query:
    """The whole question. Raises `RefusedError` for whatever is not understood."""
    queryables = collection.queryables
    check_known(given, (*ALWAYS, "limit", "bbox", "bbox-crs", "crs", "datetime", "cursor", *queryables))
    boxed, asked = read_crs(given, "bbox-crs"), {name: str(value) for name, value in given.items()}
    return Query(
        limit=_limit(asked.get("limit")),
        area=_area(asked["bbox"], boxed) if "bbox" in asked else None,
        period=_period(asked["datetime"]) if "datetime" in asked else None,
        equal={name: _value(queryables[name], asked[name]) for name in asked if name in queryables},
        after=read_mark(collection.order, asked["cursor"]) if "cursor" in asked else None,
        crs=read_crs(given, "crs"),
    )


def read_crs(given: QueryDict, name: str) -> ReferenceSystem:
    """One of the systems we write, CRS84 where nothing is said."""
    uri = given.get(name)
    if uri is None:
        return CRS84
    if uri not in SYSTEMS:
        raise refuse(name, _("ce système de coordonnées n’est pas servi"))
    return SYSTEMS[uri]


def _limit(text: str | None) -> int:
    """Clamped to the most a page holds: a reader who asks for more gets the first page and its `next`."""
    if text is None:
        return USUAL
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or int(text) < 1:
        raise refuse("limit", _("un nombre entier à partir de 1"))
    return min(int(text), MOST)


def _area(text: str, system: ReferenceSystem) -> Geometry:
    cells = text.split(",")
    if len(cells) not in {4, 6} or not all(_NUMBER.fullmatch(cell.strip()) for cell in cells):
        raise refuse("bbox", _("quatre ou six nombres séparés par des virgules"))
    numbers = [float(cell) for cell in cells]
    if len(numbers) == 6:  # nothing here has a height, so no height leaves anything out
        if numbers[2] > numbers[5]:
            raise refuse("bbox", _("le minimum dépasse le maximum"))
        numbers = [*numbers[:2], *numbers[3:5]]
    one, two, three, four = numbers
    around = system.epsg in {0, 4326}
    if around:
        longitudes, latitudes = (
            ((one, three), (two, four)) if system.kept_as_is else ((two, four), (one, three))
        )
        if max(map(abs, longitudes)) > 180 or max(map(abs, latitudes)) > 90:
            raise refuse("bbox", _("hors du système de coordonnées"))
        wrong = latitudes[0] > latitudes[1]
    else:
        wrong = one > three or two > four
    if wrong:
        raise refuse("bbox", _("le minimum dépasse le maximum"))
    area = box_in_degrees(system, (one, two, three, four))
    if area is None:
        raise refuse("bbox", _("hors du système de coordonnées"))
    return area


def _period(text: str) -> Period:
    """A moment, or an interval with `..` or nothing at an open end."""
    parts = text.split("/")
    if len(parts) == 1:
        return Period(*_moment(text))
    if len(parts) != 2 or all(part in {"", ".."} for part in parts):
        raise refuse("datetime", _("un moment, ou deux séparés par une barre"))
    start = None if parts[0] in {"", ".."} else _moment(parts[0])[0]
    _start, end, included = (None, None, True) if parts[1] in {"", ".."} else _moment(parts[1])
    if start is not None and end is not None and (start > end or (start == end and not included)):
        raise refuse("datetime", _("la fin précède le début"))
    return Period(start, end, included)


def _moment(text: str) -> tuple[datetime, datetime, bool]:
    """Beginning and end of what is written: an instant ends with itself, a day with the next midnight (UTC)."""
    try:
        if _RFC3339.fullmatch(text):
            if "t" in text.lower():
                instant = parse_datetime(text.upper())
                if instant is not None:
                    return instant.astimezone(UTC), instant.astimezone(UTC), True
            elif (day := parse_date(text)) is not None:
                midnight = datetime.combine(day, time(), UTC)
                return midnight, midnight + timedelta(days=1) if day < date.max else _LAST, False
    except (ValueError, OverflowError):
        pass
    raise refuse("datetime", _("une date comme 2026-11-22 ou 2026-11-22T10:00:00Z"))


def _value(asked: Property, text: str) -> Any:
    """The value a property is to be equal to."""
    if len(text) > LONGEST or (asked.values and text not in asked.values):
        raise refuse(asked.name, _("cette valeur n’existe pas"))
    if asked.pattern and not re.fullmatch(asked.pattern, text, re.ASCII):
        raise refuse(asked.name, _("cette valeur n’existe pas"))
    try:
        return _READERS[asked.kind](text)
    except (ValueError, OverflowError, KeyError):
        raise refuse(asked.name, _("cette valeur n’est pas du type attendu")) from None


def _integer(text: str) -> int:
    if not re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
        raise ValueError(text)
    return int(text)


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _instant(text: str) -> datetime:
    start, _end, included = _moment(text)
    if not included:
        raise ValueError(text)
    return start


_READERS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": _integer,
    "number": _number,
    "boolean": lambda text: {"true": True, "false": False}[text],
    "date": date.fromisoformat,
    "date-time": _instant,
}


def write_mark(order: tuple[Order, ...], values: tuple[Any, ...]) -> str:
    """Where a page ends, as the following one is asked for."""
    cells = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    text = json.dumps(cells, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def read_mark(order: tuple[Order, ...], text: str) -> tuple[Any, ...]:
    """The values behind a mark. Raises `RefusedError` for what we never wrote."""
    try:
        if len(text) > LONGEST or not text.isascii():
            raise ValueError(text)
        cells = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        if not isinstance(cells, list):
            raise TypeError(text)
        return tuple(_marked(one, cell) for one, cell in zip(order, cells, strict=True))
    except (ValueError, TypeError, binascii.Error, RecursionError, OverflowError):
        raise refuse("cursor", _("ce repère n’est pas de ceux que donne « next »")) from None


def _marked(one: Order, cell: Any) -> Any:
    if one.kind == "integer":
        if type(cell) is not int or abs(cell) >= 2**63:
            raise TypeError(cell)
        return cell
    if not isinstance(cell, str) or "\0" in cell:
        raise TypeError(cell)
    if one.kind == "string":
        return cell
    moment = datetime.fromisoformat(cell)
    if moment.tzinfo is None:
        raise ValueError(cell)
    return moment.astimezone(UTC)
