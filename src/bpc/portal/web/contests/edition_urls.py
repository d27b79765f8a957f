"""Addresses of the pages about editions."""

from django.urls import URLPattern

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.contests import edition_views

_ONE = "ideathons/<slug:slug>"

patterns: list[URLPattern] = [
    page("ideathons", edition_views.edition_list, name="editions", right=PUBLIC),
    page(f"{_ONE}.ics", edition_views.calendar, name="edition_calendar", right=PUBLIC),
    page(f"{_ONE}/reglement", edition_views.rules, name="edition_rules", right=PUBLIC),
    page(f"{_ONE}/reglement/<int:version>", edition_views.rules, name="edition_rules_version", right=PUBLIC),
    page(
        f"{_ONE}/reglement/<int:version>.json",
        edition_views.rules_file,
        name="edition_rules_file",
        right=PUBLIC,
    ),
    page(_ONE, edition_views.edition, name="edition", right=PUBLIC),
]
