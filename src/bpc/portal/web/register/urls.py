"""Addresses of the pages in `web/register`."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
