"""Addresses of the pages in `web/observations`."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
