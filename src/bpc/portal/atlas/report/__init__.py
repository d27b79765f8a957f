"""A territory on four pages of paper, for the regional meeting, in French or Arabic."""

from bpc.portal.atlas.report.context import Meeting, ReportContext
from bpc.portal.atlas.report.document import territory_report

__all__ = ["Meeting", "ReportContext", "territory_report"]
