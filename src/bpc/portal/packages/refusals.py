"""Why a package is not kept; the sentence for people, with the file at fault, is said by the pages."""

from enum import Enum


class Refusal(Enum):
    """One reason. Where a file is at fault, its path goes with it; else a detail (a number, a version)."""

    EMPTY = "empty"
    TOO_HEAVY = "too-heavy"
    NOT_A_ZIP = "not-a-zip"
    DAMAGED = "damaged"
    LOCKED = "locked"
    BAD_PATH = "bad-path"
    LINK = "link"
    TWICE = "twice"
    TOO_MANY_FILES = "too-many-files"
    FILE_TOO_HEAVY = "file-too-heavy"
    UNPACKED_TOO_HEAVY = "unpacked-too-heavy"
    BOMB = "bomb"
    COMPRESSION = "compression"
    NESTED = "nested"
    SERVER_CODE = "server-code"
    PROGRAM = "program"
    INFECTED = "infected"
    UNSCANNED = "unscanned"  # a scanner is named, and did not answer: nothing passes unseen

    UNKNOWN_KIND = "unknown-kind"
    IN_A_FOLDER = "in-a-folder"
    BROKEN_XML = "broken-xml"
    UNSAFE_XML = "unsafe-xml"
    NOT_A_MANIFEST = "not-a-manifest"
    UNKNOWN_VERSION = "unknown-version"
    NO_ORGANISATION = "no-organisation"
    SEVERAL_ORGANISATIONS = "several-organisations"
    NO_LESSON = "no-lesson"
    SEVERAL_LESSONS = "several-lessons"
    NO_RESOURCE = "no-resource"
    ELSEWHERE = "elsewhere"
    NO_LAUNCH = "no-launch"
    NOT_A_PAGE = "not-a-page"

    BROKEN_JSON = "broken-json"
    NO_MAIN_LIBRARY = "no-main-library"
    NO_LIBRARY = "no-library"
    NO_LIBRARY_FILE = "no-library-file"
    NO_CONTENT = "no-content"


class RefusedPackage(Exception):
    """The package is not kept: `reason`, the `path` of the file at fault in it, a `detail`."""

    def __init__(self, reason: Refusal, path: str = "", detail: str = "") -> None:
        super().__init__(f"{reason.value} {path} {detail}".strip())
        self.reason, self.path, self.detail = reason, path[:200], detail[:200]
