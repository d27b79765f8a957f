"""Counts week by week: what came as a wide column, what of it was published as a narrow one in front."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from bpc.portal.web.charts.drawing import Drawing

WIDTH, HEIGHT = 340.0, 170.0
_HEAD, _FOOT = 40.0, 22.0  # room for the legend and the highest figure above, for the dates below
_LOW = 60.0  # height of the small drawing of a row


def weekly_columns(
    came: Sequence[int],
    shown: Sequence[int],
    *,
    names: tuple[str, str],
    ends: tuple[str, str],
    label: str,
    rtl: bool,
) -> SafeString:
    """Two counts for each week from a common zero line, the highest with its figure, the first and last dates below.

    `names` are those of the two counts; an empty `came` leaves one kind of column.
    """
    drawing = Drawing(WIDTH, HEIGHT, label=label, rtl=rtl)
    weeks = max(len(came), len(shown))
    highest = max([0, *came, *shown])
    scale = (HEIGHT - _HEAD - _FOOT) / (highest or 1)
    floor, pitch = HEIGHT - _FOOT, WIDTH / max(1, weeks)
    _legend(drawing, names, both=bool(came))
    for look, counts, share in (("pale", came, 0.86), ("here", shown, 0.46 if came else 0.8)):
        for at, count in enumerate(counts):
            drawing.rect(
                pitch * (at + (1 - share) / 2), floor - count * scale, pitch * share, count * scale, look
            )
    if highest:
        tops = [max(pair) for pair in zip(came or shown, shown, strict=True)]
        at = tops.index(highest)
        place = min(max(pitch * (at + 0.5), 14), WIDTH - 14)
        drawing.text(place, floor - highest * scale - 4, str(highest), anchor="middle", strong=True)
    drawing.line(0, floor, WIDTH, floor, "zero")
    drawing.text(0, HEIGHT - 5, ends[0])
    drawing.text(WIDTH, HEIGHT - 5, ends[1], anchor="end")
    return drawing.finish()


def _legend(drawing: Drawing, names: tuple[str, str], *, both: bool) -> None:
    if both:
        drawing.rect(0, 4, 14, 10, "pale")
        drawing.text(19, 14, names[0])
        drawing.rect(WIDTH / 2, 4, 8, 10, "here")
        drawing.text(WIDTH / 2 + 14, 14, names[1])
    else:
        drawing.rect(0, 4, 12, 10, "here")
        drawing.text(18, 14, names[1])


def small_columns(counts: Sequence[int], *, label: str, rtl: bool) -> SafeString:
    """The same counts small enough for a cell of a table; the figures are beside it."""
    drawing = Drawing(WIDTH / 2, _LOW, label=label, rtl=rtl)
    scale, pitch = (_LOW - 4) / (max([0, *counts]) or 1), WIDTH / 2 / max(1, len(counts))
    for at, count in enumerate(counts):
        drawing.rect(
            pitch * (at + 0.1), _LOW - 2 - count * scale, pitch * 0.8, count * scale, "here", str(count)
        )
    drawing.line(0, _LOW - 1, WIDTH / 2, _LOW - 1, "zero")
    return drawing.finish()
