"""A mail's text → its author's own words: what they quote, and what their mail program signs, is cut off.

Written here because no kept library knows the headings of Arabic mail programs; the French, English and Arabic ones of
Gmail, Outlook, Apple Mail, Yahoo and Thunderbird are. In doubt words are kept: a quotation too many does less harm than
a word too few. Every test is on one line, or a few joined ones, of bounded length: nothing a text can slow down.
"""

import re
import unicodedata

_LONGEST_LINE = 300  # a heading is shorter; longer lines are words
_MOST = 60_000  # characters read: far more than a message may have
_JOINED = 3  # lines a heading may be folded over
#: « Le lun. 23 nov. 2026 à 10:00, Amina <a@x.ma> a écrit : », "On … wrote:", « في … كتب … ».
_WROTE = (
    re.compile(r"^(?:le|el|on)\s.{4,}(?:a écrit|wrote)\s*:$", re.IGNORECASE),
    re.compile(r"^.{2,}<[^<>\s]+@[^<>\s]+>.*(?:a écrit|wrote)\s*:$", re.IGNORECASE),
    re.compile(r"^(?:في|بتاريخ|يوم)\s.{4,}(?:كتب|كتبت|كتابة ما يلي بواسطة)\b.*:$"),
)
_FROM = re.compile(r"^\*?(?:de|from|من|المرسل)\s*:\*?\s*\S", re.IGNORECASE)
_BESIDE_FROM = re.compile(
    r"^\*?(?:envoyé|date|à|objet|sent|to|subject|cc|تم الإرسال|أُرسلت|أرسلت|التاريخ|إلى|الموضوع)\s*:",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"^(?:-{2,}\s*(?:message (?:d[’']origine|original|transféré)|original message|forwarded message"
    r"|الرسالة الأصلية|رسالة مُ?عاد توجيهها|رسالة أصلية)\s*-{2,}|_{20,})$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"^(?:envoyé (?:de|depuis|à partir de|avec) |sent from |get outlook for |télécharger outlook|obtenir outlook"
    r"|provenance : |أُ?رسلت? من |تم الإرسال (?:من|بواسطة) |مرسل من )",
    re.IGNORECASE,
)
_AFTER_SIGNED = 3  # short lines a telephone may still add after it
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def own_words(text: str) -> str:
    """The author's own words, without controls that hide or turn what is read.

    >>> own_words("D’accord.\\n\\nLe lun. 23 nov. 2026 à 10:00, Amina <a@x.ma> a écrit :\\n> Venez-vous ?\\n")
    'D’accord.'
    >>> own_words("نعم\\n\\nأُرسلت من هاتفي")
    'نعم'
    """
    lines = [line.rstrip() for line in _printable(text[:_MOST]).split("\n")]
    kept = _without_signature(_without_quotes(lines))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _printable(text: str) -> str:
    joined = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text).replace("\u00a0", " ")
    return "".join(
        char
        for char in joined
        if char in "\n\t" or (char not in _TURNING and unicodedata.category(char) not in {"Cc", "Cs"})
    )


def _bare(line: str) -> str:
    """A line as headings are looked for: no marks of direction, no spaces around, never a long one."""
    short = line[: _LONGEST_LINE + 1]
    return re.sub(r"[\u200e\u200f\u200b\ufeff]", "", short).strip() if len(line) <= _LONGEST_LINE else ""


def _without_quotes(lines: list[str]) -> list[str]:
    kept: list[str] = []
    at = 0
    while at < len(lines):
        bare = _bare(lines[at])
        if bare.startswith(">"):
            at += 1
            continue
        if _SEPARATOR.match(bare) or _begins_heading(lines, at, bare):
            break
        folded = _wrote_lines(lines, at)
        if folded:
            at += folded
            if not _quoted_next(lines, at):  # the mail answered follows without marks: the rest is it
                break
            continue
        kept.append(lines[at])
        at += 1
    return kept


def _wrote_lines(lines: list[str], at: int) -> int:
    """Over how many lines a « … a écrit : » stands here; 0 for none."""
    for count in range(1, _JOINED + 1):
        part = [_bare(line) for line in lines[at : at + count]]
        if not all(part):
            return 0
        joined = " ".join(part)
        if any(pattern.match(joined) for pattern in _WROTE):
            return count
    return 0


def _quoted_next(lines: list[str], at: int) -> bool:
    following = next((_bare(line) for line in lines[at:] if line.strip()), "")
    return following.startswith(">") or not following


def _begins_heading(lines: list[str], at: int, bare: str) -> bool:
    """« De : … », with « Envoyé : … » or the like just under it."""
    if not _FROM.match(bare):
        return False
    return any(_BESIDE_FROM.match(_bare(line)) for line in lines[at + 1 : at + 4])


def _without_signature(lines: list[str]) -> list[str]:
    for at, line in enumerate(lines):
        bare = _bare(line)
        if bare == "--":
            return lines[:at]
        if len(bare) < 80 and _SIGNED.match(bare):
            after = [rest for rest in lines[at + 1 :] if rest.strip()]
            if len(after) <= _AFTER_SIGNED:
                return lines[:at]
    return lines
