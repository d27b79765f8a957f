"""Each answer a project has for its funding, in words, with who says it and where to change it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.funding.question_words import question_words
from bpc.portal.journeys.project_funding import ProjectAnswers
from bpc.portal.web.funding.told_answers import answer_words

ORIGINS: Mapping[str, "str | Promise"] = {
    "said": gettext_lazy("dit par votre groupe, ici"),
    "project": gettext_lazy("d’après la page du projet"),
    "people": gettext_lazy("d’après les personnes inscrites"),
    "organisation": gettext_lazy("d’après l’organisation du projet"),
    "register": gettext_lazy("d’après le registre des coopératives"),
    "plan": gettext_lazy("d’après votre plan"),
    "badges": gettext_lazy("d’après les attestations des membres"),
}


@dataclass(frozen=True)
class OriginLine:
    """`other`: what the rest of the site says where the group says otherwise; `said`: the group may take it back."""

    name: str
    label: str
    answer: str
    origin: str
    known: bool
    said: bool
    url: str
    other: str = ""


def origin_lines(known: ProjectAnswers, ask_url: Callable[[str], str]) -> list[OriginLine]:
    """Every answer, what the group does not know last."""
    lines = [
        OriginLine(
            name=name,
            label=str(question_words(name).label),
            answer=answer_words(name, value),
            origin=str(ORIGINS[known.origins[name]]),
            known=True,
            said=known.origins[name] == "said",
            url=ask_url(name),
            other=answer_words(name, known.elsewhere[name]) if name in known.elsewhere else "",
        )
        for name, value in known.answers.items()
    ]
    return lines + [
        OriginLine(
            name=name,
            label=str(question_words(name).label),
            answer=_("vous ne savez pas"),
            origin=str(ORIGINS["said"]),
            known=False,
            said=True,
            url=ask_url(name),
        )
        for name in sorted(known.declined)
    ]
