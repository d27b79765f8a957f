"""Stems: the forms people write of one word meet, and words of different meaning stay apart."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.text.broken_plurals import MEETING_FORMS
from bpc.core.text.folding import fold
from bpc.core.text.stems import MAX_QUERY_STEMS, analyse, analyse_query, stem
from bpc.core.text.stop_words import STOP_WORDS

PAIRS = [
    ("coopératives", "cooperative"),
    ("coopérateurs", "coopération"),
    ("coop", "coopérative"),
    ("Khénifra", "Khenifra"),
    ("élevage", "Elevages"),
    ("d'équité", "equite"),
    ("l’œuvre", "oeuvres"),
    ("travaux", "travail"),
    ("femmes", "FEMME"),
    ("اسرة", "أسرة"),
    ("امراة", "امرأة"),
    ("إمرأة", "امراة"),
    ("المرأة", "امرأة"),
    ("النساء", "امرأة"),
    ("النسائية", "نساء"),
    ("القرويات", "قرية"),
    ("الجهوية", "جهة"),
    ("مدرسه", "مدرسة"),
    ("المدارس", "مدرسة"),
    ("مُقاولة", "مقاولة"),
    ("التمويل", "تمويل"),
    ("لتمويل", "تمويل"),
    ("مشاريع", "مشروع"),
    ("ومشاريعهم", "المشروع"),
    ("جهات", "جهة"),
    ("أفكار", "فكرة"),
    ("الموارد", "مورد"),
    ("منتوجات", "منتوج"),
    ("الأسواق", "سوق"),
    ("حرف", "حرفة"),
    ("ولبن", "الألبان"),
    ("لمكتب", "المكاتب"),
    ("عمالات", "العمالة"),
    ("النحل", "نحلة"),
    ("الألبان", "لبن"),
    ("المياه", "ماء"),
    ("القرى", "قرية"),
    ("وحدات", "وحدة"),
    ("الفلاحون", "فلاحين"),
    ("الإلكترونية", "إلكتروني"),
    ("وتثمين", "التثمين"),
]
APART = [
    ("تربية", "تربة"),
    ("زيت", "زيتون"),
    ("عمالة", "عمال"),
    ("سوق", "ساق"),
    ("miel", "mil"),
    ("تمويل", "تموين"),
    ("تعاون", "تكوين"),
    ("نبات", "بنت"),
    ("ماء", "مال"),
]
FAMILIES = [
    "تعاونية التعاونية تعاونيات والتعاونيات للتعاونيات بالتعاونية تعاونيتنا وتعاونيتهم تعاونياتهم",
    "مقاولة المقاولة مقاولات والمقاولات للمقاولات مقاولتي بالمقاولة مُقاولة لمقاولة",
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert analyse(one) == analyse(other)
    assert len(analyse(one)) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert analyse(one) != analyse(other)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_one_stem(family: str) -> None:
    assert len(set(analyse(family))) == 1
    assert len(analyse(family)) == len(family.split())


@pytest.mark.parametrize("meet", MEETING_FORMS)
def test_table_holds_with_every_article(meet: str) -> None:
    forms = [
        article + form for form in (meet, *MEETING_FORMS[meet]) for article in ("", "ال", "وال", "بال", "و")
    ]
    assert {form: analyse(form) for form in forms} == {form: analyse(meet) for form in forms}


def test_table_says_each_form_once_and_merges_no_two_lines() -> None:
    forms = [fold(form) for meet, others in MEETING_FORMS.items() for form in (meet, *others)]
    assert len(forms) == len(set(forms))
    assert len({tuple(analyse(meet)) for meet in MEETING_FORMS}) == len(MEETING_FORMS)
    assert not STOP_WORDS & set(forms)


def test_a_sentence_is_analysed_in_order() -> None:
    assert analyse("Élevage d'abeilles à Azilal, 20 ruches") == ["elevag", "abeil", "azilal", "20", "ruch"]
    assert analyse("") == analyse("pour les") == analyse("في من") == []


def test_a_query_is_distinct_and_bounded() -> None:
    assert analyse_query("Thym, miel, THYMS, المشاريع مشروع") == ["thym", "miel", "مشروع"]
    assert analyse_query(" ".join(map(str, range(100)))) == [str(number) for number in range(MAX_QUERY_STEMS)]
    assert analyse_query("de la في") == []


def test_other_scripts_are_their_own_stem() -> None:
    assert [stem("2024"), stem("ⵜⴰⵎⴷⵢⴰⵣⵜ"), stem("")] == ["2024", "ⵜⴰⵎⴷⵢⴰⵣⵜ", ""]


def test_threads_do_not_mix_their_words() -> None:
    words = [f"mot{number}ations" for number in range(2_000)]
    alone = {word: stem.__wrapped__(word) for word in words}
    wrong: list[str] = []

    def check() -> None:
        wrong.extend(word for word in words if stem.__wrapped__(word) != alone[word])

    threads = [threading.Thread(target=check) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@given(st.text())
def test_analysis_does_not_see_what_folding_removes(text: str) -> None:
    assert analyse(fold(text)) == analyse(text)


@given(st.text(alphabet="اأبتثةحدرسعفقكلمنهويىات", max_size=30))
def test_arabic_stems_are_never_empty_and_never_longer_than_the_table_allows(word: str) -> None:
    longest = max(len(fold(meet)) for meet in MEETING_FORMS)
    assert all(0 < len(found) <= max(len(fold(word)), longest) for found in analyse(word))
