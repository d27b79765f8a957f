"""What changed between two versions of a template, in the reader's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.datasets.path_templates import Outline
from bpc.portal.followup.law_dates import CLOCK_TITLES, EVENT_WORDS
from bpc.portal.followup.words import DUTY_WORDS, REASONS, told
from bpc.portal.foundation.differences import Difference, differences
from bpc.portal.projects.states import Stage
from bpc.portal.web.followup.step_form import EVIDENCE
from bpc.portal.web.followup.template_forms import ICONS

_FIELDS: dict[str, Any] = {
    "name": gettext_lazy("nom"),
    "about": gettext_lazy("en une phrase"),
    "title": gettext_lazy("titre"),
    "call": gettext_lazy("ce qu’il faut faire"),
    "why": gettext_lazy("pourquoi"),
    "who": gettext_lazy("qui"),
    "where": gettext_lazy("où"),
    "papers": gettext_lazy("papiers"),
    "cost": gettext_lazy("coût"),
    "delay": gettext_lazy("délai"),
    "article": gettext_lazy("article"),
    "wrong": gettext_lazy("ce qui peut mal se passer"),
    "done_when": gettext_lazy("c’est fait quand"),
    "after": gettext_lazy("vient après"),
    "duty": gettext_lazy("qui le demande"),
    "usual_days": gettext_lazy("durée habituelle en jours"),
    "confidence": gettext_lazy("fiabilité"),
    "sources": gettext_lazy("sources"),
    "phases": gettext_lazy("parties"),
    "phase": gettext_lazy("partie"),
    "stages": gettext_lazy("étapes du projet"),
    "icon": gettext_lazy("pictogramme"),
    "ticked_by": gettext_lazy("se coche seule quand"),
    "dropped_by": gettext_lazy("se retire seule quand"),
    "asks": gettext_lazy("date demandée"),
    "clock": gettext_lazy("délai de la loi qui fixe la date"),
    "badge": gettext_lazy("attestation demandée"),
}


@dataclass(frozen=True)
class ToldChange:
    """Where, what it said, what it says; `language` of the two texts where it is known."""

    where: str
    before: str
    after: str
    language: str


def told_differences(before: Outline, after: Outline) -> list[ToldChange]:
    """Each difference in the order of the later template, then the steps and parts that changed place."""
    titles = {step.id: told(step.title) for one in (before, after) for step in one.steps}
    whole = {
        (name, key)
        for name in ("steps", "phases")
        for key in {one.id for one in getattr(before, name)} ^ {one.id for one in getattr(after, name)}
    }
    found = differences(before.model_dump(mode="json"), after.model_dump(mode="json"))
    leaves = [one for one in found if _item(one.path) not in whole]
    words = _Words.of(before, after)
    return [
        *_comings(before, after),
        *(_told(one, titles, words) for one in leaves),
        *_places(before, after),
    ]


@dataclass(frozen=True)
class _Words:
    """What the codes of a template are called, by the field they are written in."""

    by_field: dict[str, dict[str, str]]

    @classmethod
    def of(cls, before: Outline, after: Outline) -> "_Words":
        """The closed lists of the site, and what the two templates name themselves."""
        both = (before, after)
        named: dict[str, dict[Any, Any]] = {
            "duty": {**DUTY_WORDS}, "icon": {**ICONS}, "confidence": dict(EVIDENCE), "clock": {**CLOCK_TITLES},
            "asks": {event.value: label for event, label in EVENT_WORDS.items()}, "stages": dict(Stage.choices),
            "ticked_by": {**REASONS}, "dropped_by": {**REASONS},
            "phase": {one.id: told(one.title) for side in both for one in side.phases},
            "after": {one.id: told(one.title) for side in both for one in side.steps},
            "sources": {key: told(one.name) for side in both for key, one in side.sources.items()},
        }  # fmt: skip
        return cls(
            {
                field: {str(code): str(label) for code, label in words.items()}
                for field, words in named.items()
            }
        )

    def written(self, field: str, value: Any) -> str:
        """The value in words."""
        if value is None:
            return "–"
        if isinstance(value, list):
            return ", ".join(self.written(field, each) for each in value) or "–"
        return self.by_field.get(field, {}).get(str(value), str(value))


def _item(path: str) -> tuple[str, str]:
    """« steps[founders].cost » is of the step « founders »."""
    name, _bracket, key = path.partition(".")[0].rstrip("]").partition("[")
    return name, key


def _comings(before: Outline, after: Outline) -> Iterator[ToldChange]:
    """A step or a part that comes or goes, in one line."""
    for label, name in ((_("étape"), "steps"), (_("partie"), "phases")):
        first, second = ({one.id: told(one.title) for one in getattr(side, name)} for side in (before, after))
        for key in (
            *(key for key in second if key not in first),
            *(key for key in first if key not in second),
        ):
            yield ToldChange(label, first.get(key, "–"), second.get(key, "–"), "")


def _places(before: Outline, after: Outline) -> Iterator[ToldChange]:
    """The order, where it is not the same over what is in both."""
    for label, name in ((_("ordre des étapes"), "steps"), (_("ordre des parties"), "phases")):
        first, second = ({one.id: told(one.title) for one in getattr(side, name)} for side in (before, after))
        orders = [[key for key in one if key in other] for one, other in ((first, second), (second, first))]
        moved = {key for pair in zip(*orders, strict=True) for key in pair if pair[0] != pair[1]}
        if moved:
            was, now = (
                " → ".join(side[key] for key in order if key in moved)
                for side, order in zip((first, second), orders, strict=True)
            )
            yield ToldChange(label, was, now, "")


def _told(one: Difference, titles: dict[str, str], words: _Words) -> ToldChange:
    """« steps[founders].cost.note.fr » becomes the title of the step and the name of the field."""
    head, _dot, rest = one.path.partition(".")
    name, _bracket, key = head.rstrip("]").partition("[")
    parts = rest.split(".") if rest else []
    language = parts[-1] if parts and parts[-1] in ("fr", "ar") else ""
    field = parts[0].partition("[")[0] if name == "steps" and parts else name
    label = str(_FIELDS.get(field, field)) if field != "steps" else ""
    where = " · ".join(
        part for part in (titles.get(key, "") if name == "steps" else "", label, language) if part
    )
    coded = parts[-1] if parts and parts[-1] == "confidence" else field
    told_as = "" if language else coded
    return ToldChange(where, words.written(told_as, one.before), words.written(told_as, one.after), language)
