"""The Django app of this room."""

from django.apps import AppConfig


class Config(AppConfig):
    """Named by its room; declares its rights when the models are loaded."""

    name = "bpc.portal.projects"
    label = "projects"

    def ready(self) -> None:
        """Rules import models, which exist only now."""
        from bpc.portal.projects import holdings, notices, visibility  # noqa: PLC0415
        from bpc.portal.projects.mandates import holdings as mandate_holdings  # noqa: PLC0415
        from bpc.portal.projects.mandates import notices as mandate_notices  # noqa: PLC0415
        from bpc.portal.projects.mandates import visibility as mandates  # noqa: PLC0415

        visibility.declare()
        notices.declare()
        holdings.declare()
        mandates.declare()
        mandate_notices.declare()
        mandate_holdings.declare()
