"""The Django app of this room."""

from django.apps import AppConfig


class Config(AppConfig):
    """Named by its room; declares its rights when the models are loaded."""

    name = "bpc.portal.packages"
    label = "packages"

    def ready(self) -> None:
        """Rules import models, which exist only now."""
        from bpc.portal.packages import holdings, visibility  # noqa: PLC0415

        visibility.declare()
        holdings.declare()
