"""Packages made by hand: a SCORM lesson as we write them, an H5P file with a small library of its own, hostile ones."""

import io
import json
from datetime import timedelta
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import timezone

from bpc.portal.packages.actions import Words, add_package, describe_package, publish_package
from bpc.portal.packages.models import Package, PackageRun
from bpc.portal.packages.writing import WrittenCourse, WrittenPage, WrittenQuestion, written_package
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from tests.portal.world import make_user

NOW = timezone.now()
COURSE = WrittenCourse(
    "prix-et-marge",
    "Le prix et la marge",
    "fr",
    [
        WrittenPage("Ce que coûte un pot", "<p>Le miel, le pot, l’étiquette : 42 dirhams.</p>"),
        WrittenPage(
            "Ce qui reste", '<p>Vendu 60 dirhams, il reste 18 dirhams.</p><img src="pot.png" alt="Un pot">'
        ),
    ],
    [
        WrittenQuestion("Que coûte le pot ?", ["42 dirhams", "60 dirhams"], frozenset({0}), "Sans la marge."),
        WrittenQuestion("Que reste-t-il ?", ["42 dirhams", "18 dirhams"], frozenset({1}), "60 moins 42."),
    ],
    files={
        "pot.png": bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
            "08d763e8e9e9010003f401f9d4f0f9b50000000049454e44ae426082"
        )
    },
    credit="Association Tifaouine",
)
WORDS = Words(
    "Le prix et la marge", "الثمن والهامش", "Calculer un prix.", "حساب الثمن.", "fr", "CC BY 4.0",
    "Association Tifaouine",
)  # fmt: skip


def scorm(version: str = "1.2") -> bytes:
    """The course above, as our own writer packs it."""
    return written_package(COURSE, version)


def zipped(files: dict[str, bytes | str], *entries: ZipInfo) -> bytes:
    """A ZIP of these files; `entries` are added as they are, with a byte each."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
        for entry in entries:
            made.writestr(entry, b"x")
    return out.getvalue()


def files_of(data: bytes) -> dict[str, bytes | str]:
    """The files of a ZIP, to change one."""
    with ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def changed(data: bytes, **more: bytes | str | None) -> bytes:
    """The same ZIP with some files changed, added, or taken out (None); "__" in a name is "/", "_dot_" a dot."""
    files = files_of(data)
    for name, content in more.items():
        path = name.replace("__", "/").replace("_dot_", ".")
        if content is None:
            del files[path]
        else:
            files[path] = content
    return zipped(files)


_LIBRARY = """
var H5P = H5P || {};
H5P.PlainQuestion = (function (EventDispatcher) {
  function PlainQuestion(params, id, extras) {
    EventDispatcher.call(this);
    var self = this;
    self.params = params;
    self.chosen = extras && extras.previousState ? extras.previousState.chosen : null;
    self.attach = function (container) {
      var box = container[0];
      box.innerHTML = "<p class='plain-question'></p>";
      box.firstChild.textContent = params.question + (self.chosen === null ? "" : " (" + self.chosen + ")");
      params.answers.forEach(function (answer, rank) {
        var button = document.createElement("button");
        button.textContent = answer;
        button.addEventListener("click", function () { self.answer(rank); });
        box.appendChild(button);
      });
      self.trigger("resize");
    };
    self.answer = function (rank) {
      self.chosen = rank;
      self.triggerXAPIScored(rank === params.right ? 1 : 0, 1, "completed", true, rank === params.right);
    };
    self.getCurrentState = function () { return { chosen: self.chosen }; };
    self.getScore = function () { return self.chosen === params.right ? 1 : 0; };
    self.getMaxScore = function () { return 1; };
  }
  PlainQuestion.prototype = Object.create(EventDispatcher.prototype);
  PlainQuestion.prototype.constructor = PlainQuestion;
  return PlainQuestion;
})(H5P.EventDispatcher);
"""
_LOOKS = ".plain-question { font-weight: bold; }"


def h5p(**more: Any) -> bytes:
    """An H5P file whose main library asks for another, with a script and a style. `more` changes `h5p.json`."""
    said = {
        "title": "Une question sur le miel", "language": "fr", "mainLibrary": "H5P.PlainQuestion",
        "license": "CC BY", "licenseVersion": "4.0", "authors": [{"name": "Association Tifaouine", "role": "Author"}],
        "embedTypes": ["div"],
        "preloadedDependencies": [{"machineName": "H5P.PlainQuestion", "majorVersion": 1, "minorVersion": 0}],
        **more,
    }  # fmt: skip
    question = {
        "title": "Plain question", "machineName": "H5P.PlainQuestion", "majorVersion": 1, "minorVersion": 0,
        "patchVersion": 3, "runnable": 1, "preloadedJs": [{"path": "scripts/question.js"}],
        "preloadedDependencies": [{"machineName": "H5P.PlainLooks", "majorVersion": 1, "minorVersion": 2}],
    }  # fmt: skip
    looks = {
        "title": "Plain looks", "machineName": "H5P.PlainLooks", "majorVersion": 1, "minorVersion": 2,
        "patchVersion": 0, "runnable": 0, "preloadedCss": [{"path": "looks.css"}],
    }  # fmt: skip
    content = {"question": "Où vend-on le miel ?", "answers": ["Au souk", "Nulle part"], "right": 0}
    return zipped({
        "h5p.json": json.dumps(said),
        "content/content.json": json.dumps(content),
        "H5P.PlainQuestion-1.0/library.json": json.dumps(question),
        "H5P.PlainQuestion-1.0/scripts/question.js": _LIBRARY,
        "H5P.PlainLooks-1.2/library.json": json.dumps(looks),
        "H5P.PlainLooks-1.2/looks.css": _LOOKS,
    })  # fmt: skip


def added(data: bytes | None = None, *, trainer: User | None = None, name: str = "module.zip") -> Package:
    """A draft, as a trainer puts it in."""
    content = scorm() if data is None else data
    person = trainer or make_user(Role.TRAINER)
    return add_package(file=io.BytesIO(content), size=len(content), name=name, actor=person, at=NOW)


def published(data: bytes | None = None, *, trainer: User | None = None) -> Package:
    """A package that everybody sees."""
    person = trainer or make_user(Role.TRAINER)
    package = added(data, trainer=person)
    describe_package(package=package, words=WORDS, actor=person, at=NOW)
    publish_package(package=package, actor=person, at=NOW)
    return Package.objects.get(pk=package.pk)


def fill_packages(people: dict[str, Any]) -> None:
    """A package in each state, taken by one person, straight into the database."""
    for rank, state in enumerate(("draft", "published", "withdrawn", "withdrawn")):
        package = Package.objects.create(
            reference=f"TEST-{rank}", kind="scorm-1.2", state=state, title_fr="Prix", title_ar="الثمن",
            licence="CC BY", credit="Association", file="packages/a.bin", original_name="a.zip", sha256="0" * 64,
            size=1, unpacked=1, file_count=1, launch="index.html",
        )  # fmt: skip
        if rank < 3:
            PackageRun.objects.create(
                package=package, user=people["holder"], opened_at=NOW - timedelta(days=1)
            )
