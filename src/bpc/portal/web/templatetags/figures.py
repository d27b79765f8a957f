"""Numbers, amounts and dates, for those who draw pages: written by `portal.foundation.writing`."""

from bpc.portal.foundation.writing import (
    LEFT_TO_RIGHT,
    NARROW_SPACE,
    as_decimal,
    month_names,
    written_amount,
    written_date,
    written_number,
    written_percent,
)

__all__ = [
    "LEFT_TO_RIGHT",
    "NARROW_SPACE",
    "as_decimal",
    "month_names",
    "written_amount",
    "written_date",
    "written_number",
    "written_percent",
]
