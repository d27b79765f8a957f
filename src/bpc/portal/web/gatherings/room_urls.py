"""Addresses of the pages about the room."""

from django.urls import URLPattern

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.gatherings import room_views

_ROOM = "gatherings.room"
_HALL = "rencontres/<str:key>/salle"

patterns: list[URLPattern] = [
    page(_HALL, room_views.room, name="room", right=_ROOM),
    page(f"{_HALL}/service.js", room_views.room_service, name="room_service", right=PUBLIC),
    page(f"{_HALL}/appareil", room_views.room_open, name="room_open", right=_ROOM),
    page(f"{_HALL}/envoi", room_views.room_send, name="room_send", right=PUBLIC),
    page(f"{_HALL}/appareils", room_views.room_devices, name="room_devices", right=_ROOM),
    page(f"{_HALL}/appareils/<int:pk>/fermer", room_views.room_revoke, name="room_revoke", right=_ROOM),
]
