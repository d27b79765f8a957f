"""Which box of the editing form holds which part of the document of a source."""

from collections.abc import Mapping
from typing import Any

#: Boxes of text, choice or yes-or-no, and the path of the document each holds.
PLAIN: Mapping[str, str] = {
    "name_fr": "name_fr",
    "name_ar": "name_ar",
    "summary_fr": "summary_fr",
    "summary_ar": "summary_ar",
    "description_fr": "description_fr",
    "description_ar": "description_ar",
    "status": "status",
    "permanent": "calendar.permanent",
    "payment": "payment",
    "prior_approval": "prior_approval",
    "how_fr": "apply.how.fr",
    "how_ar": "apply.how.ar",
    "apply_url": "apply.url",
}
NUMBERS: Mapping[str, str] = {
    "every_months": "calendar.every_months",
    "max_mad": "amounts.max_mad",
    "min_mad": "amounts.min_mad",
    "max_pct": "cost_share.max_pct",
    "own_min_pct": "own_contribution.min_pct",
    "in_kind_max_pct": "own_contribution.in_kind_max_pct",
}
CONTACTS: Mapping[str, str] = {
    "contact_fr": "name_fr",
    "contact_ar": "name_ar",
    "contact_phone": "phone",
}
#: Texts that may not be missing.
BILINGUAL = frozenset(name for name in PLAIN if name.endswith(("_fr", "_ar")))
#: The box where a path of the document is mended; the longest first, so that a part is found before its whole.
FIELD_OF: Mapping[str, str] = {
    **{path: name for name, path in sorted({**PLAIN, **NUMBERS}.items(), key=lambda pair: -len(pair[1]))},
    "calendar.windows": "closes",
    "amounts": "max_mad",
    "contacts": "contact_fr",
    "checks": "checks_fr",
    "pages": "page_url",
}


def value_in(content: Mapping[str, Any], path: str) -> Any:
    """What the document says at a path; None where it says nothing.

    >>> value_in({"apply": {"how": {"fr": "Écrire."}}}, "apply.how.fr"), value_in({}, "apply.url")
    ('Écrire.', None)
    """
    value: Any = content
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def place_at(content: dict[str, Any], path: str, value: Any) -> None:
    """Write a value at a path of the document, making what holds it."""
    *above, last = path.split(".")
    for step in above:
        content = content.setdefault(step, {})
    content[last] = value
