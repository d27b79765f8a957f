"""The kinds of pages of the sessions in a room: the calendar, a seat, what one thinks, the trainer's desk."""

from tests.browser.kinds import Kind, send_empty

_FORM = "main form[method=post] button[type=submit]"
_COURSE = "bookkeeping-from-zero"
_COMING, _HELD = "seances/{session}", "seances/{session_held}"
SESSIONS = (
    Kind("sessions", "seances"),
    Kind("sessions-past", "seances?passees=1&region=09"),
    Kind("sessions-none", "seances?region=12"),
    Kind("session", _COMING),
    Kind("session-held", _HELD),
    Kind("session-register-faults", f"{_COMING}/inscription", act=send_empty(_FORM), status=422),
    Kind("session-register-closed", f"{_HELD}/inscription"),
    Kind("session-seat", f"{_COMING}/inscription/{{seat}}"),
    Kind("session-seat-held", f"{_HELD}/inscription/{{seat_held}}"),
    Kind("session-judge-faults", f"{_HELD}/mon-avis/{{seat_held}}", act=send_empty(_FORM), status=422),
    Kind("session-judge-early", f"{_COMING}/mon-avis/{{seat}}"),
    Kind("course-ask", f"seances/demander/{_COURSE}", "citizen"),
    Kind("course-asked", f"seances/demandes/{_COURSE}"),
    Kind("my-sessions", "mon-espace/seances", "holder"),
    Kind("my-sessions-past", "mon-espace/seances", "citizen"),
    Kind("session-desk", "seances/tenir", "trainer"),
    Kind("sessions-where", "seances/ou-ouvrir", "trainer"),
    Kind(
        "sessions-write-faults", f"seances/ou-ouvrir/{_COURSE}/09.541.01.13", "trainer", act=send_empty(_FORM),
        status=422,
    ),
    Kind("session-new-faults", "seances/tenir/nouvelle", "trainer", act=send_empty(_FORM), status=422),
    Kind("session-keep", f"{_COMING}/tenir", "trainer"),
    Kind("session-keep-held", f"{_HELD}/tenir", "trainer"),
    Kind("session-edit", f"{_COMING}/tenir/modifier", "trainer"),
    Kind("session-cancel-faults", f"{_COMING}/tenir/annuler", "trainer", act=send_empty(_FORM), status=422),
    Kind("session-people", f"{_COMING}/inscrits", "trainer"),
    Kind("session-sheet", f"{_COMING}/inscrits/feuille", "trainer"),
    Kind("session-presence", f"{_HELD}/presence", "trainer"),
    Kind("session-presence-early", f"{_COMING}/presence", "trainer"),
    Kind("session-check-in", f"{_HELD}/presence/{{seat_code}}", "trainer"),
    Kind("session-opinions", f"{_HELD}/tenir/avis", "trainer"),
    Kind("sessions-opinions", "seances/avis", "administrator"),
)  # fmt: skip
