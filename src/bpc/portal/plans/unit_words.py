"""Units of measure in words: plans keep the short code of a unit, people read its name."""

from collections.abc import Mapping
from functools import cache

from django.utils.translation import get_language

from bpc.datasets.project_models import Unit, read_units

#: Signs everybody reads in French.
SIGNS = frozenset({"L", "g", "h", "kg", "t"})


@cache
def _units() -> Mapping[str, Unit]:
    return read_units()


def written_unit(code: str) -> str:
    """The name of a unit in the active language; a French sign, and what people typed themselves, stay.

    >>> from django.utils.translation import override
    >>> with override("ar"):
    ...     written_unit("kg"), written_unit("علبة")
    ('كيلوغرام', 'علبة')
    >>> with override("fr"):
    ...     written_unit("kg"), written_unit("kDH vendus")
    ('kg', 'millier de MAD de ventes')
    """
    known, arabic = _units().get(code), get_language() == "ar"
    if known is None or (code in SIGNS and not arabic):
        return code
    return known.name_ar if arabic else known.name_fr
