"""Changes to the content of a draft, as values: steps, parts and sources written, taken out, moved.

`save_draft` judges what comes out.
"""

from collections.abc import Collection, Mapping
from typing import Any

from bpc.portal.followup.contents import Content


class NoSuchStep(KeyError):
    """The content has no step of this id."""


class NoSuchPart(KeyError):
    """The content has no part (phase), or no source, of this name."""


class StillUsed(Exception):
    """A part has steps, or a source is cited: `steps` are their ids."""

    def __init__(self, steps: tuple[str, ...]) -> None:
        super().__init__(", ".join(steps))
        self.steps = steps


def step_in(content: Content, name: str) -> dict[str, Any]:
    """The step of this id. Raises NoSuchStep."""
    for step in content["steps"]:
        if step["id"] == name:
            found: dict[str, Any] = step
            return found
    raise NoSuchStep(name)


def with_step(content: Content, step: dict[str, Any]) -> Content:
    """The step in place of the one of its id; a new one at the end of its phase, below all that it waits for."""
    steps = list(content["steps"])
    for rank, one in enumerate(steps):
        if one["id"] == step["id"]:
            steps[rank] = step
            return {**content, "steps": steps}
    before = [
        rank
        for rank, one in enumerate(steps)
        if one["phase"] == step["phase"] or one["id"] in step.get("after", [])
    ]
    steps.insert(before[-1] + 1 if before else len(steps), step)
    return {**content, "steps": steps}


def without_step(content: Content, name: str) -> Content:
    """The content without a step; what followed it follows what it followed."""
    gone = step_in(content, name)
    steps = []
    for one in content["steps"]:
        if one["id"] == name:
            continue
        after = one.get("after", [])
        if name in after:
            inherited = [each for each in gone.get("after", []) if each not in after]
            after = [each for each in after if each != name] + inherited
        steps.append({**one, "after": after})
    return {**content, "steps": steps}


def moved_step(content: Content, name: str, places: int) -> Content:
    """The step so many places further (earlier if negative), as far as the ends."""
    return {**content, "steps": _moved(content["steps"], name, places, NoSuchStep)}


def _moved(
    items: list[dict[str, Any]], name: str, places: int, unknown: type[KeyError]
) -> list[dict[str, Any]]:
    rows = list(items)
    rank = next((at for at, one in enumerate(rows) if one["id"] == name), None)
    if rank is None:
        raise unknown(name)
    row = rows.pop(rank)
    rows.insert(min(max(rank + places, 0), len(rows)), row)
    return rows


def phase_in(content: Content, name: str) -> dict[str, Any]:
    """The part of this id. Raises NoSuchPart."""
    found = next((one for one in content["phases"] if one["id"] == name), None)
    if found is None:
        raise NoSuchPart(name)
    return dict(found)


def with_phase(content: Content, phase: Mapping[str, Any]) -> Content:
    """The part in place of the one of its id, else at the end."""
    written = dict(phase)
    known = any(one["id"] == written["id"] for one in content["phases"])
    rows = [written if one["id"] == written["id"] else one for one in content["phases"]]
    return {**content, "phases": rows if known else [*rows, written]}


def without_phase(content: Content, name: str) -> Content:
    """The content without a part. Raises NoSuchPart, or `StillUsed` while steps are in it."""
    phase_in(content, name)
    if used := tuple(step["id"] for step in content["steps"] if step["phase"] == name):
        raise StillUsed(used)
    return {**content, "phases": [one for one in content["phases"] if one["id"] != name]}


def moved_phase(content: Content, name: str, places: int) -> Content:
    """The part so many places further (earlier if negative), as far as the ends."""
    return {**content, "phases": _moved(content["phases"], name, places, NoSuchPart)}


def with_source(content: Content, key: str, source: Mapping[str, Any]) -> Content:
    """The source under its key."""
    return {**content, "sources": {**content.get("sources", {}), key: dict(source)}}


def without_source(content: Content, key: str) -> Content:
    """The content without a source. Raises NoSuchPart, or `StillUsed` while steps cite it."""
    if key not in content.get("sources", {}):
        raise NoSuchPart(key)
    if used := tuple(step["id"] for step in content["steps"] if key in step.get("sources", [])):
        raise StillUsed(used)
    return {**content, "sources": {one: source for one, source in content["sources"].items() if one != key}}


def new_id(content: Content) -> str:
    """An id no step has.

    >>> new_id({"steps": [{"id": "step_1"}, {"id": "founders"}]})
    'step_2'
    """
    return _free("step", {step["id"] for step in content["steps"]})


def new_phase_id(content: Content) -> str:
    """An id no part has.

    >>> new_phase_id({"phases": [{"id": "name"}]})
    'part_1'
    """
    return _free("part", {phase["id"] for phase in content["phases"]})


def new_source_key(content: Content) -> str:
    """A key no source has.

    >>> new_source_key({})
    'source_1'
    """
    return _free("source", content.get("sources", {}))


def _free(stem: str, taken: Collection[str]) -> str:
    number = 1
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"
