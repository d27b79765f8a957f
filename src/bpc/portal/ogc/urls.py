"""Addresses of the map services."""

from django.urls import URLPattern

app_name = "ogc"
urlpatterns: list[URLPattern] = []
