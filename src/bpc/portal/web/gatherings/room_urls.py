"""Addresses of the pages about the room."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
