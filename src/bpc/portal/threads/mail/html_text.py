"""The words of a mail that has only an HTML body, without what it quotes."""

import html
import re

import nh3

_BREAKS = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6]|hr)\b[^>]*>", re.IGNORECASE)
#: What mail programs wrap the mail they answer in.
_QUOTE_MARKS = re.compile(
    r"<(?:div|blockquote)[^>]*(?:class=[\"']?[^\"'>]*(?:gmail_quote|yahoo_quoted|moz-cite-prefix)"
    r"|id=[\"']?(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container)).*",
    re.IGNORECASE | re.DOTALL,
)
_DROPPED = {"script", "style", "head", "title", "blockquote", "template", "noscript", "svg", "math"}
_SPACES = re.compile(r"[ \t\u00a0]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def text_of_html(body: str) -> str:
    """Its words, one line for each paragraph; scripts, styles and quoted mails left out.

    >>> text_of_html("<p>Bonjour,<br>d’accord.</p><blockquote>Avant</blockquote><script>x()</script>")
    'Bonjour,\\nd’accord.'
    """
    before = _QUOTE_MARKS.sub("", body)
    # a line break stands for each end of block before the tags go; those of the source mean nothing
    marked = _BREAKS.sub("\u2028", before.replace("\r", " ").replace("\n", " "))
    bare = html.unescape(nh3.clean(marked, tags=set(), attributes={}, clean_content_tags=_DROPPED))
    lines = [_SPACES.sub(" ", line).strip() for line in bare.split("\u2028")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
