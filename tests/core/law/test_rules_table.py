"""The page of rules says what the rules and the table of cases say today."""

from tests.core.law.rules_table import PAGE, written


def test_the_page_of_rules_is_fresh() -> None:
    assert PAGE.read_text("utf-8") == written(), "python -m tests.core.law.rules_table"
