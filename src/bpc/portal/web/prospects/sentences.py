"""One sentence for a fit, where there is room for one: the fact that tells most why this model, here."""

from bpc.core.territory.fit_grounds import GROUNDED
from bpc.portal.atlas.fit import Fit, FitPart, Reason
from bpc.portal.atlas.fit_words import reason_text

#: A need is told from here; below it is met better than in half of the communes.
MARKED = 0.5


def best_reason(fit: Fit) -> str:
    """The resource where one is known in the province at least, else the need answered, else customers or people.

    Never water or roads: they let a project live, they are no reason to begin it. Empty when nothing of this is known.
    """
    parts = {part.name: part for part in fit.parts if part.applies and part.score is not None}
    chosen = _grounded(parts.get("resource")) or _strongest(parts.get("need"), MARKED)
    if chosen is None:
        others = [part for part in (parts.get("market"), parts.get("labour")) if part is not None]
        best = max(others, key=lambda part: part.score or 0.0, default=None)
        chosen = _strongest(best, 0.0) or _strongest(parts.get("need"), 0.0)
    return reason_text(chosen) if chosen else ""


def _grounded(part: FitPart | None) -> Reason | None:
    if part is None or not part.reasons:
        return None
    first = part.reasons[0]
    return first if first.level in GROUNDED else None


def _strongest(part: FitPart | None, least: float) -> Reason | None:
    """The fact of a part that stands best, if it stands at `least` so well; the weightier one among equals."""
    known = [reason for reason in part.reasons if reason.standing is not None] if part else []
    best = max(known, key=lambda reason: reason.standing or 0.0, default=None)
    return best if best is not None and (best.standing or 0.0) >= least else None
