"""Addresses of the pages in `web/steering`."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
