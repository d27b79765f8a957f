"""A page of assumptions as what is drawn: records (an item, or a part of the plan), each with its boxes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from bpc.portal.foundation.writing import isolated
from bpc.portal.plans.field_names import FIELDS
from bpc.portal.plans.path_words import written_value
from bpc.portal.plans.paths import MISSING, Document, value_of
from bpc.portal.web.plans.expert_choices import CHOICES, CONFIDENCE
from bpc.portal.web.plans.expert_fields import Field, Kind
from bpc.portal.web.plans.expert_groups import Family, Group, part_fields
from bpc.portal.web.plans.expert_values import MOST_ROWS, Texts, texts_of

Options = list[tuple[str, str, bool]]  # value, words, chosen


@dataclass(frozen=True, slots=True)
class Place:
    """A field at its path in one plan."""

    field: Field
    path: str
    label: str


@dataclass
class Box:
    """One input of a cell."""

    name: str
    text: str
    label: str = ""
    options: Options = field(default_factory=list)


@dataclass
class Cell:
    """A field as drawn: its boxes with what was typed, what is wrong, how many remarks."""

    place: Place
    boxes: list[Box]
    shown: str  # the value in words, for those who only read
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    remarks: int = 0

    @property
    def id(self) -> str:
        """Of its first box; notes follow it."""
        return identifier(self.place.path)

    @property
    def kind(self) -> str:
        """How it is typed."""
        return str(self.place.field.kind)

    @property
    def path(self) -> str:
        """Its path."""
        return self.place.path

    @property
    def label(self) -> str:
        """Its name."""
        return self.place.label

    @property
    def rows(self) -> list[list[Box]]:
        """The boxes of a small table, row by row."""
        width = len(self.place.field.parts) or 1
        return [self.boxes[start : start + width] for start in range(0, len(self.boxes), width)]

    @property
    def unit(self) -> str:
        """What stands after the box."""
        return unit_of(self.place.field)

    @property
    def hint(self) -> str:
        """How to type it, where it is not plain."""
        return hint_of(self.place.field)


@dataclass
class Record:
    """An item or a part of the plan: a form of its own."""

    path: str
    title: str
    main: list[Cell]
    more: list[Cell]
    was: str
    present: bool  # False: an optional part nobody filled
    optional: bool = False
    chosen: bool = False  # unfolded because it was asked for
    away: bool = False  # what unfolds is a page away: a long table stays light

    @property
    def id(self) -> str:
        """Its place on the page."""
        return f"r-{identifier(self.path)}" if self.path else "r-plan"

    @property
    def cells(self) -> list[Cell]:
        """All of them."""
        return [*self.main, *self.more]

    @property
    def open(self) -> bool:
        """Whether what is folded must be seen."""
        return any(cell.errors or cell.warnings for cell in self.more) or any(
            cell.errors and cell.kind == Kind.ESTIMATE for cell in self.main
        )


def identifier(path: str) -> str:
    """A path as an id of HTML; ids of items never hold a hyphen, so no two are alike.

    >>> identifier("products.oil.price")
    'f-products-oil-price'
    """
    return "f-" + path.replace(".", "-").replace("+", "new")


def unit_of(one: Field) -> str:
    """The unit of a box, short."""
    return {
        "amount": gettext("MAD"), "share": "%", "days": gettext("jours"), "months": gettext("mois"),
        "years": gettext("ans"),
    }.get(str(one.sort), "") if one.kind in {Kind.ESTIMATE, Kind.NUMBER, Kind.INTEGER} else ""  # fmt: skip


def hint_of(one: Field) -> str:
    """What a person could not guess."""
    if one.twelve:
        return gettext("Douze nombres, de janvier à décembre : collez douze cellules, ou séparez par « ; ».")
    if one.kind == Kind.SERIES:
        return {
            "share": gettext("En %, année par année, séparés par « ; » ; le dernier vaut pour la suite."),
            "calendar": gettext("Numéros des mois, de 1 à 12, séparés par « ; » ; vide : toute l’année."),
        }.get(str(one.sort), gettext("Des nombres séparés par « ; »."))
    if one.sort == "rank":
        return gettext("1 : le premier mois du plan.")
    if one.name in {"life_years", "years_left"}:
        return gettext("Vide : ne s’use pas (terrain).")
    if one.kind == Kind.REFERENCES:
        return gettext("Aucune case cochée : tous.")
    return gettext("Année puis mois, comme 2027-01.") if one.pattern == "start" else ""


def places_of(fields: Sequence[Field], path: str, whole: Document) -> Iterator[Place]:
    """Each field of a record at its path; quantities by item become one for each item of the plan."""
    for one in fields:
        here = f"{path}.{one.name}" if path else one.name
        if not one.each:
            yield Place(one, here, one.words)
            continue
        for item in whole.get(one.each) or ():
            name = isolated(item_name(item))
            label = gettext("%(what)s : %(item)s") % {"what": one.words, "item": name}
            yield Place(one, f"{here}.{item['id']}", label)


def item_name(item: Mapping[str, Any]) -> str:
    """What people call an item; its id when nobody named it."""
    return str(item.get("name") or item.get("role") or item.get("id") or "")


def plain_at(whole: Document, path: str) -> Any:
    """The value there, None when nothing is."""
    value = value_of(whole, path.split(".")) if path else whole
    return None if value is MISSING else value


def records_of(group: Group, whole: Document) -> list[Record]:
    """The parts of a page."""
    return [part_record(group, part, whole) for part in group.parts]


def part_record(group: Group, part: str, whole: Document) -> Record:
    """A part of the plan as a form."""
    from_plan = part_fields(group, part)
    places = list(places_of(from_plan, part, whole))
    cells = [cell_of(place, whole) for place in places]
    title = str(FIELDS[part].words) if part else gettext("Pour tout le plan")
    optional = part in {"overdraft", "opening", "without_project", "beneficiaries"}
    present = not part or plain_at(whole, part) is not None
    return Record(part, title, cells, [], was_of(cells, part), present, optional)


def family_records(family: Family, whole: Document) -> list[Record]:
    """The items of a family, each a row."""
    return [item_record(family, item, whole) for item in plain_at(whole, family.path) or ()]


def item_record(family: Family, item: Mapping[str, Any], whole: Document) -> Record:
    """An item as a row: columns, and what unfolds."""
    path = f"{family.path}.{item['id']}"
    cells = [cell_of(place, whole) for place in places_of(family.fields, path, whole)]
    named = {cell.place.field.name: cell for cell in cells}
    main = [named[name] for name in family.columns]
    more = [cell for cell in cells if cell not in main]
    return Record(path, item_name(item), main, more, was_of(cells, path), True)


def cell_of(place: Place, whole: Document, texts: Texts | None = None) -> Cell:
    """A field with what the plan holds, or with what was typed."""
    value = plain_at(whole, place.path)
    held = texts_of(place.field, place.path, value) if texts is None else texts
    return Cell(place, boxes_of(place, held, whole), told(place, value, whole))


def boxes_of(place: Place, texts: Texts, whole: Document) -> list[Box]:
    """The inputs of a field."""
    one, path = place.field, place.path
    if one.kind == Kind.ESTIMATE:
        return _estimate_boxes(path, texts)
    if one.kind == Kind.ROWS:
        return _row_boxes(place, texts)
    text = texts.get(path, "")
    if one.kind == Kind.REFERENCES:
        chosen = set(text.splitlines())
        items = whole.get(one.refers) or ()
        ticks = [(item["id"], item_name(item), item["id"] in chosen) for item in items]
        return [Box(path, text, place.label, ticks)]
    return [Box(path, text, place.label, options_of(one, path, text, whole))]


def _estimate_boxes(path: str, texts: Texts) -> list[Box]:
    words = {"mode": gettext("valeur retenue"), "low": gettext("au plus bas"), "high": gettext("au plus haut"),
             "conf": gettext("confiance"), "src": gettext("sources, séparées par « ; »")}  # fmt: skip
    boxes = [Box(f"{path}.{part}", texts.get(f"{path}.{part}", ""), label) for part, label in words.items()]
    chosen = boxes[3].text
    boxes[3].options = [("", gettext("non précisée"), not chosen)]
    boxes[3].options += [(str(code), str(label), code == chosen) for code, label in CONFIDENCE.items()]
    return boxes


def _row_boxes(place: Place, texts: Texts) -> list[Box]:
    ranks = [
        int(name[len(place.path) + 1 :].split(".")[0]) for name in texts if name.startswith(f"{place.path}.")
    ]
    last = min(max(ranks, default=0), MOST_ROWS - 1)
    return [
        Box(f"{place.path}.{row}.{part.name}", texts.get(f"{place.path}.{row}.{part.name}", ""), part.words)
        for row in range(last + 1)
        for part in place.field.parts
    ]


def options_of(one: Field, path: str, text: str, whole: Document) -> Options:
    """What may be chosen; empty for what is typed."""
    if one.kind == Kind.YES_NO:
        pairs = [("1", gettext("oui")), ("0", gettext("non"))]
    elif one.kind == Kind.CHOICE:
        pairs = [(str(code), str(CHOICES[one.pattern][code])) for code in one.choices]
    elif one.kind == Kind.REFERENCE:
        own = path.split(".")[1]
        items = [
            item
            for item in whole.get(one.refers) or ()
            if not (path.startswith("phases.") and item["id"] == own)
        ]
        pairs = [(item["id"], item_name(item)) for item in items]
    else:
        return []
    if one.optional or not text:
        pairs.insert(0, ("", gettext("aucune") if one.kind == Kind.REFERENCE else gettext("non précisé")))
    if text and text not in {code for code, _words in pairs}:
        pairs.append((text, text))
    return [(code, words, code == text) for code, words in pairs]


def told(place: Place, value: Any, whole: Document) -> str:
    """A value in words, codes and names of items too."""
    one = place.field
    if value is None:
        return gettext("non renseigné")
    if one.kind == Kind.CHOICE:
        return str(CHOICES[one.pattern].get(value, value))
    if one.kind in {Kind.REFERENCE, Kind.REFERENCES}:
        names = {item["id"]: item_name(item) for item in whole.get(one.refers) or ()}
        ids = value if isinstance(value, list) else [value]
        return ", ".join(isolated(names.get(code, str(code))) for code in ids) or gettext("tous")
    if value in ("", []):
        return gettext("non renseigné")
    if one.kind == Kind.SERIES:
        unit = "\u202f%" if one.sort == "share" else ""
        return f"{texts_of(one, place.path, value)[place.path]}{unit}"
    return isolated(str(value)) if one.kind == Kind.TEXT else written_value(place.path, value)


def was_of(cells: Sequence[Cell], path: str) -> str:
    """What the boxes held when the page was made, so that only what was typed is saved."""
    start = len(path) + 1 if path else 0
    held = {box.name[start:]: box.text for cell in cells for box in cell.boxes if box.text}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))
