"""The paper of every chart: shapes placed in reading order, mirrored where reading starts from the right."""

from functools import lru_cache
from html import escape
from zlib import crc32

from django.utils.safestring import SafeString, mark_safe

# A drawing stands alone (a PDF, a download), so each mark carries its colour; the style sheet's dark scheme
# overrides it by class. Marks also differ by darkness, hatching or outline: no reading rests on colour.
_LOOKS = {
    "here": 'fill="#0b6150"',
    "quiet": 'fill="#7fb39f"',
    "pale": 'fill="#b9d6c8"',
    "hatched": 'stroke="#55605e" stroke-width="0.75"',
    "outline": 'fill="none" stroke="#1f2a29" stroke-width="1.5"',
    "dark": 'fill="#1f2a29"',
    "mark": 'stroke="#1f2a29" stroke-width="2"',
    "zero": 'stroke="#1f2a29" stroke-width="1"',
    "grid": 'stroke="#d9d2c5" stroke-width="1"',
}
_HATCH = (
    '<defs><pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="5" height="5" fill="#efe7da"/>'
    '<rect width="1.5" height="5" fill="#55605e"/></pattern></defs>'
)


@lru_cache(maxsize=8192)  # two thirds of a chart's marks lie where those of every other chart do
def px(length: float) -> str:
    """A length as the shortest text, to a tenth of a pixel.

    >>> px(12.0), px(3.26)
    ('12', '3.3')
    """
    return f"{length:.1f}".removesuffix(".0")


class Drawing:
    """An SVG of `width` × `height` user units, `x` counted from the side where reading starts.

    `label` says in words what it shows (the figures themselves are in a table); it is unique on its page.
    """

    def __init__(self, width: float, height: float, *, label: str, rtl: bool) -> None:
        self.width, self.height, self.label, self.rtl = width, height, label, rtl
        self._parts: list[str] = []
        self._hatch = f"hatch-{crc32(label.encode()):x}"
        self._hatched = False

    def x(self, start: float, length: float = 0) -> float:
        """The left edge of something `length` long that begins at `start` in reading order."""
        return self.width - start - length if self.rtl else start

    def rect(self, start: float, top: float, length: float, height: float, look: str, tip: str = "") -> None:
        """A rectangle; nothing is drawn for a length of zero. `tip` shows on hover."""
        if length <= 0:
            return
        fill = ""
        if look == "hatched":
            self._hatched, fill = True, f' fill="url(#{self._hatch})"'
        place = f'x="{px(self.x(start, length))}" y="{px(top)}" width="{px(length)}" height="{px(height)}"'
        shape = f'<rect class="c-{look}"{fill} {_LOOKS[look]} {place}'
        self._parts.append(f"{shape}><title>{escape(tip)}</title></rect>" if tip else f"{shape}/>")

    def line(self, start: float, top: float, end: float, bottom: float, look: str) -> None:
        """A straight line between two points in reading order."""
        self._parts.append(
            f'<line class="c-{look}" {_LOOKS[look]} x1="{px(self.x(start))}" y1="{px(top)}"'
            f' x2="{px(self.x(end))}" y2="{px(bottom)}"/>'
        )

    def path(self, points: list[tuple[float, float]], look: str) -> None:
        """An open line through points in reading order."""
        steps = " ".join(f"{px(self.x(start))},{px(top)}" for start, top in points)
        self._parts.append(f'<polyline class="c-{look}" {_LOOKS[look]} points="{steps}"/>')

    def text(
        self, start: float, baseline: float, words: str, *, anchor: str = "start", strong: bool = False
    ) -> None:
        """Words; `anchor` is in reading order, as SVG itself understands it under `direction`."""
        weight = ' font-weight="700"' if strong else ""
        place = f'x="{px(self.x(start))}" y="{px(baseline)}"'
        side = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self._parts.append(f"<text {place}{side}{weight}>{escape(words)}</text>")

    def add(self, marks: str) -> None:
        """Marks of another drawing of this width and direction: those that many charts have alike."""
        self._parts.append(marks)

    @property
    def marks(self) -> str:
        """What was drawn so far, for `add`; without hatching, which belongs to its own chart."""
        return "".join(self._parts)

    def finish(self) -> SafeString:
        """The SVG element."""
        direction = "rtl" if self.rtl else "ltr"
        pattern = _HATCH.format(name=self._hatch) if self._hatched else ""
        size = 14.5 if self.rtl else 13  # Arabic letters are smaller at equal size
        box = f"0 0 {px(self.width)} {px(self.height)}"
        svg = (
            '<svg class="chart" xmlns="http://www.w3.org/2000/svg" role="img" fill="#1f2a29"'
            f' font-size="{size}" aria-label="{escape(self.label)}" viewBox="{box}" direction="{direction}">'
            f"{pattern}{self.marks}</svg>"
        )
        return mark_safe(svg)  # noqa: S308 - every word above was escaped
