"""Addresses of appointments. Rights about one calendar or appointment are checked by the views, on it."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.appointments import agenda_views, appointment_views, asking_views, hours_views

_OWN = "mon-espace/rendez-vous"
_WITH = f"{_OWN}/avec/<int:pk>"
_ONE = f"{_OWN}/<str:reference>"
_AGENDA = "mon-espace/agenda"
_HOURS = f"{_AGENDA}/horaires"
_KEEP = "appointments.keep"

patterns = [
    page(_OWN, asking_views.my_appointments, name="my_appointments", right=SIGNED_IN),
    page("agendas/<str:key>.ics", asking_views.feed, name="appointment_feed", right=PUBLIC),
    page(_WITH, asking_views.calendar_page, name="appointment_calendar", right=SIGNED_IN),
    page(f"{_WITH}/<str:key>", asking_views.book_page, name="appointment_book", right=SIGNED_IN),
    page(f"{_ONE}.ics", appointment_views.calendar, name="appointment_file", right=SIGNED_IN),
    page(_ONE, appointment_views.appointment, name="appointment", right=SIGNED_IN),
    page(f"{_ONE}/deplacer", appointment_views.move_page, name="appointment_move", right=SIGNED_IN),
    page(
        f"{_ONE}/deplacer/<str:key>", appointment_views.move_to, name="appointment_move_to", right=SIGNED_IN
    ),
    page(f"{_ONE}/annuler", appointment_views.cancel_page, name="appointment_cancel", right=SIGNED_IN),
    page(f"{_ONE}/suite", appointment_views.mark, name="appointment_mark", right=SIGNED_IN),
    page(_AGENDA, agenda_views.agenda, name="agenda", right=_KEEP),
    page(f"{_AGENDA}/reserver", agenda_views.behalf_page, name="agenda_behalf", right=_KEEP),
    page(f"{_AGENDA}/reserver/<str:key>", agenda_views.behalf_book, name="agenda_book", right=_KEEP),
    page(f"{_AGENDA}/charge", agenda_views.load, name="agenda_load", right="appointments.see_load"),
    page(_HOURS, hours_views.hours, name="agenda_hours", right=_KEEP),
    page(f"{_HOURS}/nouvelles", hours_views.rule_new, name="agenda_rule_new", right=_KEEP),
    page(f"{_HOURS}/<int:pk>/fermer", hours_views.rule_end, name="agenda_rule_end", right=_KEEP),
    page(f"{_HOURS}/absence", hours_views.change_new, name="agenda_change_new", right=_KEEP),
    page(
        f"{_HOURS}/absence/<int:pk>/enlever",
        hours_views.change_remove,
        name="agenda_change_remove",
        right=_KEEP,
    ),
    page(f"{_HOURS}/delais", hours_views.delays, name="agenda_delays", right=_KEEP),
]
