"""Addresses of the pages in `web/contests`."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
