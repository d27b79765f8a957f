"""Tables of figures written in one go: a sheet holds hundreds of rows, too many for a template."""

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe


def figure_table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, hide_caption: bool = False
) -> SafeString:
    """A table whose first column names the row and whose other columns hold figures.

    Cells are escaped unless they are already safe HTML. The columns are few and narrow, so that the table stays
    a table on a phone: what matters is reading down a column.
    """
    labels = [_safe(word) for word in head]
    first = f'<th scope="col">{labels[0]}</th>' if labels[0] else "<td></td>"
    headings = first + "".join(f'<th scope="col">{label}</th>' for label in labels[1:])
    body = "".join(_row(row) for row in rows)
    hidden = ' class="visually-hidden"' if hide_caption else ""
    return mark_safe(  # noqa: S308 - every cell was escaped
        '<div class="table-wrap"><table class="figures">'
        f"<caption{hidden}>{_safe(caption)}</caption>"
        f"<thead><tr>{headings}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(cells: Sequence[str]) -> str:
    figures = "".join(f"<td>{_safe(cell)}</td>" for cell in cells[1:])
    return f'<tr><th scope="row">{_safe(cells[0])}</th>{figures}</tr>'


def _safe(words: str) -> str:
    return words if isinstance(words, SafeString) else escape(words)
