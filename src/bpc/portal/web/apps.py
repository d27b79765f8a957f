"""The Django app of this room."""

from django.apps import AppConfig


class Config(AppConfig):
    """Named by its room."""

    name = "bpc.portal.web"
    label = "web"

    def ready(self) -> None:
        """What crosses rooms is declared here, where every room is known."""
        from bpc.portal.journeys import (  # noqa: PLC0415
            award_badges,
            award_partners,
            award_workshops,
            funding_badges,
            tell_training_records,
        )

        award_badges.declare()
        award_workshops.declare()
        award_partners.declare()
        tell_training_records.declare()
        funding_badges.declare()
