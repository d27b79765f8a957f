"""The Django app of this room."""

from django.apps import AppConfig


class Config(AppConfig):
    """Named by its room; declares its rights when the models are loaded."""

    name = "bpc.portal.gatherings"
    label = "gatherings"

    def ready(self) -> None:
        """Rules import models, which exist only now."""
        from bpc.portal.gatherings import holdings, notices, theme_visibility, visibility  # noqa: PLC0415
        from bpc.portal.gatherings.importing import holdings as import_holdings  # noqa: PLC0415
        from bpc.portal.gatherings.importing import visibility as import_visibility  # noqa: PLC0415
        from bpc.portal.gatherings.room import holdings as room_holdings  # noqa: PLC0415
        from bpc.portal.gatherings.room import visibility as room_visibility  # noqa: PLC0415

        visibility.declare()
        notices.declare()
        holdings.declare()
        room_visibility.declare()
        room_holdings.declare()
        theme_visibility.declare()
        import_visibility.declare()
        import_holdings.declare()
