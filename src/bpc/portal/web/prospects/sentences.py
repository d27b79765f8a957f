"""One sentence for a fit, where there is room for one: the fact that speaks most for the model."""

from bpc.portal.atlas.fit import Fit
from bpc.portal.atlas.fit_words import reason_text


def best_reason(fit: Fit) -> str:
    """The first fact of the part that raises the score most, resources before the rest; empty when nothing is known.

    A part counts by its weight and by how good and how well known it is.
    """
    told = [part for part in fit.parts if part.applies and part.score is not None and part.reasons]
    if not told:
        return ""
    best = max(told, key=lambda part: (part.score or 0.0) * part.weight * part.known)
    return reason_text(best.reasons[0])
