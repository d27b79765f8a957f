"""Addresses of the pages about the room."""

from django.urls import URLPattern

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.gatherings import room_entry, room_follow, room_paper, room_views

_ROOM = "gatherings.room"
_ONE = "rencontres/<slug:key>"
_HALL = f"{_ONE}/salle"

patterns: list[URLPattern] = [
    page(_HALL, room_views.room, name="room", right=_ROOM),
    page(f"{_HALL}/service.js", room_views.room_service, name="room_service", right=PUBLIC),
    page(f"{_HALL}/appareil", room_views.room_open, name="room_open", right=_ROOM),
    page(f"{_HALL}/envoi", room_views.room_send, name="room_send", right=PUBLIC),
    page(f"{_HALL}/appareils", room_views.room_devices, name="room_devices", right=_ROOM),
    page(f"{_HALL}/appareils/<int:pk>/fermer", room_views.room_revoke, name="room_revoke", right=_ROOM),
    page(f"{_ONE}/papier", room_paper.paper, name="room_paper", right=_ROOM),
    page(
        f"{_ONE}/formulaire-<slug:language>.pdf", room_paper.paper_file, name="room_paper_file", right=_ROOM
    ),
    page(f"{_ONE}/saisie", room_entry.entry, name="room_entry", right=_ROOM),
    page("suivre", room_follow.follow_code, name="follow_code", right=PUBLIC),
    page("suivre/<str:code>", room_follow.follow_one, name="follow_one", right=PUBLIC),
]
