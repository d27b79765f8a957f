"""An answer given to a former wording of a question, in the terms of the present one."""

from collections.abc import Callable, Mapping, Sequence

from bpc.core.learning.questions import Answer, Kind, Option, Question


def carry(answer: Answer, former: Question, present: Question) -> Answer | None:
    """The same answer among the present options; None when it has no such option any more, and nothing is known.

    An option is found by its words. When some were reworded, but there are as many, worth the same in the same order,
    it is found by its rank. True, a number or words stay as they are: the present question
    says what they are worth.

    >>> rent, glue = Option("loyer", 1), Option("colle")
    >>> carry(0, Question("q", Kind.ONE, "?", (rent, glue)), Question("q", Kind.ONE, "!", (glue, rent)))
    1
    """
    if former.kind is not present.kind:
        return None
    if former.kind in (Kind.NUMBER, Kind.SHORT, Kind.TRUE_FALSE):
        return answer
    left = _moved(former, present, lambda option: option.text)
    if isinstance(answer, Mapping):
        right = _moved(former, present, lambda option: option.match)
        if any(left(one) is None or right(other) is None for one, other in answer.items()):
            return None
        return {left(one): right(other) for one, other in answer.items()}  # type: ignore[misc]  # none is None
    if isinstance(answer, Sequence) and not isinstance(answer, str):
        found = [left(one) for one in answer]
        return None if None in found else found  # type: ignore[return-value]
    return left(answer) if isinstance(answer, int) else None


def _moved(
    former: Question, present: Question, words: Callable[[Option], str]
) -> Callable[[int], int | None]:
    """Where the option of a former rank is now."""
    ranks = {words(option): rank for rank, option in reversed(list(enumerate(present.options)))}
    said = [words(option) for option in former.options]
    if all(one in ranks for one in said):
        return lambda rank: ranks[said[rank]]
    same = [one.fraction for one in former.options] == [one.fraction for one in present.options]
    if same:
        return lambda rank: rank
    return lambda rank: ranks.get(said[rank])
