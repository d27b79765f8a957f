"""The Django app of this room."""

from django.apps import AppConfig


class Config(AppConfig):
    """Named by its room; has no row of its own, declares its rights when the models of others are loaded."""

    name = "bpc.portal.atlas"
    label = "atlas"

    def ready(self) -> None:
        """Rules import models, which exist only now."""
        from bpc.portal.atlas import visibility  # noqa: PLC0415

        visibility.declare()
