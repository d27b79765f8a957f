"""Changes to the content of a draft, as values: a step replaced, added, taken out, moved. `save_draft` judges them."""

from typing import Any

from bpc.portal.followup.contents import Content


class NoSuchStep(KeyError):
    """The content has no step of this id."""


def step_in(content: Content, name: str) -> dict[str, Any]:
    """The step of this id. Raises NoSuchStep."""
    for step in content["steps"]:
        if step["id"] == name:
            found: dict[str, Any] = step
            return found
    raise NoSuchStep(name)


def with_step(content: Content, step: dict[str, Any]) -> Content:
    """The step in place of the one of its id; a new one at the end of its phase."""
    steps = list(content["steps"])
    for rank, one in enumerate(steps):
        if one["id"] == step["id"]:
            steps[rank] = step
            return {**content, "steps": steps}
    same_phase = [rank for rank, one in enumerate(steps) if one["phase"] == step["phase"]]
    steps.insert(same_phase[-1] + 1 if same_phase else len(steps), step)
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
    steps = list(content["steps"])
    rank = next((at for at, one in enumerate(steps) if one["id"] == name), None)
    if rank is None:
        raise NoSuchStep(name)
    step = steps.pop(rank)
    steps.insert(min(max(rank + places, 0), len(steps)), step)
    return {**content, "steps": steps}


def new_id(content: Content) -> str:
    """An id no step has.

    >>> new_id({"steps": [{"id": "step_1"}, {"id": "founders"}]})
    'step_2'
    """
    taken = {step["id"] for step in content["steps"]}
    number = 1
    while f"step_{number}" in taken:
        number += 1
    return f"step_{number}"
