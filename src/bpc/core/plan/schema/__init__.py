"""The assumptions of a plan and their bounds, one family a file."""

from bpc.core.plan.schema.base import Estimate
from bpc.core.plan.schema.plan import Plan

__all__ = ["Estimate", "Plan"]
