"""What a section says put into the whole content, and what follows in the other sections."""

from collections.abc import Iterable, Mapping
from typing import Any

from bpc.datasets.project_model_parts import HIJRI_EVENTS
from bpc.portal.web.blueprints.sections import Section
from bpc.portal.web.boxes.entries import NOTHING, Faults, Typed, read, write
from bpc.portal.web.boxes.specs import pair_names

Content = dict[str, Any]
#: The key of a season drawn by hand: no published one.
OWN_SEASON = "own"


def write_section(section: Section, content: Mapping[str, Any]) -> Typed:
    """What stands in the boxes of a section."""
    typed: Typed = {}
    for spec in section.specs():
        names = [name for _language, name in pair_names(spec)] if spec.kind == "pair" else [spec.name]
        for name in names:
            write(spec, content.get(name), name, typed)
    return typed


def read_section(section: Section, typed: Typed, content: Mapping[str, Any], faults: Faults) -> Content:
    """The content with what the boxes of a section hold; what is wrong goes to `faults`."""
    merged = dict(content)
    for spec in section.specs():
        names = [name for _language, name in pair_names(spec)] if spec.kind == "pair" else [spec.name]
        for name in names:
            value = read(spec, name, typed, faults)
            if value is NOTHING:
                merged.pop(name, None)
            else:
                merged[name] = value
    if "staff" in section.fields:
        merged["staff"] = _months_as_before(merged["staff"], content["staff"])
    return _followed(merged, content) if "products" in section.fields else merged


def _months_as_before(jobs: list[Content], before: Iterable[Mapping[str, Any]]) -> list[Content]:
    """Boxes have no order: the same months stay as they were written, "October to January"."""
    written = {job["id"]: job.get("months") or () for job in before}
    return [
        {**job, "months": list(written[job["id"]])}
        if job.get("months") == sorted(written.get(job["id"], ())) and job.get("months")
        else job
        for job in jobs
    ]


def _followed(merged: Content, before: Mapping[str, Any]) -> Content:
    """After products changed: seasons named, and nothing left about a product that is no more."""
    keys = {product["id"]: product["seasonality_key"] for product in before["products"]}
    months = {product["id"]: product["seasonality"] for product in before["products"]}
    for product in merged["products"]:
        kept = keys.get(product["id"], OWN_SEASON)
        if product.get("seasonality") != months.get(product["id"]):
            kept = OWN_SEASON
        product["seasonality_key"] = _season_key(product.get("hijri_event"), kept)
    known = {product["id"] for product in merged["products"]}
    for part, column in (("inputs", "qty_per_unit"), ("member_labour", "mad_per_unit")):
        merged[part] = [{**item, column: _only(item[column], known)} for item in merged[part]]
    policy = merged["member_price_policy"]
    column = "member_share_of_price"
    merged["member_price_policy"] = {**policy, column: _only(policy[column], known)}
    return merged


def _season_key(event: str | None, kept: str) -> str:
    """The key that goes with the moving peak, or without one."""
    if event is not None:
        return next((key for key, name in HIJRI_EVENTS.items() if name == event), OWN_SEASON)
    return OWN_SEASON if kept in HIJRI_EVENTS else kept


def _only(shares: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
    return {product: share for product, share in shares.items() if product in known}
