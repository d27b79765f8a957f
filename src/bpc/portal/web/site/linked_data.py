"""Linked data written as JSON-LD and as Turtle from the same few values, so that the two can never differ."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}


@dataclass(frozen=True)
class Text:
    """Words in a language."""

    words: str
    language: str


@dataclass(frozen=True)
class Typed:
    """A value of a named type, such as `xsd:date`."""

    value: str
    type: str


@dataclass(frozen=True)
class Ref:
    """Something by its address."""

    address: str


@dataclass(frozen=True)
class Thing:
    """Something described: by its address, or (empty) only where it is told. Properties by prefixed name."""

    types: tuple[str, ...]
    properties: Mapping[str, tuple[Any, ...]]
    address: str = field(default="")


Value = Text | Typed | Ref | Thing


def as_json(things: list[Thing]) -> bytes:
    """JSON-LD with its context."""
    document = {"@context": PREFIXES, "@graph": [_json_of(thing) for thing in things]}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _json_of(value: Value) -> dict[str, Any]:
    match value:
        case Text(words, language):
            return {"@value": words, "@language": language}
        case Typed(text, kind):
            return {"@value": text, "@type": kind}
        case Ref(address):
            return {"@id": address}
        case Thing(types, properties, address):
            head: dict[str, Any] = {"@id": address} if address else {}
            told = {name: [_json_of(one) for one in values] for name, values in properties.items() if values}
            return {**head, "@type": list(types), **told}


def as_turtle(things: list[Thing]) -> bytes:
    """Turtle."""
    lines = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    for thing in things:
        lines += ["", f"<{_iri(thing.address)}>", *_properties(thing, "  "), "."]
    return ("\n".join(lines) + "\n").encode()


def _properties(thing: Thing, indent: str) -> Iterator[str]:
    told = [("a", ", ".join(thing.types))]
    for name, values in thing.properties.items():
        if values:
            told.append((name, ", ".join(_turtle_of(one, indent + "  ") for one in values)))
    for number, (name, written) in enumerate(told, start=1):
        yield f"{indent}{name} {written}{' ;' if number < len(told) else ''}"


def _turtle_of(value: Value, indent: str) -> str:
    match value:
        case Text(words, language):
            return f"{_quoted(words)}@{language}"
        case Typed(text, kind):
            return f"{_quoted(text)}^^{kind}"
        case Ref(address):
            return f"<{_iri(address)}>"
        case Thing() if value.address:
            return f"<{_iri(value.address)}>"
        case Thing():
            return "\n".join(["[", *_properties(value, indent), f"{indent}]"])


def _quoted(text: str) -> str:
    """JSON's way with quotes and control signs is Turtle's too."""
    return json.dumps(text, ensure_ascii=False)


def _iri(address: str) -> str:
    """An address may not hold these signs in Turtle."""
    return "".join(f"%{ord(sign):02X}" if sign in '<>"{}|^`\\ ' else sign for sign in address)
