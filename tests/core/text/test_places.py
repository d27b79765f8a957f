"""Places: a name is found in either language and any spelling, the expected one first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.text.places import (
    PlaceMatch,
    match_place,
    matches_place,
    place_key,
    rank_places,
    within_one_edit,
)

PLACES = [
    ("05", ["Béni Mellal-Khénifra", "بني ملال-خنيفرة"]),
    ("05.091", ["Béni Mellal", "بني ملال"]),
    ("05.301", ["Khénifra", "خنيفرة"]),
    ("03.171", ["El Hajeb", "الحاجب"]),
    ("06.141", ["Casablanca", "الدار البيضاء"]),
    ("06.141.01", ["Méchouar de Casablanca", "مشور الدار البيضاء"]),
    ("08.201", ["Errachidia", "الرشيدية"]),
    ("09.001", ["Agadir", "أكادير"]),
    ("09.163", ["Chtouka-Aït Baha", "اشتوكة-آيت باها"]),
    ("09.163.01", ["Ait Baha", "آيت باها"]),
    ("10.261", ["Guelmim", "كلميم"]),
    ("11.121", ["Laâyoune", "العيون"]),
    ("11.221", ["Es-Semara", "السمارة"]),
    ("02", ["Oriental", "الشرق"]),
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’Oriental", "oriental"),
        ("EL-HAJEB", "Hajeb"),
        ("Es-Semara", "semara"),
        ("Aït Baha", "Ayt-Baha"),
        ("آيت باها", "ايت باها"),
        ("أيت باها", "آيت باها"),
        ("الحاجب", "حاجب"),
        ("الدار البيضاء", "دار البيضاء"),
        ("خنيفره", "خنيفرة"),
        ("أݣادير", "أكادير"),
        ("گلميم", "كلميم"),
        ("Méchouar de Casablanca", "mechouar casablanca"),
        ("Béni  Mellal – Khénifra", "beni mellal khenifra"),
    ],
)
def test_spellings_have_one_key(one: str, other: str) -> None:
    assert place_key(one) == place_key(other) != ""


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        ("khenifra", "Khénifra", PlaceMatch.EXACT),
        ("elhajeb", "El Hajeb", PlaceMatch.EXACT),
        ("benimellal", "Béni Mellal", PlaceMatch.EXACT),
        ("casa", "Casablanca", PlaceMatch.PREFIX),
        ("el h", "El Hajeb", PlaceMatch.PREFIX),
        ("elhaj", "El Hajeb", PlaceMatch.PREFIX),
        ("الح", "الحاجب", PlaceMatch.PREFIX),
        ("mel", "Béni Mellal", PlaceMatch.WORD_PREFIX),
        ("mellal beni", "Béni Mellal", PlaceMatch.WORD_PREFIX),
        ("rachidia", "Errachidia", PlaceMatch.CONTAINS),
        ("khenfira", "Khénifra", PlaceMatch.NEAR),
        ("smara", "Es-Semara", PlaceMatch.NEAR),
        ("الراشيدية", "الرشيدية", PlaceMatch.NEAR),
        ("tata", "Taza", PlaceMatch.NONE),  # too short to forgive a letter
        ("ra", "Khénifra", PlaceMatch.NONE),  # too short to be looked for inside a word
        ("a", "Al Oued", PlaceMatch.NONE),  # one letter is not read as the start of an article
        ("", "Taza", PlaceMatch.NONE),
        ("'\"*%_", "Taza", PlaceMatch.NONE),
    ],
)
def test_match(query: str, name: str, expected: PlaceMatch) -> None:
    assert match_place(query, name) is expected
    assert matches_place(query, name) is (expected is not PlaceMatch.NONE)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("khenifra", ["05.301", "05"]),
        ("الخنيفرة", ["05.301", "05"]),
        ("mellal", ["05.091", "05"]),
        ("ايت باها", ["09.163.01", "09.163"]),
        ("aït baha", ["09.163.01", "09.163"]),
        ("البيضاء", ["06.141", "06.141.01"]),
        ("laayoune", ["11.121"]),
        ("layoune", ["11.121"]),
        ("casablanka", ["06.141", "06.141.01"]),
        ("xyzzy", []),
        ("", []),
    ],
)
def test_ranking(query: str, expected: list[str]) -> None:
    assert rank_places(query, PLACES) == expected


def test_near_spellings_are_a_last_resort() -> None:
    names = [("near", ["Azilas"]), ("exact", ["Azilal"])]
    assert rank_places("azilal", names) == ["exact"]
    assert rank_places("azilar", names) == ["near", "exact"]


def test_equal_matches_keep_the_order_given_and_the_limit() -> None:
    names = [("region", ["Fès"]), ("province", ["Fès"]), ("commune", ["Fès"])]
    assert rank_places("fes", names) == ["region", "province", "commune"]
    assert rank_places("fes", names, limit=2) == ["region", "province"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("abc", "abc", True),
        ("abc", "abd", True),
        ("abc", "ab", True),
        ("abc", "xabc", True),
        ("abcd", "acbd", True),
        ("abc", "", False),
        ("abcd", "badc", False),
        ("abcd", "dbca", False),
    ],
)
def test_one_edit(one: str, other: str, expected: bool) -> None:
    assert within_one_edit(one, other) is expected
    assert within_one_edit(other, one) is expected


@given(st.text(max_size=40))
def test_a_name_answers_itself_and_its_key_is_stable(name: str) -> None:
    key = place_key(name)
    assert match_place(name, name) is (PlaceMatch.EXACT if key else PlaceMatch.NONE)
    assert key == " ".join(key.split())


@given(st.text(alphabet="abc", max_size=8), st.integers(0, 8), st.sampled_from("abcd"))
def test_one_edit_accepts_every_single_edit(word: str, at: int, letter: str) -> None:
    at = min(at, len(word))
    assert within_one_edit(word, word[:at] + letter + word[at:])
    assert within_one_edit(word, word[:at] + letter + word[at + 1 :])
    assert within_one_edit(word, word[:at] + word[at + 1 :])
    assert within_one_edit(word, word[:at] + word[at : at + 2][::-1] + word[at + 2 :])


def test_an_endless_query_is_cut() -> None:
    assert match_place("Taza" + " a" * 1_000_000, "Taza") is PlaceMatch.NONE
    assert len(place_key("x" * 1_000_000)) == 100
