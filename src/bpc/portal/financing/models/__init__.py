"""Rows of this room, one family a file."""

from bpc.portal.financing.models.profiles import FundingProfile, Watch

__all__ = ["FundingProfile", "Watch"]
