"""The Django app of this room."""

from django.apps import AppConfig


class Config(AppConfig):
    """Named by its room; declares its rules when the models are loaded."""

    name = "bpc.portal.founding"
    label = "founding"

    def ready(self) -> None:
        """Rules import models, which exist only now."""
        from bpc.portal.founding import facts, holdings, visibility  # noqa: PLC0415

        visibility.declare()
        holdings.declare()
        facts.declare()
