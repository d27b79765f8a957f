"""French punctuation keeps its space."""

import pytest

from bpc.core.text.typography import with_french_spaces


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Qui parle ?", "Qui parle\u202f?"),
        ("Source : HCP ; 2024 !", "Source\u00a0: HCP\u202f; 2024\u202f!"),
        ("l’idée « %(title)s » : publiée", "l’idée «\u00a0%(title)s\u00a0»\u00a0: publiée"),
        ("12 % ou %(share)s %, https://x.ma/?a=b:c", "12 % ou %(share)s %, https://x.ma/?a=b:c"),
        (" : seul", " : seul"),
        ("", ""),
    ],
)
def test_the_space_stays_with_its_sign(typed: str, shown: str) -> None:
    assert with_french_spaces(typed) == shown
    assert with_french_spaces(shown) == shown
