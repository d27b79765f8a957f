"""Addresses of the pages about results."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
