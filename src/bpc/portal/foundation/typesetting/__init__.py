"""Papers: templates and data to tagged PDF, with our own fonts, colours and pictograms."""

from bpc.portal.foundation.typesetting.characters import clean, drawable
from bpc.portal.foundation.typesetting.compiling import document_data, draw, pictogram, qr_drawing, typeset

__all__ = ["clean", "document_data", "draw", "drawable", "pictogram", "qr_drawing", "typeset"]
