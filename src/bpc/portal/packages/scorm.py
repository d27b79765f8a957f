"""The manifest of a SCORM package, 1.2 or 2004: one organisation, one lesson, a first page that is there.

Sources: SCORM 1.2 Content Aggregation Model (2001); SCORM 2004 3rd Edition Content Aggregation Model (2006).
"""

import math
import posixpath
from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import Element

from bpc.portal.packages.archives import Archive
from bpc.portal.packages.described import LONGEST_LAUNCH_DATA, LONGEST_QUERY, LONGEST_TITLE, Described
from bpc.portal.packages.kinds import PAGES, ending_of
from bpc.portal.packages.manifests import attribute, children, descendants, local, read_xml, text_of
from bpc.portal.packages.refusals import Refusal, RefusedPackage
from bpc.portal.packages.states import Kind

MANIFEST = "imsmanifest.xml"
_MOST_MISSING = 50  # told by name


def read_scorm(archive: Archive) -> Described:
    """What the manifest says. Raises `RefusedPackage`."""
    root = read_xml(archive, archive.path_of(MANIFEST))
    if local(root.tag) != "manifest":
        raise RefusedPackage(Refusal.NOT_A_MANIFEST, MANIFEST)
    kind = _kind(root)
    organisation = _organisation(root)
    item, resource = _lesson(organisation, _resources(root))
    bases = [root, *children(root, "resources"), resource]
    launch, query = _launch(archive, item, resource, bases)
    title = text_of(organisation, "title") or text_of(item, "title")
    return Described(
        kind, title[:LONGEST_TITLE], "", launch, query, _mastery(item, kind),
        text_of(item, "datafromlms")[:LONGEST_LAUNCH_DATA], missing=_missing(archive, resource, bases),
    )  # fmt: skip


def _kind(root: Element) -> Kind:
    """By the version it declares, else by the schema it is written in."""
    said = text_of(root, "metadata", "schemaversion")
    if said == "1.2":
        return Kind.SCORM_12
    if said.startswith(("2004", "CAM 1.3")) or said == "1.3":
        return Kind.SCORM_2004
    spaces = {name.rpartition("}")[0] for element in root.iter() for name in (element.tag, *element.attrib)}
    if not said and any("adlcp_rootv1p2" in space for space in spaces):
        return Kind.SCORM_12
    if not said and any("adlcp_v1p3" in space for space in spaces):
        return Kind.SCORM_2004
    raise RefusedPackage(Refusal.UNKNOWN_VERSION, MANIFEST, said)


def _organisation(root: Element) -> Element:
    found = [one for group in children(root, "organizations") for one in children(group, "organization")]
    if not found:
        raise RefusedPackage(Refusal.NO_ORGANISATION, MANIFEST)
    if len(found) > 1:
        raise RefusedPackage(Refusal.SEVERAL_ORGANISATIONS, MANIFEST, str(len(found)))
    return found[0]


def _resources(root: Element) -> dict[str, Element]:
    groups = children(root, "resources")
    return {attribute(one, "identifier"): one for group in groups for one in children(group, "resource")}


def _lesson(organisation: Element, resources: dict[str, Element]) -> tuple[Element, Element]:
    """The one item that opens something, and what it opens, which must report (a SCO)."""
    items = [item for item in descendants(organisation, "item") if attribute(item, "identifierref")]
    if not items:
        raise RefusedPackage(Refusal.NO_LESSON, MANIFEST)
    if len(items) > 1:
        raise RefusedPackage(Refusal.SEVERAL_LESSONS, MANIFEST, str(len(items)))
    resource = resources.get(attribute(items[0], "identifierref"))
    if resource is None:
        raise RefusedPackage(Refusal.NO_RESOURCE, MANIFEST, attribute(items[0], "identifierref"))
    if attribute(resource, "scormtype").lower() != "sco":
        raise RefusedPackage(Refusal.NO_LESSON, MANIFEST)
    return items[0], resource


def _launch(archive: Archive, item: Element, resource: Element, bases: list[Element]) -> tuple[str, str]:
    """The first page, and what its address ends with. Raises `RefusedPackage`."""
    href = attribute(resource, "href")
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or any(urlsplit(attribute(one, "base")).netloc for one in bases):
        raise RefusedPackage(Refusal.ELSEWHERE, MANIFEST, href)
    path = archive.path_of(_within(href, bases))
    if not href or not path:
        raise RefusedPackage(Refusal.NO_LAUNCH, unquote(parts.path) or MANIFEST)
    if ending_of(path) not in PAGES:
        raise RefusedPackage(Refusal.NOT_A_PAGE, path)
    return path, _query(parts.query, parts.fragment, attribute(item, "parameters"))


def _within(href: str, bases: list[Element]) -> str:
    """The path in the archive of an address of the manifest, below the bases it is told from."""
    folders = [attribute(one, "base") for one in bases]
    return posixpath.normpath("/".join(unquote(urlsplit(part).path) for part in (*folders, href) if part))


def _query(query: str, fragment: str, parameters: str) -> str:
    """The parameters of an item join the address as the specification has it: after "?" or "&", or after "#"."""
    added = parameters.strip()[:LONGEST_QUERY]
    if added.startswith("#"):
        fragment = fragment or added[1:]
    elif added:
        query = "&".join(part for part in (query, added.lstrip("?&")) if part)
    written = f"?{query}" if query else ""
    return quote(f"{written}#{fragment}" if fragment else written, safe="?#&=%+/:;,@!$'()*-._~")[
        :LONGEST_QUERY
    ]


def _mastery(item: Element, kind: Kind) -> float | None:
    """The score that passes, out of 100. 1.2 writes it so; 2004 between -1 and 1, when it passes by the measure."""
    if kind == Kind.SCORM_12:
        return _bounded(text_of(item, "masteryscore"), 1)
    for objective in descendants(item, "primaryobjective"):
        if attribute(objective, "satisfiedbymeasure").lower() in ("true", "1"):
            return _bounded(text_of(objective, "minnormalizedmeasure") or "1", 100)
    return None


def _bounded(said: str, times: int) -> float | None:
    try:
        number = float(said) * times
    except ValueError:
        return None
    return number if math.isfinite(number) and 0 <= number <= 100 else None


def _missing(archive: Archive, resource: Element, bases: list[Element]) -> tuple[str, ...]:
    """Files the lesson announces that are not there."""
    paths = [_within(attribute(one, "href"), bases) for one in children(resource, "file")]
    unique = dict.fromkeys(path for path in paths if path != "." and not archive.path_of(path))
    return tuple(list(unique)[:_MOST_MISSING])
