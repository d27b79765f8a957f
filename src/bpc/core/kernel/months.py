"""Calendar months as values: a plan counts in months, never in days."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year; `month` is 1 … 12.

    >>> Month(2026, 11).plus(3)
    Month(year=2027, month=2)
    >>> Month.parse("2027-01").ordinal - Month(2026, 11).ordinal
    2
    """

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """The month written "YYYY-MM". Raises ValueError for anything else."""
        year, separator, month = text.partition("-")
        if not (separator and len(year) == 4 and len(month) == 2 and (year + month).isdecimal()):
            raise ValueError(f"not a month: {text!r}")
        if not 1 <= int(month) <= 12:
            raise ValueError(f"not a month: {text!r}")
        return cls(int(year), int(month))

    @property
    def ordinal(self) -> int:
        """Months since January of year 0."""
        return self.year * 12 + self.month - 1

    def plus(self, months: int) -> "Month":
        """The month so many months later (earlier if negative)."""
        year, month = divmod(self.ordinal + months, 12)
        return Month(year, month + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
