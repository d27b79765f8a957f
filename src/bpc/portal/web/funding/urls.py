"""Addresses of the pages in `web/funding`."""

from django.urls import URLPattern

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.funding import list_views, report_views, sheet_views

_ONE = "financements/<slug:slug>"

patterns: list[URLPattern] = [
    page("financements", list_views.funding, name="funding", right=PUBLIC),
    page("financements/echeances.ics", list_views.deadlines, name="funding_deadlines", right=PUBLIC),
    page(f"{_ONE}.ics", sheet_views.source_calendar, name="funding_calendar", right=PUBLIC),
    page(f"{_ONE}/signaler", report_views.report, name="funding_report", right=PUBLIC),
    page(_ONE, sheet_views.funding_source, name="funding_source", right=PUBLIC),
]
