"""A small course, published: two lessons, one with an exercise on the price of a jar of honey."""

from typing import Any

from bpc.core.learning.gift import read_gift
from bpc.datasets.training_courses import parse_course
from bpc.datasets.training_quiz import merge_quizzes
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.training.catalogue import GENERATION, Published, published
from bpc.portal.training.loading import load_course

CODE = "honey-price"
QUIZ = """::rent:: Fixe ? { ~miel#Non. =loyer#Oui. }

::sum:: 2 + 2 ? {#=4:0#Oui.}

::both:: Variables ? { ~%50%pot#Oui. ~%50%miel#Oui. ~%-100%loyer#Non. }

::who:: Qui ? { =président -> convoque =trésorière -> paie ####Voir les statuts. }

::true:: Vrai ? {T#Si.#Oui.}"""


def _words(text: str) -> dict[str, str]:
    return {"fr": text, "ar": f"نص: {text}"}


def lesson_content(code: str, quiz: str = QUIZ, **more: Any) -> dict[str, Any]:
    """A lesson as a file says it."""
    read = read_gift(quiz)
    assert not read.problems
    text = {
        "title": f"Leçon {code}",
        "aim": "Vous saurez compter.",
        "body": "## Un\n\nUn pot coûte 12 500 MAD.\n",
    }
    arabic = {
        "title": f"درس {code}",
        "aim": "ستعرفون الحساب.",
        "body": "## واحد\n\nثمن الوعاء 12 500 درهم.\n",
    }
    questions = merge_quizzes({"fr": read.questions, "ar": read.questions})
    return {"code": code, "minutes": 10, "texts": {"fr": text, "ar": arabic}, "questions": questions, **more}


EXERCISE = {
    "aim": _words("Calculez votre marge."),
    "fields": [
        {"code": "price", "kind": "amount", "ask": _words("Prix"), "known": "plan.unit_price"},
        {"code": "cost", "kind": "amount", "ask": _words("Coût")},
        {"code": "sure", "kind": "yes_no", "ask": _words("Est-ce sûr ?")},
    ],
    "results": [{"code": "left", "kind": "amount", "formula": "price - cost", "say": _words("Il reste")}],
    "verdicts": [{"when": "left < 0", "say": _words("Vous perdez.")}],
}


def course_content(code: str = CODE, **fields: Any) -> dict[str, Any]:
    """What a file of the course says, some of it changed."""
    return {
        "code": code, "icon": "souk", "stage": "run", "roles": ["holder"], "name": _words("Le prix du miel"),
        "about": _words("Compter."), "outcome": _words("Un prix."),
        "lessons": [lesson_content("cost", exercise=EXERCISE, answers=["diagnosis:price"]), lesson_content("margin")],
        **fields,
    }  # fmt: skip


def publish_course(code: str = CODE, **fields: Any) -> Published:
    """The course, published as a file is."""
    load_course(parse_course(course_content(code, **fields)))
    outdate(GENERATION)
    found = published(code)
    assert found is not None
    return found
