"""Addresses of the pages about the meetings."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
