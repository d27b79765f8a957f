"""The lacks that a lesson may answer, named in the words of the page that finds each, by family."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bpc.core.matching.vocabulary import FIELDS
from bpc.datasets.contest_criteria import read_contest_criteria
from bpc.datasets.law_rules import read_law_rules
from bpc.datasets.path_templates import read_templates
from bpc.portal.diagnosis.questions import questionnaire
from bpc.portal.funding.question_words import question_words
from bpc.portal.plans.problem_words import SENTENCES
from bpc.portal.vault.papers import kind_name, paper_kinds

_BLANK = re.compile(r"%\(\w+\)s")  # a figure of a project, in the sentence of an alert
_REPEATED = re.compile(r"_\d\d$")  # a step done again each year


@dataclass(frozen=True, slots=True)
class Family:
    """Lacks that one page of a project finds: its name, and each code with its words."""

    name: "str | Promise"
    lacks: tuple[tuple[str, str], ...]


def lack_families() -> tuple[Family, ...]:
    """Every lack of today, in the active language; the codes are those of `data/training`."""
    language = get_language() or "fr"
    families: Mapping[str | Promise, Iterator[tuple[str, str]]] = {
        _("L’autodiagnostic"): _of_diagnosis(language),
        _("Le plan"): _of_plan(),
        _("Le parcours"): _of_paths(language),
        _("Les pièces"): ((f"piece:{code}", kind_name(code)) for code in paper_kinds()),
        _("Le dossier de création"): _of_law(language),
        _("Les conditions des financements"): _of_funding(),
        _("Les critères des idéathons"): _of_contests(language),
    }
    return tuple(Family(name, tuple(dict(lacks).items())) for name, lacks in families.items())


def _of_diagnosis(language: str) -> Iterator[tuple[str, str]]:
    for _family, question in questionnaire().questions():
        yield f"diagnosis:{question.id}", question.ask.words.in_language(language)


def _of_plan() -> Iterator[tuple[str, str]]:
    for code, sentence in SENTENCES.items():
        yield f"plan:{code}", _BLANK.sub("…", str(sentence))


def _of_paths(language: str) -> Iterator[tuple[str, str]]:
    for template in read_templates().values():
        for step in template.steps:
            yield f"step:{_REPEATED.sub('', step.id)}", step.title.words.in_language(language)


def _of_law(language: str) -> Iterator[tuple[str, str]]:
    for rule in read_law_rules().rules:
        yield f"law:{rule.id}", rule.label_ar if language == "ar" else rule.label_fr


def _of_funding() -> Iterator[tuple[str, str]]:
    for code in FIELDS:
        yield f"need:{code}", str(question_words(code).label)


def _of_contests(language: str) -> Iterator[tuple[str, str]]:
    for one in read_contest_criteria():
        yield f"criterion:{one.code}", one.name_ar if language == "ar" else one.name_fr
