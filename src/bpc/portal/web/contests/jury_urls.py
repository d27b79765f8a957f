"""Addresses of the pages about juries."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
