"""Tokens: only words, never syntax, never too many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.text.folding import fold
from bpc.core.text.stop_words import STOP_WORDS
from bpc.core.text.tokens import MAX_TOKEN_LENGTH, MAX_TOKENS, tokenize


def test_elisions_and_stop_words_leave() -> None:
    assert tokenize("L'œuvre d’équité qu'on attend") == ["oeuvre", "equite", "attend"]
    assert tokenize("ومن أجل تمويل المشروع في الجبل") == ["اجل", "تمويل", "المشروع", "الجبل"]


EMPTY = ["", "   ", "de la les pour", "في من على إلى", "l' d' qu'", "؟!…", "\u200f\u0301"]
HOSTILE = ['"miel', "miel*", "miel:*", "(miel)", "miel'; --", "-miel", "miel & | !", "miel\x00", "_miel_"]


@pytest.mark.parametrize("text", EMPTY)
def test_nothing_to_search_gives_nothing(text: str) -> None:
    assert tokenize(text) == []


@pytest.mark.parametrize("query", HOSTILE)
def test_quotes_and_operators_are_harmless(query: str) -> None:
    assert tokenize(query) == ["miel"]


def test_scripts_are_cut_apart() -> None:
    assert tokenize("بـ20 تعاونية") == ["20", "تعاونيه"]
    assert tokenize("ⵜⴰⵎⴷⵢⴰⵣⵜ coop") == ["ⵜⴰⵎⴷⵢⴰⵣⵜ", "coop"]


def test_stop_words_are_written_folded() -> None:
    assert [word for word in STOP_WORDS if fold(word) != word] == []


def test_bounds() -> None:
    assert tokenize("x" * 1_000) == ["x" * MAX_TOKEN_LENGTH]
    assert len(tokenize("miel " * (MAX_TOKENS + 10))) == MAX_TOKENS


@given(st.text())
def test_tokens_are_words_of_the_folded_text(text: str) -> None:
    tokens = tokenize(text)
    assert all(token.replace("_", "") == token and 0 < len(token) <= MAX_TOKEN_LENGTH for token in tokens)
    assert not any(set(token) & set("\"'()*:&|!<>-^~ \t\n\0") for token in tokens)
    assert tokenize(fold(text)) == tokens
