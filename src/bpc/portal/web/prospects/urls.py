"""Addresses of the pages in `web/prospects`."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
