"""Addresses of the pages about marking."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
