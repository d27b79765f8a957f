"""What the pages of training say in the language of the page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext_lazy

from bpc.datasets.training_courses import Course, Lesson, LessonText
from bpc.portal.training.rendering import spaced

STAGES = {
    "start": gettext_lazy("Démarrer"),
    "run": gettext_lazy("Faire tourner"),
    "grow": gettext_lazy("Grandir"),
}
STAGE_SENTENCES = {
    "start": gettext_lazy("De l’idée à la coopérative immatriculée."),
    "run": gettext_lazy("Compter, vendre, décider ensemble, jour après jour."),
    "grow": gettext_lazy("Trouver de l’argent, de nouveaux clients, partager ce qui reste."),
}
ROLES = {
    "holder": gettext_lazy("Je porte un projet"),
    "cooperative": gettext_lazy("Je suis membre d’une coopérative"),
    "board": gettext_lazy("Je dirige une coopérative"),
    "advisor": gettext_lazy("J’accompagne des groupes"),
}


def said(words: Mapping[str, str]) -> str:
    """The words in the language of the page, or else in the first there is."""
    return spaced(words.get(get_language() or "fr") or next(iter(words.values())))


def text_of(lesson: Lesson) -> LessonText:
    """The lesson's text in the language of the page, or else in the first there is."""
    return lesson.texts.get(get_language() or "fr") or next(iter(lesson.texts.values()))


def quiz_language(words: Mapping[str, Any]) -> str:
    """The language of the page, where the question is written in it; else the first there is."""
    language = get_language() or "fr"
    return language if language in words else next(iter(words))


def language_of(course: Course) -> str:
    """The language its name is shown in."""
    return quiz_language(course.name)
