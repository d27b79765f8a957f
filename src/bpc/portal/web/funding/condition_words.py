"""A condition of a source as a person says it: « Part des femmes : plus de 50 % »."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.core.matching.vocabulary import FIELDS
from bpc.datasets.funding_source_parts import Test
from bpc.portal.funding.question_words import question_words
from bpc.portal.funding.verdict_words import fact_words

_COMPARED: Mapping[str, "str | Promise"] = {
    "neq": gettext_lazy("pas : %(value)s"),
    "gt": gettext_lazy("plus de %(value)s"),
    "gte": gettext_lazy("au moins %(value)s"),
    "lt": gettext_lazy("moins de %(value)s"),
    "lte": gettext_lazy("au plus %(value)s"),
    "not_in": gettext_lazy("pas : %(value)s"),
}


def told_test(test: Test) -> str:
    """The condition in words; a yes or no is told by the field alone."""
    label, op = str(question_words(test.field).label), str(test.op)
    if FIELDS[test.field].nature == "boolean":
        wanted = bool(test.value) == (op == "eq")
        return label if wanted else _("non : %(field)s") % {"field": label}
    return _("%(field)s : %(value)s") % {"field": label, "value": _compared(test.field, op, test.value)}


def _compared(field: str, op: str, value: Any) -> str:
    if op == "between":
        bounds = {"low": fact_words(field, value[0]), "high": fact_words(field, value[1])}
        return _("de %(low)s à %(high)s") % bounds
    several = value if isinstance(value, list | tuple) else (value,)
    if FIELDS[field].nature in {"list", "badges"}:
        words = fact_words(field, several)
    else:
        words = _(" ou ").join(fact_words(field, one) for one in several)
    template = _COMPARED.get(op)
    return str(template) % {"value": words} if template else words
