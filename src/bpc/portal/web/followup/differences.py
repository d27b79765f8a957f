"""What changed between two versions of a template, in the reader's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.datasets.path_templates import Outline
from bpc.portal.followup.words import told
from bpc.portal.foundation.differences import Difference, differences

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
    found = differences(before.model_dump(mode="json"), after.model_dump(mode="json"))
    return [*(_told(one, titles) for one in found), *_places(before, after)]


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


def _told(one: Difference, titles: dict[str, str]) -> ToldChange:
    """« steps[founders].cost.note.fr » becomes the title of the step and the name of the field."""
    head, _dot, rest = one.path.partition(".")
    name, _bracket, key = head.rstrip("]").partition("[")
    parts = rest.split(".") if rest else []
    language = parts[-1] if parts and parts[-1] in ("fr", "ar") else ""
    field = parts[0].partition("[")[0] if name == "steps" and parts else name
    words = str(_FIELDS.get(field, field)) if field != "steps" else ""
    where = " · ".join(
        part for part in (titles.get(key, "") if name == "steps" else "", words, language) if part
    )
    return ToldChange(where, _written(one.before), _written(one.after), language)


def _written(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, list):
        return ", ".join(_written(each) for each in value) or "–"
    return str(value)
