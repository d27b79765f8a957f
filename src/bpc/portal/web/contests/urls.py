"""Addresses of the pages in `web/contests`: those of one edition come after the fixed ones."""

from bpc.portal.web.contests.edition_urls import patterns as editions
from bpc.portal.web.contests.entry_urls import patterns as entries
from bpc.portal.web.contests.jury_urls import patterns as juries
from bpc.portal.web.contests.marking_urls import patterns as marking
from bpc.portal.web.contests.result_urls import patterns as results

patterns = [*juries, *marking, *entries, *results, *editions]
