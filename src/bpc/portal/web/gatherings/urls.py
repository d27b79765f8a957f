"""Addresses of the pages in `web/gatherings`."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
