"""Addresses of the pages in `web/financing`."""

from bpc.portal.web.financing.plan_urls import PLAN

patterns = [*PLAN]
