"""Addresses of the pages about results. Rights about one edition or entry are checked by the views, on it."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.contests import (
    result_certificates,
    result_desk,
    result_feedback_words,
    result_slots,
    result_views,
)

_ONE = "ideathons/<slug:slug>"
_DESK = f"{_ONE}/presidence/palmares"
_OWN = "mon-espace/candidatures/<str:reference>"
_SLOTS = "mon-espace/creneaux"

patterns = [
    page("ideathons/recalculer.py", result_views.recompute_script, name="recompute_script", right=PUBLIC),
    page(f"{_ONE}/resultats", result_views.results, name="results", right=PUBLIC),
    page(f"{_ONE}/verdict.json", result_views.verdict_file, name="verdict_file", right=PUBLIC),
    page(f"{_ONE}/laureats/<str:reference>", result_views.laureate, name="laureate", right=PUBLIC),
    page(f"{_ONE}/resultats/retours", result_desk.feedback_desk, name="feedback_desk", right=SIGNED_IN),
    page(
        f"{_ONE}/resultats/retours/<str:reference>",
        result_feedback_words.feedback_words,
        name="feedback_words",
        right=SIGNED_IN,
    ),
    page(_DESK, result_desk.ranking_desk, name="ranking_desk", right=SIGNED_IN),
    # before the codes of entries, which are never these words
    page(f"{_DESK}/calculer", result_desk.ranking_compute, name="ranking_compute", right=SIGNED_IN),
    page(f"{_DESK}/proposition", result_desk.ranking_take, name="ranking_take", right=SIGNED_IN),
    page(f"{_DESK}/publier", result_desk.results_publish, name="results_publish", right=SIGNED_IN),
    page(f"{_DESK}/<str:reference>", result_desk.entry_decide, name="entry_decide", right=SIGNED_IN),
    page("attestations", result_certificates.attestations, name="attestations", right=PUBLIC),
    page(
        "attestations/<str:code>/attestation-<str:language>.pdf",
        result_certificates.attestation_pdf,
        name="attestation_pdf",
        right=SIGNED_IN,
    ),
    page("attestations/<str:code>", result_certificates.attestation, name="attestation", right=PUBLIC),
    page(f"{_OWN}/rendez-vous", result_slots.slot_take, name="slot_take", right=SIGNED_IN),
    page(f"{_OWN}/rendez-vous/rendre", result_slots.slot_give_back, name="slot_give_back", right=SIGNED_IN),
    page(f"{_OWN}/rendez-vous.ics", result_slots.slot_calendar, name="slot_calendar", right=SIGNED_IN),
    page(f"{_OWN}/accompagnement", result_slots.support_answer, name="support_answer", right=SIGNED_IN),
    page(_SLOTS, result_slots.advisor_slots, name="advisor_slots", right="contests.advise_teams"),
    page(
        f"{_SLOTS}.ics", result_slots.advisor_calendar, name="advisor_calendar", right="contests.advise_teams"
    ),
    page(
        f"{_SLOTS}/<int:pk>/retirer",
        result_slots.slot_withdraw,
        name="slot_withdraw",
        right="contests.advise_teams",
    ),
]
