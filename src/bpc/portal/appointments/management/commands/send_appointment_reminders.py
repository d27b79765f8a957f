"""`manage.py send_appointment_reminders`: each quarter of an hour, remind people of their appointments."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bpc.portal.appointments.clocks import realign
from bpc.portal.appointments.forgetting import forget_appointments
from bpc.portal.appointments.reminders import release_past_time, send_reminders


class Command(BaseCommand):
    """Safe at any time: nobody is reminded twice, and nothing leaves at night."""

    help = "Rappelle leur rendez-vous aux personnes, la veille puis deux heures avant, jamais la nuit."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many; drop what is past and erase what was kept long enough."""
        now = timezone.now()
        self.stdout.write(f"heures remises à l’heure du Maroc : {realign(now)}")  # before any hour is told
        self.stdout.write(f"rappels envoyés : {send_reminders(now)}")
        release_past_time(now)
        self.stdout.write(f"rendez-vous effacés après six mois : {forget_appointments(now)}")
