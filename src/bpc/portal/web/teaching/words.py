"""What the desk says: what a draft lacks, what is wrong in a GIFT file, why a recording or a ZIP is not taken."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bpc.core.learning.gift import GiftProblem
from bpc.core.learning.questions import Kind
from bpc.datasets.training_courses import FEWEST_LESSONS, FEWEST_QUESTIONS, MOST_LESSONS, Unready
from bpc.portal.training.importing import ZipRefusal
from bpc.portal.training.models import CourseVersion
from bpc.portal.training.parts import GonePart, lesson_in
from bpc.portal.training.sounds import MAX_BYTES as SOUND_BYTES
from bpc.portal.training.sounds import MOST_SECONDS, SoundRefusal

LANGUAGE_NAMES = {"fr": gettext_lazy("en français"), "ar": gettext_lazy("en arabe")}

LACKS: dict[str, Any] = {
    "course_words": gettext_lazy("La présentation du cours n’est pas écrite %(language)s."),
    "few_lessons": gettext_lazy("Un cours a %(fewest)s leçons au moins."),
    "many_lessons": gettext_lazy("Un cours a %(most)s leçons au plus."),
    "no_exercise": gettext_lazy("L’exercice manque."),
    "few_questions": gettext_lazy("Il faut %(questions)s questions au moins."),
    "no_text": gettext_lazy("Le texte n’est pas écrit %(language)s."),
    "no_diagram": gettext_lazy("Le schéma manque %(language)s."),
    "exercise_words": gettext_lazy("L’exercice n’est pas entièrement écrit %(language)s."),
    "question_words": gettext_lazy("La question « %(item)s » n’est pas écrite %(language)s."),
    "unexplained": gettext_lazy("Une réponse de la question « %(item)s » n’est pas expliquée %(language)s."),
    "sound_behind": gettext_lazy("Le texte %(language)s a changé depuis qu’il a été enregistré."),
}
#: The page where each lack of a lesson is mended.
_PAGES = {
    "no_exercise": "teaching_exercise", "exercise_words": "teaching_exercise", "few_questions": "teaching_quiz",
    "no_text": "teaching_text", "no_diagram": "teaching_diagram", "question_words": "teaching_question",
    "unexplained": "teaching_question", "sound_behind": "teaching_sound",
}  # fmt: skip

GIFT_PROBLEMS: dict[str, Any] = {
    "too_long": gettext_lazy("Le texte est trop long : 500 000 caractères au plus."),
    "too_many": gettext_lazy("Il y a trop de questions : 500 au plus."),
    "code_twice": gettext_lazy("Deux questions portent le même nom entre « :: »."),
    "no_answers": gettext_lazy("Aucune réponse entre accolades { }."),
    "brace_open": gettext_lazy("L’accolade { n’est jamais fermée par }."),
    "two_answers": gettext_lazy("Deux groupes de réponses : séparez les questions par une ligne vide."),
    "no_text": gettext_lazy("La question n’a pas de texte."),
    "essay": gettext_lazy("Les accolades sont vides : une question à réponse libre ne se corrige pas seule."),
    "no_sign": gettext_lazy("Chaque réponse commence par = (juste) ou ~ (fausse)."),
    "no_right_answer": gettext_lazy("Aucune réponse n’est juste, ou les points ne font pas 100."),
    "empty_answer": gettext_lazy("Une réponse est vide."),
    "bad_weight": gettext_lazy("Les points d’une réponse vont de -100 à 100."),
    "pair_alone": gettext_lazy("Une paire s’écrit « = gauche -> droite », et il en faut deux au moins."),
    "no_number": gettext_lazy("La réponse attendue n’est pas un nombre, comme « =14:0 »."),
    "other_kind": gettext_lazy(
        "Ces réponses ne vont pas avec ce genre de question : une seule réponse vaut 100 quand il faut en choisir une."
    ),
    "other_options": gettext_lazy("Une réponse contient des signes qui la couperaient en deux."),
}

KINDS: dict[str, Any] = {
    Kind.ONE: gettext_lazy("Une réponse à choisir"),
    Kind.SEVERAL: gettext_lazy("Plusieurs réponses à cocher"),
    Kind.TRUE_FALSE: gettext_lazy("Vrai ou faux"),
    Kind.NUMBER: gettext_lazy("Un nombre à calculer"),
    Kind.SHORT: gettext_lazy("Quelques mots à écrire"),
    Kind.PAIRS: gettext_lazy("Des paires à relier"),
}


@dataclass(frozen=True)
class Lack:
    """One thing missing, in words, with the page where it is mended."""

    sentence: str
    lesson: str  # its code, empty for the course
    title: str  # of the lesson
    url: str


def told_lack(version: CourseVersion, lack: Unready) -> Lack:
    """The lack in the language of the page."""
    words = {
        "language": str(LANGUAGE_NAMES.get(lack.language, lack.language)), "item": lack.item,
        "fewest": FEWEST_LESSONS, "most": MOST_LESSONS, "questions": FEWEST_QUESTIONS,
    }  # fmt: skip
    sentence = str(LACKS[lack.code]) % words
    title = lesson_title(version, lack.lesson) if lack.lesson else ""
    return Lack(sentence, lack.lesson, title, _mended(version, lack))


def _mended(version: CourseVersion, lack: Unready) -> str:
    code = version.course.code
    if not lack.lesson:
        page = "teaching_words" if lack.code == "course_words" else "teaching_lessons"
        return reverse(f"web:{page}", args=[code])
    page = _PAGES[lack.code]
    more = {"teaching_text": lack.language, "teaching_sound": lack.language, "teaching_question": lack.item}
    arguments = [code, lack.lesson, *([more[page]] if page in more else [])]
    return reverse(f"web:{page}", args=arguments)


def lesson_title(version: CourseVersion, code: str) -> str:
    """What the lesson is called, in whatever language it is written; its code once it is gone."""
    try:
        texts = lesson_in(version.content, code).get("texts", {})
    except GonePart:
        return code
    return in_page_language({name: text["title"] for name, text in texts.items()}) or code


def in_page_language(words: dict[str, str]) -> str:
    """The words in the language of the page, or else in the first there is; empty without any."""
    return words.get(get_language() or "fr") or next(iter(words.values()), "")


def told_problem(problem: GiftProblem) -> str:
    """« Ligne 12 : … » of a GIFT file."""
    reason = GIFT_PROBLEMS.get(problem.code, gettext_lazy("Cette question n’est pas comprise."))
    words = {"line": problem.line, "reason": reason, "start": problem.start}
    if problem.start:
        return _("Ligne %(line)s (« %(start)s ») : %(reason)s") % words
    return _("Ligne %(line)s : %(reason)s") % words


def sound_refusal(reason: SoundRefusal) -> str:
    """Why a recording is not taken, and what to do."""
    return str(_SOUNDS[reason]) % {"megabytes": SOUND_BYTES // 1024 // 1024, "minutes": MOST_SECONDS // 60}


_SOUNDS: dict[SoundRefusal, Any] = {
    SoundRefusal.TOO_HEAVY: gettext_lazy("Ce fichier est trop lourd : %(megabytes)s Mo au plus."),
    SoundRefusal.TOO_LONG: gettext_lazy("Cet enregistrement est trop long : %(minutes)s minutes au plus."),
    SoundRefusal.DAMAGED: gettext_lazy(
        "Ce fichier ne s’écoute pas : il est abîmé, ou n’est pas un enregistrement."
    ),
    SoundRefusal.WRONG_TYPE: gettext_lazy(
        "Donnez un fichier MP3, M4A ou Opus : tous les téléphones les lisent."
    ),
    SoundRefusal.FILM: gettext_lazy("Ce fichier est un film : donnez seulement le son."),
    SoundRefusal.INFECTED: gettext_lazy(
        "L’antivirus a trouvé quelque chose dans ce fichier : il n’est pas gardé."
    ),
    SoundRefusal.UNSCANNED: gettext_lazy("L’antivirus ne répond pas : réessayez dans quelques minutes."),
}

ZIPS: dict[ZipRefusal, Any] = {
    ZipRefusal.TOO_HEAVY: gettext_lazy("Ce fichier est trop lourd : 2 Mo au plus."),
    ZipRefusal.NOT_A_ZIP: gettext_lazy("Ce fichier n’est pas un ZIP, ou il est abîmé."),
    ZipRefusal.TOO_MANY: gettext_lazy("Ce ZIP contient trop de fichiers."),
    ZipRefusal.UNEXPECTED: gettext_lazy(
        "« %(name)s » n’est pas un fichier de cours : ce ZIP n’est pas pris."
    ),
    ZipRefusal.FILE_TOO_HEAVY: gettext_lazy("« %(name)s » est trop lourd."),
    ZipRefusal.DAMAGED: gettext_lazy("« %(name)s » ne s’ouvre pas."),
    ZipRefusal.NO_COURSE: gettext_lazy("Ce ZIP ne contient pas de fichier course.yaml."),
}
