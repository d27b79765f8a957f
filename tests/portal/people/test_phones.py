"""Telephone numbers as Moroccans write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.portal.people.phones import NotAPhoneNumber, displayed, masked, normalise, receives_messages


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0612345678", "+212612345678"),
        ("06 12 34 56 78", "+212612345678"),
        ("06.12.34.56.78", "+212612345678"),
        ("06-12-34-56-78", "+212612345678"),
        ("0712345678", "+212712345678"),
        ("0522123456", "+212522123456"),
        ("0801234567", "+212801234567"),
        ("612345678", "+212612345678"),
        ("+212612345678", "+212612345678"),
        ("+212 6 12 34 56 78", "+212612345678"),
        ("+212 (0) 6 12 34 56 78", "+212612345678"),
        ("+2120612345678", "+212612345678"),
        ("00212612345678", "+212612345678"),
        ("002120612345678", "+212612345678"),
        ("212612345678", "+212612345678"),
        ("٠٦١٢٣٤٥٦٧٨", "+212612345678"),
        ("\u200e+212\u00a0612\u202f345678", "+212612345678"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("+34 612 345 678", "+34612345678"),
    ],
)
def test_normalise(typed: str, number: str) -> None:
    assert normalise(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["", " ", "+", "06", "061234567", "06123456789", "0112345678", "0912345678", "+2121234", "06 12 34 56 7a",
     "amina@example.org", "+0612345678", "1234567890123456", "٠٦", "+212912345678", "²³"],
)  # fmt: skip
def test_refused(typed: str) -> None:
    with pytest.raises(NotAPhoneNumber):
        normalise(typed)


@given(st.integers(500_000_000, 899_999_999))
def test_every_form_of_one_number_is_the_same_number(national: int) -> None:
    forms = [f"0{national}", f"+212{national}", f"00212{national}", f"212{national}", str(national)]
    assert {normalise(form) for form in forms} == {f"+212{national}"}
    assert normalise(displayed(f"+212{national}")) == f"+212{national}"


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        number = normalise(text)
    except NotAPhoneNumber:
        return
    assert number[0] == "+"
    assert number[1:].isascii()
    assert number[1:].isdecimal()
    assert normalise(number) == number


def test_only_mobile_lines_of_morocco_take_messages() -> None:
    answers = [receives_messages(number) for number in ("+212612345678", "+212712345678", "+212522123456")]
    assert answers == [True, True, False]
    assert receives_messages("+33145678901")


def test_masked_keeps_both_ends() -> None:
    assert masked("+212612345678") == "+2126••••5678"
