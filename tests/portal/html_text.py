"""The words of a page as a reader or a screen reader meets them, each with the language it is said to be in."""

from dataclasses import dataclass
from html.parser import HTMLParser

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
#: Not read out, or not in a human language.
_UNREAD = frozenset({"script", "style", "code", "pre", "template", "kbd", "samp"})
_READ_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder", "data-label", "label")


@dataclass(frozen=True)
class _Frame:
    tag: str
    language: str
    read: bool


class _Reader(HTMLParser):
    """Follows the language down the tree; `dir="auto"` marks what people wrote, in any language."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.frames = [_Frame("", "", True)]
        self.said: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        above = self.frames[-1]
        # `bdi` is `dir="auto"` by itself
        anyone = values.get("dir", "auto" if tag == "bdi" else "") == "auto" and "lang" not in values
        language = "" if anyone else values.get("lang", above.language)
        frame = _Frame(tag, language, above.read and tag not in _UNREAD)
        for name in _READ_ATTRIBUTES:
            self._say(frame, values.get(name, ""))
        if tag == "meta" and values.get("name") == "description":
            self._say(frame, values.get("content", ""))
        if tag == "input" and values.get("type") in {"submit", "button"}:
            self._say(frame, values.get("value", ""))
        if tag not in _VOID:
            self.frames.append(frame)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.frames.pop()

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.frames) - 1, 0, -1):
            if self.frames[depth].tag == tag:
                del self.frames[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._say(self.frames[-1], data)

    def _say(self, frame: _Frame, text: str) -> None:
        if frame.read and frame.language and text.strip():
            self.said.append((frame.language, " ".join(text.split())))


def said_texts(page: str) -> list[tuple[str, str]]:
    """(language, text) of each piece of text and each spoken attribute; what people wrote is left out.

    >>> said_texts('<html lang="ar"><p>مرحبا <b lang="fr">Agadir</b> <i dir="auto">x</i></p></html>')
    [('ar', 'مرحبا'), ('fr', 'Agadir')]
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.said
