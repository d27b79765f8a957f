"""Lessons for what a project lacks: every lack that a lesson can answer is answered, the heaviest first."""

from hypothesis import given
from hypothesis import strategies as st

from bpc.core.learning.gaps import Lack, Offer, advise, main_lesson

_codes = st.sampled_from("abcdef")
_lacks = st.lists(st.builds(Lack, _codes, st.floats(0.1, 9)), max_size=8)
_offers = st.lists(
    st.builds(
        Offer,
        st.text("lmnop", min_size=3, max_size=6),
        st.lists(_codes, min_size=1, max_size=3, unique=True).map(tuple),
    ),
    max_size=8,
    unique_by=lambda offer: offer.lesson,
)


@given(_lacks, _offers)
def test_what_can_be_answered_is_and_nothing_else_is_named(lacks: list[Lack], offers: list[Offer]) -> None:
    advice = advise(lacks, offers, most=99)
    missing = {lack.code for lack in lacks}
    answerable = missing & {code for offer in offers for code in offer.answers}
    reasons = {reason.code for one in advice for reason in one.reasons}
    assert reasons == answerable
    assert all(one.reasons for one in advice)
    assert len({one.lesson for one in advice}) == len(advice)


@given(_lacks, _offers)
def test_taking_a_lack_away_never_leaves_its_reason(lacks: list[Lack], offers: list[Offer]) -> None:
    for gone in {lack.code for lack in lacks}:
        left = advise([lack for lack in lacks if lack.code != gone], offers, most=99)
        assert gone not in {reason.code for one in left for reason in one.reasons}


def test_done_lessons_are_not_named_and_the_heaviest_comes_first() -> None:
    offers = [Offer("price", ("a",)), Offer("cash", ("b",)), Offer("both", ("b", "a"))]
    lacks = [Lack("a"), Lack("b", 3), Lack("b", 1)]
    assert [one.lesson for one in advise(lacks, offers)] == ["both"]
    assert [one.lesson for one in advise(lacks, offers, done={"both"})] == ["cash", "price"]
    assert [one.lesson for one in advise(lacks, offers, done={"both"}, most=1)] == ["cash"]
    assert advise(lacks, offers)[0].reasons == (Lack("b", 3), Lack("a"))


def test_of_two_lessons_the_one_that_speaks_of_nothing_else_is_named() -> None:
    by_the_way, own = Offer("by the way", ("x", "y", "a")), Offer("own", ("a",))
    assert [one.lesson for one in advise([Lack("a")], [by_the_way, own])] == ["own"]
    assert main_lesson("a", [by_the_way, own]) == "own"
    assert main_lesson("a", [by_the_way]) == "by the way"
    assert main_lesson("b", [by_the_way, own]) is None
