"""XML and JSON that strangers wrote: bounded, and refusing what makes a parser work for them."""

import json
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree as Defused
from defusedxml.common import DefusedXmlException

from bpc.portal.packages.archives import Archive
from bpc.portal.packages.refusals import Refusal, RefusedPackage

MAX_DESCRIPTION = 2 * 1024 * 1024  # bytes of a manifest
_DEEPEST = 60  # elements inside one another


def read_xml(archive: Archive, path: str) -> Element:
    """The root of an XML file, without document type nor entities. Raises `RefusedPackage`."""
    data = _bounded(archive, path)
    try:
        root: Element = Defused.fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise RefusedPackage(Refusal.UNSAFE_XML, path) from None
    except (ParseError, ValueError, LookupError) as error:  # also: an encoding nobody knows
        line = getattr(error, "position", (0, 0))[0]
        raise RefusedPackage(Refusal.BROKEN_XML, path, str(line or "")) from None
    if _depth_beyond(root, _DEEPEST):
        raise RefusedPackage(Refusal.BROKEN_XML, path)
    return root


def read_json(archive: Archive, path: str) -> Any:
    """The value of a JSON file. Raises `RefusedPackage`."""
    return json_value(_bounded(archive, path), path)


def json_value(data: bytes, path: str) -> Any:
    """The value in these bytes, from the file at `path`. Raises `RefusedPackage`."""
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise RefusedPackage(Refusal.BROKEN_JSON, path) from None


def _bounded(archive: Archive, path: str) -> bytes:
    data = archive.read(path)
    if len(data) > MAX_DESCRIPTION:
        raise RefusedPackage(Refusal.FILE_TOO_HEAVY, path, str(MAX_DESCRIPTION // 1024 // 1024))
    return data


def _depth_beyond(root: Element, most: int) -> bool:
    level = [root]
    for _step in range(most):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def local(name: str) -> str:
    """The name of an element or attribute without its namespace, small letters.

    >>> local("{http://www.adlnet.org/xsd/adlcp_rootv1p2}scormType")
    'scormtype'
    """
    return name.rpartition("}")[2].lower()


def children(element: Element, name: str) -> list[Element]:
    """The children of that local name."""
    return [child for child in element if local(child.tag) == name]


def descendants(element: Element, name: str) -> list[Element]:
    """All the elements inside of that local name, in their order."""
    return [inner for inner in element.iter() if inner is not element and local(inner.tag) == name]


def text_of(element: Element, *path: str) -> str:
    """The words of the first element along these local names, on one line; "" when there is none."""
    for name in path:
        found = children(element, name)
        if not found:
            return ""
        element = found[0]
    return " ".join("".join(element.itertext()).split())


def attribute(element: Element, name: str) -> str:
    """An attribute by its local name, whatever its namespace; "" when there is none."""
    return next((value.strip() for key, value in element.attrib.items() if local(key) == name), "")
