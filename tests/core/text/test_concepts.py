"""The lexicon that ideas are compared by: each word says one thing, and forms of a word meet."""

import pytest

from bpc.core.text.concepts import concept_of, concept_weights, concept_words
from bpc.core.text.lexicon import ACTS, COMMONS, OBJECTS, PUBLICS
from bpc.core.text.stems import analyse

TABLES = (OBJECTS, ACTS, PUBLICS, COMMONS)


def test_a_word_stands_in_one_concept_only() -> None:
    held: dict[str, set[str]] = {}
    for table in TABLES:
        for code, forms in table.items():
            for stem in analyse(" ".join(forms)):
                held.setdefault(stem, set()).add(code)
    assert {stem: codes for stem, codes in held.items() if len(codes) > 1} == {}


def test_forms_are_single_words_and_name_their_concept_in_both_languages() -> None:
    for table in TABLES:
        for code, forms in table.items():
            assert all(len(form.split()) == 1 for side in forms for form in side.split(",")), code
            assert all(concept_words(code)), code
    assert len(concept_weights()) == sum(map(len, TABLES))


@pytest.mark.parametrize(
    ("word", "concept"),
    [
        ("وبالعسل", "honey"), ("فالزيتون", "olive"), ("فمعصرة", "mill"), ("تمورنا", "dates"), ("حليبا", "milk"),
        ("كنبيعوه", "selling"), ("غنغرسو", "planting"), ("نملحوه", "preserving"),
        ("نعلمو", "training"), ("المخزون", "storing"), ("عسل", "honey"), ("zitoun", "olive"), ("vendent", "selling"),
        ("apicultures", "honey"), ("saffran", "saffron"), ("3sel", "honey"),
    ],
)  # fmt: skip
def test_forms_meet_at_their_concept(word: str, concept: str) -> None:
    assert concept_of(analyse(word)[0])[0] == concept


@pytest.mark.parametrize(
    "word",
    ["محاسبة", "مليون", "تسجيل", "قانون", "شهادة", "achat", "salaire", "décret", "Maroc", "origine", "essai"],
)
def test_words_of_every_file_are_taken_for_no_product(word: str) -> None:
    assert concept_of(analyse(word)[0])[1] <= 1.0
