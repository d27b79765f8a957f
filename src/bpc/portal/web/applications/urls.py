"""Addresses of the pages in `web/applications`. Rights about one project are checked by the views, on the project."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import SIGNED_IN
from bpc.portal.web.applications import application_views, piece_views, plan_views, step_views

_ONE = "mon-espace/projets/<str:reference>"
_FILES = f"{_ONE}/dossiers"
_FILE = f"{_FILES}/<int:pk>"
_PIECE = f"{_FILE}/pieces/<str:code>/<str:language>"

patterns = [
    page(
        "mon-espace/dossiers/ouvrir/<slug:slug>",
        application_views.application_begin,
        name="application_begin",
        right=SIGNED_IN,
    ),
    page(_FILES, application_views.applications, name="applications", right=SIGNED_IN),
    page(f"{_FILES}/nouveau", application_views.application_new, name="application_new", right=SIGNED_IN),
    page(_FILE, application_views.application, name="application", right=SIGNED_IN),
    page(
        f"{_FILE}/montant", application_views.application_amount, name="application_amount", right=SIGNED_IN
    ),
    page(f"{_FILE}/cocher", application_views.application_tick, name="application_tick", right=SIGNED_IN),
    page(
        f"{_FILE}/dossier-<str:language>.zip",
        application_views.application_bundle,
        name="application_bundle",
        right=SIGNED_IN,
    ),
    page(_PIECE, piece_views.piece, name="application_piece", right=SIGNED_IN),
    page(
        f"{_PIECE}/fichier.<str:form>", piece_views.piece_file, name="application_piece_file", right=SIGNED_IN
    ),
    page(f"{_FILE}/plan", plan_views.award_in_plan, name="application_plan", right=SIGNED_IN),
    page(f"{_FILE}/suivi/annuler", step_views.step_undo, name="application_undo", right=SIGNED_IN),
    page(f"{_FILE}/suivi/<str:code>", step_views.step, name="application_step", right=SIGNED_IN),
    page(
        f"{_FILE}/suivi/<int:event>/corriger",
        step_views.event_correct,
        name="application_correct",
        right=SIGNED_IN,
    ),
]
