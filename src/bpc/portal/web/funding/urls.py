"""Addresses of the pages in `web/funding`."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
