"""The Django app of this room."""

from django.apps import AppConfig


class Config(AppConfig):
    """Named by its room; declares its rights when the models are loaded."""

    name = "bpc.portal.workshops"
    label = "workshops"

    def ready(self) -> None:
        """Rules import models, which exist only now."""
        from bpc.portal.workshops import holdings, notices, visibility  # noqa: PLC0415

        visibility.declare()
        notices.declare()
        holdings.declare()
