"""How cells look: one place for colours, number formats and direction."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

EMERALD, DEEP, SAND, PAPER, INK, MUTED = "#0b6150", "#084a3d", "#efe7da", "#fbf8f3", "#1f2a29", "#55605e"
INPUT, INK_BLUE, GOOD, BAD = "#fff4d6", "#2e4685", "#e7f0ea", "#a61b1b"
#: Formats of numbers by style; negative amounts keep their sign, zero is a dash.
NUMBERS = {
    "amount": "#,##0;-#,##0;–",
    "price": "#,##0.00",
    "quantity": "#,##0.##",
    "rate": "0.00%",
    "share": "0.0000",
    "index": "0.0000",
    "count": "0",
    "year": "0",
    "ratio": "0.00",
    "cents": "#,##0.00;-#,##0.00;–",
    "date": "mm/yyyy",
}


class Paper(Worksheet):  # type: ignore[misc]  # xlsxwriter publishes no types
    """A sheet that takes formulas as they are.

    None of our functions needs the prefix xlsxwriter looks for with thirty patterns in each of fifty thousand cells,
    which takes two thirds of the time.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class Styles:
    """Formats made once and handed out by what they are for."""

    def __init__(self, workbook: Workbook, *, right_to_left: bool) -> None:
        self.workbook = workbook
        self.base = {
            "font_name": "Noto Naskh Arabic" if right_to_left else "Calibri",
            "font_size": 11 if right_to_left else 10,
            "font_color": INK,
            "reading_order": 2 if right_to_left else 1,
        }
        self.start = "right" if right_to_left else "left"
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def make(self, **options: Any) -> Format:
        """A format with these options over the common ones."""
        key = tuple(sorted(options.items()))
        if key not in self._made:
            self._made[key] = self.workbook.add_format({**self.base, **options})
        return self._made[key]

    def title(self) -> Format:
        """The name of a sheet."""
        return self.make(bold=True, font_size=16, font_color=DEEP)

    def subtitle(self) -> Format:
        """One line under the title."""
        return self.make(font_color=MUTED, italic=True)

    def unit(self) -> Format:
        """What a figure is counted in, beside it."""
        return self.make(font_color=MUTED, indent=1, align=self.start)

    def header(self, number: str = "General") -> Format:
        """The head of a column."""
        return self.make(bold=True, font_color="#ffffff", bg_color=EMERALD, align="center", num_format=number)

    def heading(self, level: int) -> Format:
        """A title inside a sheet."""
        if level == 1:
            return self.make(bold=True, font_size=12, font_color=DEEP, bg_color=SAND, bottom=1)
        return self.make(bold=True, font_color=EMERALD, bottom=4)

    def label(self, *, bold: bool = False) -> Format:
        """The name of a row; a line over totals."""
        options = {"top": 1} if bold else {}
        return self.make(bold=bold, align=self.start, **options)

    def text(self, **options: Any) -> Format:
        """A sentence that may take several lines."""
        return self.make(text_wrap=True, valign="top", align=self.start, **options)

    def number(self, style: str, *, bold: bool = False) -> Format:
        """A figure that is calculated."""
        options = {"top": 1} if bold else {}
        return self.make(num_format=NUMBERS[style], bold=bold, reading_order=1, **options)

    def entry(self, style: str) -> Format:
        """A figure the reader may change."""
        return self.make(
            num_format=NUMBERS[style],
            bg_color=INPUT,
            font_color=INK_BLUE,
            border=1,
            border_color="#d99a1c",
            locked=False,
            reading_order=1,
        )

    def computed(self, style: str) -> Format:
        """A figure calculated among those that may be changed."""
        return self.make(num_format=NUMBERS[style], font_color=MUTED, italic=True, reading_order=1)
