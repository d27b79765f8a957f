"""An H5P file: its `h5p.json`, its libraries all present with their scripts and styles, its content.

Source: the H5P specification, https://h5p.org/documentation/developers/h5p-specification.
"""

import re
from typing import Any

from bpc.portal.packages.archives import Archive
from bpc.portal.packages.described import LONGEST_TITLE, Described
from bpc.portal.packages.manifests import json_value, read_json
from bpc.portal.packages.refusals import Refusal, RefusedPackage
from bpc.portal.packages.states import Kind

PACKAGE = "h5p.json"
CONTENT = "content/content.json"
_NAME = re.compile(r"[\w.-]{1,100}")
_MOST_LIBRARIES = 300


def read_h5p(archive: Archive) -> Described:
    """What `h5p.json` says. Raises `RefusedPackage`."""
    said = read_json(archive, archive.path_of(PACKAGE))
    wanted = _dependencies(said, PACKAGE)
    main = next((one for one in wanted if one[0] == said.get("mainLibrary")), None)
    if main is None:
        raise RefusedPackage(Refusal.NO_MAIN_LIBRARY, PACKAGE, str(said.get("mainLibrary") or ""))
    _check_libraries(archive, wanted)
    content = archive.path_of(CONTENT)
    if not content:
        raise RefusedPackage(Refusal.NO_CONTENT, CONTENT)
    if not isinstance(json_value(archive.read(content), content), dict):
        raise RefusedPackage(Refusal.BROKEN_JSON, content)
    return Described(
        Kind.H5P, _words(said.get("title")), _words(said.get("language"))[:8], main_library=_written(main),
        licence=_licence(said), credit=_authors(said),
    )  # fmt: skip


Library = tuple[str, int, int]


def _written(library: Library) -> str:
    return "{}-{}.{}".format(*library)


def _dependencies(said: Any, path: str) -> list[Library]:
    """The libraries a description asks for. Raises `RefusedPackage`."""
    asked = said.get("preloadedDependencies", []) if isinstance(said, dict) else None
    if not isinstance(asked, list):
        raise RefusedPackage(Refusal.BROKEN_JSON, path)
    found = []
    for one in asked:
        try:
            library = (str(one["machineName"]), int(one["majorVersion"]), int(one["minorVersion"]))
        except (KeyError, TypeError, ValueError, OverflowError):
            raise RefusedPackage(Refusal.BROKEN_JSON, path) from None
        if not _NAME.fullmatch(library[0]):
            raise RefusedPackage(Refusal.BROKEN_JSON, path)
        found.append(library)
    return found


def _check_libraries(archive: Archive, wanted: list[Library]) -> None:
    """Each library asked for, and those it asks for in turn, is there with its files."""
    waiting, known = list(wanted), set()
    while waiting:
        library = waiting.pop()
        if library in known:
            continue
        known.add(library)
        path = _description_of(archive, library)
        if not path or len(known) > _MOST_LIBRARIES:
            raise RefusedPackage(Refusal.NO_LIBRARY, f"{_written(library)}/library.json")
        said = read_json(archive, path)
        waiting += _dependencies(said, path)
        _check_files(archive, said, path)


def _description_of(archive: Archive, library: Library) -> str:
    """Where a library describes itself: its folder is named with its version, or without in older files."""
    return archive.path_of(f"{_written(library)}/library.json") or archive.path_of(
        f"{library[0]}/library.json"
    )


def _check_files(archive: Archive, said: dict[str, Any], path: str) -> None:
    folder = path.rpartition("/")[0]
    for list_name in ("preloadedJs", "preloadedCss"):
        files = said.get(list_name) or []
        for one in files if isinstance(files, list) else [None]:
            file = one.get("path") if isinstance(one, dict) else None
            if not isinstance(file, str):
                raise RefusedPackage(Refusal.BROKEN_JSON, path)
            if not archive.path_of(f"{folder}/{file}"):
                raise RefusedPackage(Refusal.NO_LIBRARY_FILE, f"{folder}/{file}")


def _licence(said: dict[str, Any]) -> str:
    """As the file writes it; "U" is its word for a licence nobody told."""
    licence, version = _words(said.get("license")), _words(said.get("licenseVersion"))
    return "" if licence in ("", "U") else f"{licence} {version}".strip()


def _authors(said: dict[str, Any]) -> str:
    authors = said.get("authors")
    named = [one.get("name") for one in authors if isinstance(one, dict)] if isinstance(authors, list) else []
    return ", ".join(_words(name) for name in named if _words(name))[:LONGEST_TITLE]


def _words(said: Any) -> str:
    return " ".join(said.split())[:LONGEST_TITLE] if isinstance(said, str) else ""
