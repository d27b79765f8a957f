"""Addresses of the map services. The first answers with or without its slash: readers are given either."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.ogc import views

app_name = "ogc"


def _read(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    """Open to anybody on any site; nothing is written and no cookie is read, so no token is asked for."""
    pattern = page(route, view, name=name, right=PUBLIC)
    callback: Any = pattern.callback
    callback.csrf_exempt = True
    return pattern


urlpatterns: list[URLPattern] = [
    _read("ogc", views.landing, "landing"),
    _read("ogc/", views.landing, "landing_slash"),
    _read("ogc/api", views.api, "api"),
    _read("ogc/conformance", views.conformance, "conformance"),
    _read("ogc/collections", views.collections, "collections"),
    _read("ogc/collections/<str:name>", views.collection, "collection"),
    _read("ogc/collections/<str:name>/queryables", views.queryables, "queryables"),
    _read("ogc/collections/<str:name>/items", views.items, "items"),
    _read("ogc/collections/<str:name>/items/<path:key>", views.item, "item"),
    _read("ogc/<path:rest>", views.nothing, "nothing"),
]
