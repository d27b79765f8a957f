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


def unit_name(code: str) -> str:
    """The whole name of a unit in the active language; what people typed themselves stays.

    >>> from django.utils.translation import override
    >>> with override("fr"):
    ...     unit_name("kg"), unit_name("caisse")
    ('kilogramme', 'caisse')
    """
    known = _units().get(code)
    if known is None:
        return code
    return known.name_ar if get_language() == "ar" else known.name_fr


def written_unit(code: str) -> str:
    """The same beside a figure: a sign everybody reads stays a sign in French.

    >>> from django.utils.translation import override
    >>> with override("ar"):
    ...     written_unit("kg"), written_unit("علبة")
    ('كيلوغرام', 'علبة')
    >>> with override("fr"):
    ...     written_unit("kg"), written_unit("kDH vendus")
    ('kg', 'millier de MAD de ventes')
    """
    return code if code in SIGNS and get_language() != "ar" else unit_name(code)
