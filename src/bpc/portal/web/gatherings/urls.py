"""Addresses of the pages in `web/gatherings`: those of the room come before those of one meeting."""

from bpc.portal.web.gatherings.import_urls import patterns as imports
from bpc.portal.web.gatherings.meeting_urls import patterns as meetings
from bpc.portal.web.gatherings.room_urls import patterns as room
from bpc.portal.web.gatherings.theme_urls import patterns as themes

patterns = [*imports, *themes, *room, *meetings]
