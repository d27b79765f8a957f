"""Reads back what a PDF of ours says: pages, letters, metadata. Just enough of the format for our own files."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.S)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.S)
# parentheses within a string are not escaped when they balance
_INNER = rb"\((?:\\.|[^\\()])*\)"
_ONE = rb"\(((?:\\.|[^\\()]|" + _INNER + rb")*)\)"
_ANY = _ONE.replace(rb"((?:", rb"(?:(?:", 1)
_TOKEN = re.compile(
    rb"/(\w+) [\d.]+ Tf|\[((?:" + _ANY + rb"|<[0-9A-Fa-f]*>|[-\d.\s])*)\]\s*TJ|(" + _ANY + rb")\s*Tj", re.S
)
_STRING = re.compile(_ONE + rb"|<([0-9A-Fa-f]*)>", re.S)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Paper:
    """A PDF taken apart."""

    def __init__(self, data: bytes) -> None:
        assert data.startswith(b"%PDF-")
        self.data = data
        self.objects = {int(number): body for number, body in _OBJECT.findall(data)}
        self.pages = [body for body in self.objects.values() if re.search(rb"/Type\s*/Page\b", body)]

    @property
    def language(self) -> str:
        """The language of the document, « fr-MA »; passages in another one name theirs."""
        found = re.search(rb"/Type\s*/Catalog\b.*?/Lang\s*\((.*?)\)", self.data, re.DOTALL)
        return found.group(1).decode() if found else ""

    @property
    def languages(self) -> set[str]:
        """Every language named in it."""
        return {found.decode() for found in re.findall(rb"/Lang\s*\((.*?)\)", self.data)}

    @property
    def title(self) -> str:
        """The title in its metadata."""
        found = re.search(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", self.data, re.S)
        return found.group(1).decode() if found else ""

    @property
    def says_it_is_accessible(self) -> bool:
        """Whether it declares PDF/UA-1."""
        return b"pdfuaid:part>1<" in self.data

    def text(self) -> str:
        """The letters of all pages in the order they are drawn; Arabic comes from left to right, as it is painted."""
        return "\n".join(self.page_text(page) for page in self.pages)

    def page_text(self, page: bytes) -> str:
        """The letters of one page."""
        fonts = self._fonts(page)
        content = self._stream(self._reference(page, b"Contents"))
        letters: dict[int, str] = {}
        told: list[str] = []
        for font, pieces, single in _TOKEN.findall(content):
            if font:
                letters = fonts[font]
            else:
                told.append("".join(self._decoded(pieces or single, letters)))
        return re.sub(" +", " ", " ".join(told))

    def _decoded(self, pieces: bytes, letters: dict[int, str]) -> list[str]:
        raw = b"".join(
            _unescaped(plain) if plain or not hexadecimal else bytes.fromhex(hexadecimal.decode())
            for plain, hexadecimal in _STRING.findall(pieces)
        )
        return [
            letters.get(int.from_bytes(raw[place : place + 2], "big"), "\ufffd")
            for place in range(0, len(raw), 2)
        ]

    def _fonts(self, page: bytes) -> dict[bytes, dict[int, str]]:
        resources = self.objects[self._reference(page, b"Resources")]
        listed = re.search(rb"/Font\s*<<(.*?)>>", resources, re.S)
        assert listed is not None
        names = re.findall(rb"/(\w+) (\d+) 0 R", listed.group(1))
        return {name: self._letters(int(number)) for name, number in names}

    def _letters(self, font: int) -> dict[int, str]:
        table = self._stream(self._reference(self.objects[font], b"ToUnicode"))
        return {
            int(code, 16): bytes.fromhex(words.decode()).decode("utf-16-be")
            for code, words in re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>\n", table)
        }

    def _reference(self, body: bytes, name: bytes) -> int:
        found = re.search(rb"/" + name + rb"\s+(\d+) 0 R", body)
        assert found is not None, name
        return int(found.group(1))

    def _stream(self, number: int) -> bytes:
        found = _STREAM.search(self.objects[number])
        assert found is not None
        return zlib.decompress(found.group(1))


def _unescaped(text: bytes) -> bytes:
    def plain(match: re.Match[bytes]) -> bytes:
        escaped = match.group(1)
        return bytes([int(escaped, 8)]) if escaped.isdigit() else _ESCAPES.get(escaped, escaped)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, text, flags=re.S)
