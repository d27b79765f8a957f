"""The Django app of this room."""

from django.apps import AppConfig


class Config(AppConfig):
    """Named by its room; declares its rights, notices and holdings when the models are loaded."""

    name = "bpc.portal.people"
    label = "people"

    def ready(self) -> None:
        """Rules import models, which exist only now."""
        from bpc.portal.people import holdings, recovery, second_factor, told, visibility  # noqa: PLC0415

        visibility.declare()
        told.declare()
        holdings.declare()
        second_factor.connect()
        recovery.connect()
