"""An address as a QR drawing."""

import segno
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


def qr_drawing(address: str, label: str) -> SafeString:
    """The address as a drawing that a camera reads: dark on white in any colour scheme."""
    drawn = segno.make(address, error="m", micro=False)
    size = drawn.symbol_size(border=4)[0]
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(drawn.matrix_iter(border=4))
        for x, dark in enumerate(row)
        if dark
    )
    return mark_safe(  # noqa: S308 - digits, and a label escaped
        f'<svg class="qr" viewBox="0 0 {size} {size}" role="img" aria-label="{escape(label)}">'
        f'<rect class="qr-ground" width="{size}" height="{size}"/><path class="qr-dark" d="{path}"/></svg>'
    )
