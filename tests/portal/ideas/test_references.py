"""The code of an idea survives the telephone: every single error and exchange of neighbours is seen."""

from bpc.portal.ideas.references import ALPHABET, check_sign, new_reference, normalise


def test_alphabet_is_prime_and_without_twins() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 23
    assert not set("0O1IL") & set(ALPHABET)
    assert not set("AEIOU") & set(ALPHABET)


def test_a_new_code_is_its_own_normal_form() -> None:
    for _ in range(200):
        code = new_reference()
        assert len(code) == 8
        assert code[4] == "-"
        assert normalise(code) == code
        assert normalise(f" {code.lower().replace('-', ' ')} ") == code


def test_every_single_error_is_seen() -> None:
    code = "K7M42QX"
    for position in range(7):
        for sign in ALPHABET:
            changed = code[:position] + sign + code[position + 1 :]
            assert (normalise(changed) != "") is (sign == code[position])


def test_every_exchange_of_neighbours_is_seen() -> None:
    for first in ALPHABET:
        for second in ALPHABET:
            drawn = f"{first}{second}M42Q"
            code = drawn + check_sign(drawn)
            for position in range(6):
                swapped = list(code)
                swapped[position : position + 2] = swapped[position + 1], swapped[position]
                same = code[position] == code[position + 1]
                assert (normalise("".join(swapped)) != "") is same


def test_what_is_no_code_is_empty() -> None:
    assert [normalise(text) for text in ("", "K7M4", "K7M4-2QXX", "É7M4-2QX", "K" * 10_000)] == [""] * 5
