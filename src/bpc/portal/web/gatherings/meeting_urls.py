"""Addresses of the pages about the meetings."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.gatherings import (
    meeting_attendance_views,
    meeting_keeping_views,
    meeting_list_views,
    meeting_publication_views,
    meeting_registration_views,
)

_ORGANISE = "gatherings.organise"
_ONE = "rencontres/<slug:key>"

patterns = [
    page("rencontres", meeting_list_views.gatherings, name="gatherings", right=PUBLIC),
    page("rencontres/calendrier.ics", meeting_list_views.calendar, name="gatherings_calendar", right=PUBLIC),
    page("rencontres/tenir", meeting_keeping_views.desk, name="gatherings_desk", right=_ORGANISE),
    page("rencontres/tenir/nouvelle", meeting_keeping_views.new, name="gathering_new", right=_ORGANISE),
    page(f"{_ONE}.ics", meeting_list_views.one_calendar, name="gathering_calendar", right=PUBLIC),
    page(_ONE, meeting_list_views.gathering, name="gathering", right=PUBLIC),
    page(
        f"{_ONE}/inscription",
        meeting_registration_views.register_page,
        name="gathering_register",
        right=PUBLIC,
    ),
    page(
        f"{_ONE}/inscription/<str:token>",
        meeting_registration_views.seat,
        name="gathering_seat",
        right=PUBLIC,
    ),
    page(f"{_ONE}/compte-rendu", meeting_list_views.report, name="gathering_report", right=PUBLIC),
    page(f"{_ONE}/photos/<int:pk>", meeting_list_views.photo, name="gathering_photo", right=PUBLIC),
    page(
        f"{_ONE}/photos/<int:pk>/petite",
        meeting_list_views.thumbnail,
        name="gathering_thumbnail",
        right=PUBLIC,
    ),
    page(f"{_ONE}/tenir", meeting_keeping_views.keep, name="gathering_keep", right=_ORGANISE),
    page(f"{_ONE}/tenir/modifier", meeting_keeping_views.edit, name="gathering_edit", right=_ORGANISE),
    page(
        f"{_ONE}/tenir/programme",
        meeting_keeping_views.programme,
        name="gathering_programme",
        right=_ORGANISE,
    ),
    page(f"{_ONE}/tenir/etat", meeting_keeping_views.move, name="gathering_move", right=_ORGANISE),
    page(f"{_ONE}/tenir/annuler", meeting_keeping_views.cancel, name="gathering_cancel", right=_ORGANISE),
    page(
        f"{_ONE}/tenir/compte-rendu",
        meeting_publication_views.write,
        name="gathering_report_edit",
        right=_ORGANISE,
    ),
    page(
        f"{_ONE}/tenir/photos",
        meeting_publication_views.keep_photos,
        name="gathering_photos",
        right=_ORGANISE,
    ),
    page(
        f"{_ONE}/tenir/photos/<int:pk>/retirer",
        meeting_publication_views.withdraw,
        name="gathering_photo_withdraw",
        right=_ORGANISE,
    ),
    page(f"{_ONE}/inscrits", meeting_attendance_views.attendees, name="gathering_attendees", right=_ORGANISE),
    page(
        f"{_ONE}/inscrits.csv",
        meeting_attendance_views.attendees_csv,
        name="gathering_attendees_csv",
        right=_ORGANISE,
    ),
    page(
        f"{_ONE}/inscrits/<str:code>/annuler",
        meeting_attendance_views.cancel_attendee,
        name="gathering_attendee_cancel",
        right=_ORGANISE,
    ),
    page(f"{_ONE}/presence", meeting_attendance_views.presence, name="gathering_presence", right=_ORGANISE),
    page(
        f"{_ONE}/presence/<str:code>",
        meeting_attendance_views.check_in_page,
        name="gathering_check_in",
        right=_ORGANISE,
    ),
]
