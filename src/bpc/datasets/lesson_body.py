"""The small Markdown of a lesson: headings, paragraphs, lists, tables, quotes, bold; links to lessons only."""

import re
from collections.abc import Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

LESSON_LINK = re.compile(r"^lesson:([a-z0-9-]+)/([a-z0-9-]+)$")
_ALLOWED = frozenset({
    "heading", "paragraph", "inline", "bullet_list", "ordered_list", "list_item", "blockquote", "table", "thead",
    "tbody", "tr", "th", "td", "text", "strong", "em", "softbreak", "hardbreak", "link", "hr",
})  # fmt: skip


@lru_cache(maxsize=1)
def reader() -> MarkdownIt:
    """The one reader, for checks and pages: CommonMark without HTML, with tables."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def faults_of_body(text: str) -> Iterator[str]:
    """What a body holds that is not allowed.

    >>> list(faults_of_body("## Un\\n\\n[ici](lesson:selling/souk)")), list(faults_of_body("[là](https://example.org)"))
    ([], ['a link to https://example.org'])
    """
    if re.search(r"<[a-zA-Z/!][^>]*>", text):
        yield "HTML"
    for token in _tokens(reader().parse(text)):
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind not in _ALLOWED:
            yield f"{kind} at line {token.map[0] + 1}" if token.map else kind
        elif kind == "heading" and token.tag not in ("h2", "h3"):
            yield f"a heading {token.tag}"
        elif token.type == "link_open" and not LESSON_LINK.match(str(token.attrGet("href"))):
            yield f"a link to {token.attrGet('href')}"


def lessons_linked(text: str) -> Iterator[tuple[str, str]]:
    """The course and the lesson of each link."""
    for token in _tokens(reader().parse(text)):
        found = LESSON_LINK.match(str(token.attrGet("href"))) if token.type == "link_open" else None
        if found:
            yield found[1], found[2]


def _tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _tokens(token.children or [])
