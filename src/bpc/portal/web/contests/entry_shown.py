"""An entry as pages show it: its answers under their questions, its steps with what each lacks."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from bpc.portal.contests.completeness import Missing, label_of
from bpc.portal.contests.models import Entry

_VIEWS = {"words": "web:entry_words", "files": "web:entry_files", "team": "web:entry_team"}


@dataclass(frozen=True)
class Answered:
    """A question of the edition's form and what the team wrote; empty when it wrote nothing."""

    label: str
    text: str


@dataclass(frozen=True)
class Step:
    """A page of the entry: where it is, and what it lacks."""

    code: str
    title: str
    url: str
    lines: list[tuple[str, str]]  # what is missing, and the address of its field

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing there."""
        return not self.lines


def shown_answers(entry: Entry) -> list[Answered]:
    """The questions of the edition's form, in its order."""
    return [
        Answered(label_of(field), str(entry.answers.get(field["code"], ""))) for field in entry.edition.form
    ]


def steps_of(entry: Entry, missing: tuple[Missing, ...]) -> list[Step]:
    """The three pages of an entry."""
    titles = {
        "words": _("Votre projet"),
        "files": _("Photos et document"),
        "team": _("L’équipe et son accord"),
    }
    steps = []
    for code, title in titles.items():
        url = reverse(_VIEWS[code], args=[entry.reference])
        lines = [(one.text, f"{url}#{_anchor(one)}") for one in missing if one.step == code]
        steps.append(Step(code, title, url, lines))
    return steps


def _anchor(missing: Missing) -> str:
    return "equipe" if missing.step == "team" else f"id_{missing.field}"
