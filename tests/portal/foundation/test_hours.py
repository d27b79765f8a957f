"""Hours hold together at the end of a line, in both languages, and are those of Morocco."""

from datetime import UTC, datetime, time

import pytest
from django.utils import translation

from bpc.portal.foundation.writing import written_hour


@pytest.mark.parametrize(
    ("language", "value", "written"),
    [
        ("fr", time(9, 0), "9\u00a0h\u00a000"),
        ("fr", time(14, 5), "14\u00a0h\u00a005"),
        ("ar", time(9, 0), "9:00"),
        (
            "fr",
            datetime(2027, 7, 3, 8, 30, tzinfo=UTC),
            "9\u00a0h\u00a030",
        ),  # an hour ahead of universal time
        ("ar", datetime(2027, 7, 3, 8, 30, tzinfo=UTC), "9:30"),
    ],
)
def test_an_hour_is_one_piece(language: str, value: datetime | time, written: str) -> None:
    with translation.override(language):
        assert written_hour(value) == written
        assert " " not in written_hour(value)
