"""Arabic words brought to their root."""

import pytest

from bpc.core.text.arabic_roots import nouns, root, verbs


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("تمليح", "ملح"), ("مخزون", "خزن"), ("مخزن", "خزن"), ("نسيج", "نسج"), ("ناسج", "نسج"), ("استخراج", "خرج"),
        ("انتقال", "نقل"), ("بيع", "بيع"), ("كسكس", "كسكس"), ("ما", "ما"),
    ],
)  # fmt: skip
def test_patterns_show_the_root(word: str, letters: str) -> None:
    assert root(word) == letters


def test_three_letters_always_remain() -> None:
    for word in ("بن", "فول", "وبن", "ينتن", "كنبيعو", ""):
        assert all(len(form) >= 3 for form in (*nouns(word), *verbs(word)))
