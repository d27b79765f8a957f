"""A plan as a spreadsheet that recalculates: assumptions → months → years → indicators."""

from bpc.portal.plans.workbook.provenance import Provenance
from bpc.portal.plans.workbook.writer import build_workbook

__all__ = ["Provenance", "build_workbook"]
