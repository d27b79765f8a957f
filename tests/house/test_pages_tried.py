"""The kinds of page that the browser tries: each listed once, so that none hides another."""

from collections import Counter

from tests.browser.pages import KINDS


def test_each_kind_of_page_is_listed_once() -> None:
    assert [name for name, times in Counter(kind.name for kind in KINDS).items() if times > 1] == []
