"""Addresses of the pages in `web/applications`."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
