"""Rows of this room, one family a file."""

from bpc.portal.financing.models.financing_plans import FinancingPlan
from bpc.portal.financing.models.profiles import FundingProfile, Watch

__all__ = ["FinancingPlan", "FundingProfile", "Watch"]
