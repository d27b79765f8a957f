"""Addresses of the pages in `web/resources`."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
