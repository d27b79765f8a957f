"""Addresses of the pages about marking."""

from django.urls import URLPattern

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.contests import (
    marking_board_views,
    marking_discussion_views,
    marking_offline,
    marking_panel_views,
    marking_views,
)

_READING = "mon-espace/jury/lectures/<int:pk>"
_EDITION = "ideathons/<slug:slug>"

patterns: list[URLPattern] = [
    page("mon-espace/jury/hors-ligne.js", marking_offline.worker, name="marking_worker", right=PUBLIC),
    page(_READING, marking_views.reading, name="marking_reading", right=SIGNED_IN),
    page(f"{_READING}/brouillon", marking_views.draft, name="marking_draft", right=SIGNED_IN),
    page(f"{_READING}/rouvrir", marking_views.reopen, name="marking_reopen", right=SIGNED_IN),
    page(f"{_READING}/modifier", marking_discussion_views.amend, name="marking_amend", right=SIGNED_IN),
    page("mon-espace/jury/<slug:slug>", marking_views.readings, name="marking_list", right=SIGNED_IN),
    page(
        "mon-espace/jury/<slug:slug>/<str:reference>",
        marking_discussion_views.discussion,
        name="marking_discussion",
        right=SIGNED_IN,
    ),
    page(
        f"{_EDITION}/tableau",
        marking_board_views.jury_board,
        name="marking_board",
        right="contests.follow_jury",
    ),
    page(f"{_EDITION}/presidence", marking_panel_views.panel, name="marking_panel", right=SIGNED_IN),
    page(f"{_EDITION}/presidence/lecture", marking_panel_views.ask, name="marking_ask", right=SIGNED_IN),
]
