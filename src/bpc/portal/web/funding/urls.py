"""Addresses of the pages in `web/funding`."""

from django.urls import URLPattern

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.funding import keeping_views, list_views, report_views, sheet_views

_ONE = "financements/<slug:slug>"
_KEPT = "financements/tenir"
_KEEP = "funding.keep"

#: Fixed words first: no source is ever named so.
patterns: list[URLPattern] = [
    page(_KEPT, keeping_views.kept, name="funding_kept", right=_KEEP),
    page(f"{_KEPT}/propositions/<int:pk>", keeping_views.decide_edit, name="funding_edit", right=_KEEP),
    page(
        f"{_KEPT}/signalements/<int:pk>/clore",
        keeping_views.close_report,
        name="funding_close_report",
        right=_KEEP,
    ),
    page(f"{_KEPT}/<slug:slug>", keeping_views.kept_source, name="funding_kept_source", right=_KEEP),
    page(f"{_KEPT}/<slug:slug>/modifier", keeping_views.edit_source, name="funding_change", right=_KEEP),
    page(f"{_KEPT}/<slug:slug>/verifier", keeping_views.verify_source, name="funding_verify", right=_KEEP),
    page(f"{_KEPT}/<slug:slug>/retirer", keeping_views.retire_source, name="funding_retire", right=_KEEP),
    page(
        f"{_KEPT}/<slug:slug>/confier",
        keeping_views.entrust_source,
        name="funding_entrust",
        right="funding.entrust",
    ),
    page("financements", list_views.funding, name="funding", right=PUBLIC),
    page("financements/echeances.ics", list_views.deadlines, name="funding_deadlines", right=PUBLIC),
    page(f"{_ONE}.ics", sheet_views.source_calendar, name="funding_calendar", right=PUBLIC),
    page(f"{_ONE}/signaler", report_views.report, name="funding_report", right=PUBLIC),
    page(_ONE, sheet_views.funding_source, name="funding_source", right=PUBLIC),
]
