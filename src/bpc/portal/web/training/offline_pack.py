"""What a course needs on a telephone without network: its files, their sizes, and what makes the pack another one."""

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.templatetags.static import static

_TEMPLATES = Path(__file__).parents[1] / "templates" / "training"
_STYLES = ("site.css", "components.css", "training.css", "course-offline.css")
_FONTS = ("latin-400.woff2", "latin-700.woff2", "arabic-400.woff2")
_ICONS = ("icons.svg", "mark.svg", "favicon.svg", "favicon-32.png", "favicon-180.png")
_ENTRIES = ("course-page.js", "course-list.js", "lesson-reading.js")
_IMPORT = re.compile(r"""from\s+["']\./([\w-]+\.js)["']""")
#: Ten lessons weigh no more than 15 million bytes: what a village line carries in a quarter of an hour.
MOST_A_LESSON = 1_500_000
#: What a lesson adds to the pages of its course, both languages together, at most.
PAGES_A_LESSON = 100_000


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file kept on the device: its address and its bytes as kept, not as sent."""

    url: str
    size: int

    def told(self) -> dict[str, Any]:
        """For the page's script."""
        return {"url": self.url, "size": self.size}


def shared_files() -> tuple[PackFile, ...]:
    """What every course needs, kept once for all of them."""
    return tuple(PackFile(url, size) for url, size in _files())


def most_bytes(lessons: int) -> int:
    """What the pack of a course of so many lessons should not exceed, in bytes."""
    return MOST_A_LESSON * lessons


def room_for_sounds(lessons: int) -> int:
    """What the recordings of a course of so many lessons may weigh beside all the rest, in bytes."""
    return most_bytes(lessons) - PAGES_A_LESSON * lessons - sum(one.size for one in shared_files())


@cache
def digest() -> str:
    """Of everything shared and of the templates: another one when anything of it changed."""
    whole = sha256("\n".join(url for url, _size in _files()).encode())
    for name in _names():
        whole.update(_path(name).read_bytes())
    for path in sorted(_TEMPLATES.glob("*.html")):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


@cache
def _files() -> tuple[tuple[str, int], ...]:
    """Modules import one another by their plain names; pages name their files with what is in them."""
    urls: dict[str, int] = {}
    for name in _names():
        size = _path(name).stat().st_size
        is_module = name.endswith(".js") and name.rpartition("/")[2] not in _ENTRIES
        urls[f"{static('web/').rstrip('/')}/{name.removeprefix('web/')}" if is_module else static(name)] = (
            size
        )
    return tuple(sorted(urls.items()))


@cache
def _names() -> tuple[str, ...]:
    named = [*(f"css/{one}" for one in _STYLES), *(f"fonts/{one}" for one in _FONTS)]
    named += [*(f"icons/{one}" for one in _ICONS), *(f"js/{one}" for one in _modules())]
    return tuple(f"web/{one}" for one in named)


def _modules() -> list[str]:
    """The scripts of the pages and all that they import."""
    found: list[str] = []
    left = list(_ENTRIES)
    while left:
        name = left.pop()
        if name not in found:
            found.append(name)
            left += _IMPORT.findall(_path(f"web/js/{name}").read_text("utf-8"))
    return sorted(found)


def _path(name: str) -> Path:
    return Path(str(finders.find(name)))
