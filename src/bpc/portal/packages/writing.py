"""Writes a SCORM package, 1.2 or 2004, that any training platform takes: one lesson, one page per part, a short test.

A pure function: pages and questions in, the bytes of a ZIP out. The page reads without a platform, and without a
script all its parts follow one another.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bpc.portal.packages.kinds import type_of

_OWN_FILES = Path(__file__).parent / "written"
_DATE = (1980, 1, 1, 0, 0, 0)  # the same course writes the same bytes
_IDENTIFIER = re.compile(r"[A-Za-z_][\w.-]{0,63}")


@dataclass(frozen=True)
class WrittenPage:
    """A part of the course: its title, plain text, and its body, HTML that the caller answers for."""

    title: str
    body: str


@dataclass(frozen=True)
class WrittenQuestion:
    """A question of the closing test: its answers in order, which are right, why; all plain text."""

    text: str
    answers: Sequence[str]
    right: frozenset[int]  # positions in `answers`
    why: str = ""


@dataclass(frozen=True)
class WrittenCourse:
    """What a package is written from. `words` names, in its language, the few words of its page (see `WORDS`)."""

    identifier: str
    title: str
    language: str
    pages: Sequence[WrittenPage]
    questions: Sequence[WrittenQuestion] = ()
    mastery: int = 70  # the score that passes, out of 100
    files: Mapping[str, bytes] = field(default_factory=dict)  # path in the package → bytes
    credit: str = ""


WORDS = {
    "fr": {
        "next": "Suivant", "previous": "Précédent", "test": "Pour vérifier", "check": "Voir mes réponses",
        "result": "Vous avez {right} bonnes réponses sur {all}.", "end": "Ce module est terminé.",
    },
    "ar": {
        "next": "التالي", "previous": "السابق", "test": "للتحقق", "check": "عرض أجوبتي",
        "result": "عدد أجوبتكم الصحيحة: {right} من {all}.", "end": "انتهت هذه الوحدة.",
    },
}  # fmt: skip
VERSIONS = {"1.2": "1.2", "2004": "2004 3rd Edition"}


def written_package(course: WrittenCourse, version: str = "1.2") -> bytes:
    """The ZIP of a course, `version` "1.2" or "2004".

    Raises `ValueError` for a course without a page, an identifier XML does not take, a file of a type we would refuse.

    >>> course = WrittenCourse("cours-1", "Le prix", "fr", [WrittenPage("Un prix", "<p>Coût et marge.</p>")])
    >>> written_package(course)[:2]
    b'PK'
    """
    unfit = [path for path in course.files if not type_of(path) or ".." in path.split("/")]
    if not course.pages or not _IDENTIFIER.fullmatch(course.identifier) or unfit or version not in VERSIONS:
        raise ValueError(f"no package can be written: {unfit or course.identifier}")
    files = {
        "imsmanifest.xml": _manifest(course, version).encode(),
        "index.html": _page(course).encode(),
        "course.js": (_OWN_FILES / "course.js").read_bytes(),
        "course.css": (_OWN_FILES / "course.css").read_bytes(),
        **course.files,
    }
    out = io.BytesIO()
    with ZipFile(out, "w") as package:
        for path, content in files.items():
            entry = ZipInfo(path, _DATE)
            entry.compress_type = ZIP_DEFLATED
            package.writestr(entry, content)
    return out.getvalue()


def _manifest(course: WrittenCourse, version: str) -> str:
    """One organisation, one item, one resource that lists every file."""
    name, title = escape(course.identifier), escape(course.title)
    listed = ("index.html", "course.js", "course.css", *course.files)
    files = "\n".join(f'      <file href="{escape(path)}"/>' for path in listed)
    newer = version == "2004"
    kind = "scormType" if newer else "scormtype"
    spaces = _SPACES_2004 if newer else _SPACES_12
    mastery = (
        _MASTERY_2004.format(measure=course.mastery / 100) if newer else _MASTERY_12.format(course.mastery)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="{name}" version="1.0"
  {spaces}>
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>{VERSIONS[version]}</schemaversion>
  </metadata>
  <organizations default="{name}-organisation">
    <organization identifier="{name}-organisation">
      <title>{title}</title>
      <item identifier="{name}-item" identifierref="{name}-resource">
        <title>{title}</title>{mastery if course.questions else ""}
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="{name}-resource" type="webcontent" adlcp:{kind}="sco" href="index.html">
{files}
    </resource>
  </resources>
</manifest>
"""


_SPACES_12 = """xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2\""""
_SPACES_2004 = """xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  xmlns:imsss="http://www.imsglobal.org/xsd/imsss\""""
_MASTERY_12 = "<adlcp:masteryscore>{}</adlcp:masteryscore>"
_MASTERY_2004 = (
    '<imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="main" satisfiedByMeasure="true">'
    "<imsss:minNormalizedMeasure>{measure}</imsss:minNormalizedMeasure>"
    "</imsss:primaryObjective></imsss:objectives></imsss:sequencing>"
)


def _page(course: WrittenCourse) -> str:
    words = WORDS.get(course.language, WORDS["fr"])
    parts = [
        f"<section data-part><h2>{escape(page.title)}</h2>\n{page.body}\n</section>" for page in course.pages
    ]
    if course.questions:
        parts.append(_test(course, words))
    direction = "rtl" if course.language == "ar" else "ltr"
    credit = f"<footer><p>{escape(course.credit)}</p></footer>" if course.credit else ""
    told = " ".join(f'data-{key}="{escape(text)}"' for key, text in words.items())
    return f"""<!doctype html>
<html lang="{escape(course.language)}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(course.title)}</title>
<link rel="stylesheet" href="course.css">
<script src="course.js" defer></script>
</head>
<body {told} data-mastery="{course.mastery}">
<h1>{escape(course.title)}</h1>
<main>
{chr(10).join(parts)}
</main>
<nav hidden><button type="button" data-previous>{escape(words["previous"])}</button>
<button type="button" data-next>{escape(words["next"])}</button></nav>
<p role="status"></p>
{credit}
</body>
</html>
"""


def _test(course: WrittenCourse, words: Mapping[str, str]) -> str:
    asked = "\n".join(_question(number, one) for number, one in enumerate(course.questions, start=1))
    return (
        f"<section data-part><h2>{escape(words['test'])}</h2>\n<form data-test>\n{asked}\n"
        f'<p><button type="submit">{escape(words["check"])}</button></p></form>\n</section>'
    )


def _question(number: int, question: WrittenQuestion) -> str:
    """One right answer is chosen by a radio button, several by boxes."""
    kind = "radio" if len(question.right) == 1 else "checkbox"
    answers = "\n".join(
        f'<p><label><input type="{kind}" name="q{number}" value="{place}"{_right(question, place)}> '
        f"{escape(text)}</label></p>"
        for place, text in enumerate(question.answers)
    )
    why = f"<p data-why hidden>{escape(question.why)}</p>" if question.why else ""
    return f"<fieldset data-question><legend>{number}. {escape(question.text)}</legend>\n{answers}\n{why}</fieldset>"


def _right(question: WrittenQuestion, place: int) -> str:
    return " data-right" if place in question.right else ""
