"""What the last self-diagnosis finds weak, or does not know."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.core.diagnosis.scoring import strength_of
from bpc.datasets.diagnosis import Question, known_answer
from bpc.portal.diagnosis.queries import finished_of
from bpc.portal.diagnosis.questions import questionnaire
from bpc.portal.journeys.diagnosis_facts import diagnosis_facts
from bpc.portal.journeys.lacking.seen import SeenLack
from bpc.portal.projects.models import Project

#: From this strength on an answer is not weak.
WEAK_UNDER = 0.6
#: What is not known matters less than what is weak: it may be solid.
UNKNOWN = 0.4


def lacks_of_diagnosis(project: Project) -> Iterator[SeenLack]:
    """Nothing before one is finished. What the site has learnt since stands in for a weaker answer: five queries."""
    row = finished_of(project).first()
    if row is None:
        return
    facts = diagnosis_facts(project)
    url = reverse("web:diagnosis_result", args=[project.reference, row.number])
    for _family, question in questionnaire().questions():
        answer = row.answers.get(question.id)
        rank = _rank(question, answer)
        known = _rank(question, known_answer(question, facts))
        if known is not None and (rank is None or known > rank):
            rank = known
        strength = None if rank is None else strength_of(rank, len(question.answers))
        if strength is not None and strength >= WEAK_UNDER:
            continue
        weight = question.weight * (UNKNOWN if strength is None else 1 - strength)
        yield SeenLack(f"diagnosis:{question.id}", weight, _words(question, rank), _("L’autodiagnostic"), url)


def _rank(question: Question, answer: object) -> int | None:
    return question.rank_of(answer) if isinstance(answer, str) else None


def _words(question: Question, rank: int | None) -> str:
    language = get_language() or "fr"
    asked = question.ask.words.in_language(language)
    if rank is None:
        return _("%(question)s Vous ne le savez pas encore.") % {"question": asked}
    words = {"question": asked, "answer": question.answers[rank].words.in_language(language)}
    return _("%(question)s Votre réponse : « %(answer)s ».") % words
