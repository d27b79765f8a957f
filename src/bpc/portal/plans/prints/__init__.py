"""A plan on paper: the file for the bank and the sheet for the members' meeting, in French or Arabic, as PDF."""

from bpc.portal.plans.prints.bank_file import bank_file
from bpc.portal.plans.prints.context import PrintContext, Risk, Source, Stress, Swing
from bpc.portal.plans.prints.members_sheet import members_sheet
from bpc.portal.plans.prints.risk_study import study_risk

__all__ = ["PrintContext", "Risk", "Source", "Stress", "Swing", "bank_file", "members_sheet", "study_risk"]
