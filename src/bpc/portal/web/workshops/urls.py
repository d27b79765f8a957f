"""Addresses of the sessions. Rights about one session or registration are checked by the views, on it."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.workshops import (
    asking_views,
    attendance_views,
    demand_views,
    judging_views,
    keeping_views,
    list_views,
    registration_views,
)
from bpc.portal.workshops.states import HOLD

_ALL = "seances"
_ONE = f"{_ALL}/<str:reference>"
_OWN = "mon-espace/seances"
_KEEP = f"{_ALL}/tenir"

patterns = [
    page(_ALL, list_views.workshops, name="workshops", right=PUBLIC),
    page(f"{_ALL}/demander/<slug:code>", asking_views.ask, name="course_ask", right=SIGNED_IN),
    page(f"{_ALL}/demandes/<slug:code>", asking_views.asked, name="course_asked", right=PUBLIC),
    page(f"{_ALL}/ou-ouvrir", demand_views.where, name="workshops_where", right=HOLD),
    page(
        f"{_ALL}/ou-ouvrir/<slug:code>/<str:commune>", demand_views.write, name="workshops_write", right=HOLD
    ),
    page(f"{_ALL}/avis", judging_views.by_course, name="workshops_opinions", right="workshops.figures"),
    page(_KEEP, keeping_views.desk, name="workshops_desk", right=HOLD),
    page(f"{_KEEP}/nouvelle", keeping_views.new, name="workshop_new", right=HOLD),
    page(_OWN, asking_views.mine, name="my_workshops", right=SIGNED_IN),
    page(
        f"{_OWN}/demandes/<int:pk>/retirer",
        asking_views.withdraw,
        name="course_ask_withdraw",
        right=SIGNED_IN,
    ),
    page(f"{_ONE}.ics", list_views.calendar, name="workshop_calendar", right=PUBLIC),
    page(_ONE, list_views.workshop, name="workshop", right=PUBLIC),
    page(f"{_ONE}/inscription", registration_views.register_page, name="workshop_register", right=PUBLIC),
    page(f"{_ONE}/inscription/<str:token>", registration_views.seat, name="workshop_seat", right=PUBLIC),
    page(f"{_ONE}/je-viens", registration_views.join, name="workshop_join", right=SIGNED_IN),
    page(f"{_ONE}/mon-avis/<str:token>", judging_views.judge_page, name="workshop_judge", right=PUBLIC),
    page(f"{_ONE}/tenir", keeping_views.keep, name="workshop_keep", right=HOLD),
    page(f"{_ONE}/tenir/modifier", keeping_views.edit, name="workshop_edit", right=HOLD),
    page(f"{_ONE}/tenir/etat", keeping_views.move, name="workshop_move", right=HOLD),
    page(f"{_ONE}/tenir/annuler", keeping_views.cancel, name="workshop_cancel", right=HOLD),
    page(f"{_ONE}/tenir/avis", judging_views.opinions, name="workshop_opinions", right=HOLD),
    page(f"{_ONE}/inscrits", attendance_views.people, name="workshop_people", right=HOLD),
    page(f"{_ONE}/inscrits/feuille", attendance_views.sheet, name="workshop_sheet", right=HOLD),
    page(
        f"{_ONE}/inscrits/<str:code>/annuler",
        attendance_views.cancel_one,
        name="workshop_cancel_one",
        right=HOLD,
    ),
    page(f"{_ONE}/presence", attendance_views.presence, name="workshop_presence", right=HOLD),
    page(f"{_ONE}/presence/<str:code>", attendance_views.check_in, name="workshop_check_in", right=HOLD),
]
