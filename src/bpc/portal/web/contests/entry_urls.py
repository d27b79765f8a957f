"""Addresses of the pages about entries."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
