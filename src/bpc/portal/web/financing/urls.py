"""Addresses of the pages in `web/financing`."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
