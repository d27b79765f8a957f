"""The Django app of this room."""

from django.apps import AppConfig


class Config(AppConfig):
    """Named by its room."""

    name = "bpc.portal.applications"
    label = "applications"
