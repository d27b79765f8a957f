"""The demonstration: made once, labelled, removed whole."""

import pytest
from django.test import override_settings

from bpc.portal.appointments.demo import create_demo_appointments, remove_demo_appointments
from bpc.portal.appointments.models import Appointment, Calendar, TakenTime
from bpc.portal.appointments.states import State
from bpc.portal.people.demo import create_demo_people


@pytest.mark.django_db
@override_settings(DEMO=True)
def test_the_demonstration_is_made_once_and_removed_whole() -> None:
    create_demo_people()
    assert create_demo_appointments() == 5
    assert create_demo_appointments() == 0
    states = sorted(Appointment.objects.filter(is_demo=True).values_list("state", flat=True))
    assert states == [State.BOOKED, State.BOOKED, State.BOOKED, State.HELD, State.MISSED]
    assert remove_demo_appointments() == 5
    assert not Calendar.objects.exists()
    assert not TakenTime.objects.exists()
