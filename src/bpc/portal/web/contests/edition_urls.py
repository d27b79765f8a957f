"""Addresses of the pages about editions."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
