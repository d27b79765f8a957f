"""What holds for a local call: its own words first, those of its national frame where it says nothing."""

from dataclasses import dataclass
from typing import Any, Literal

from bpc.datasets.funding_sources import FundingSource, Provenance

Side = Literal["source", "frame"]
#: A list, or a value, that the call says whole or not at all. Calendar, places, history and words stay its own.
_WHOLE = (
    "ceilings", "credit", "duration_months", "sectors", "excluded_sectors", "conditions", "any_of", "preferences",
    "checks", "requires_any", "obligations", "documents", "routes",
)  # fmt: skip
#: Groups of figures, of which each may be said apart.
_PARTS = ("cost_share", "own_contribution")
_BOUNDS = ("min_mad", "max_mad", "basis", "original")


@dataclass(frozen=True)
class Effective:
    """A source as it holds, and which field (its path) comes from the frame."""

    source: FundingSource
    frame: FundingSource | None
    from_frame: frozenset[str]

    def side(self, path: str) -> Side:
        """Whether the value at a path is the call's own or its frame's."""
        steps = path.split(".")
        ways = {".".join(steps[:end]) for end in range(1, len(steps) + 1)}
        return "frame" if ways & self.from_frame else "source"

    def provenance(self, path: str) -> Provenance:
        """Where the value at a path comes from: a page of the side that says it."""
        if self.frame is not None and self.side(path) == "frame":
            return self.frame.provenance(path)
        # the call's own record: its pages are those of the merged one
        return self.source.provenance(path)


def effective(source: FundingSource, frame: FundingSource | None) -> Effective:
    """The call with what it leaves out filled by its frame: the call wins, wherever it says anything.

    Amounts go together, since a minimum of one under the maximum of the other would be nobody's rule; what was given
    on average in the place of the call stays its own.
    """
    if frame is None:
        return Effective(source, None, frozenset())
    changes: dict[str, Any] = {}
    taken: set[str] = set()
    for name in _WHOLE:
        if not getattr(source, name) and getattr(frame, name):
            changes[name] = getattr(frame, name)
            taken.add(name)
    for name in _PARTS:
        _fill_part(name, source, frame, changes, taken)
    if source.amounts.max_mad is None and source.amounts.min_mad is None and frame.amounts.max_mad:
        kept = {name: getattr(source.amounts, name) for name in ("typical_mad", "typical")}
        changes["amounts"] = (
            frame.amounts if kept["typical"] is None else frame.amounts.model_copy(update=kept)
        )
        taken |= {"amounts"} if kept["typical"] is None else {f"amounts.{name}" for name in _BOUNDS}
    if source.payment == "unknown" and frame.payment != "unknown":
        changes["payment"] = frame.payment
        taken.add("payment")
    if not source.prior_approval and frame.prior_approval:
        changes["prior_approval"] = True
        taken.add("prior_approval")
    changes |= _cumulation(source, frame, taken)
    inferred = {path for path in frame.inferred if _covers(path, taken)}
    changes["inferred"] = tuple(dict.fromkeys((*source.inferred, *sorted(inferred))))
    return Effective(source.model_copy(update=changes), frame, frozenset(taken))


def _fill_part(
    name: str, source: FundingSource, frame: FundingSource, changes: dict[str, Any], taken: set[str]
) -> None:
    own, other = getattr(source, name), getattr(frame, name)
    if name == "cost_share" and (own.max_pct is not None or own.by_cost):
        return  # a share that slides and one that does not are two ways of saying the same
    missing = {
        field: getattr(other, field)
        for field in type(own).model_fields
        if getattr(own, field) in (None, ()) and getattr(other, field) not in (None, ())
    }
    if missing:
        changes[name] = own.model_copy(update=missing)
        taken.update(f"{name}.{field}" for field in missing)


def _cumulation(source: FundingSource, frame: FundingSource, taken: set[str]) -> dict[str, Any]:
    if source.cumulation == type(source.cumulation)() and frame.cumulation != source.cumulation:
        taken.add("cumulation")
        return {"cumulation": frame.cumulation}
    return {}


def _covers(path: str, taken: set[str]) -> bool:
    steps = path.split(".")
    ways = {".".join(steps[:end]) for end in range(1, len(steps) + 1)}
    return bool(ways & taken) or any(name.startswith(f"{path}.") for name in taken)
