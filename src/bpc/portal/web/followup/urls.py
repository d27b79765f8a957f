"""Addresses of the pages in `web/followup`. Rights about one project are checked by the views, on the project."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.followup import advising, calendar_views, drafting, keeping, reading, writing

_ALL = "mon-espace/projets/<str:reference>/parcours"
_ONE = f"{_ALL}/<int:pk>"
_STEP = f"{_ONE}/etapes/<slug:step>"

_KEPT = "administration/parcours"
_TEMPLATE = f"{_KEPT}/<slug:slug>"
_DRAFT = f"{_TEMPLATE}/brouillon"
_RIGHT = "followup.templates"

patterns = [
    page("mon-espace/calendrier", calendar_views.calendar_feed, name="calendar_feed", right=SIGNED_IN),
    # whoever has the address: calendars do not sign in
    page(
        "calendrier/<int:pk>-<slug:token>.ics",
        calendar_views.calendar_file,
        name="calendar_file",
        right=PUBLIC,
    ),
    page("mon-espace/parcours-suivis", advising.advised_paths, name="advised_paths", right=SIGNED_IN),
    page(_ALL, reading.paths, name="paths", right=SIGNED_IN),
    page(f"{_ALL}/ouvrir", writing.path_open, name="path_open", right=SIGNED_IN),
    page(f"{_ALL}/informations", writing.path_facts, name="path_facts", right=SIGNED_IN),
    page(f"{_ALL}/dates/<slug:event>", writing.path_date, name="path_date", right=SIGNED_IN),
    page(_ONE, reading.path, name="path", right=SIGNED_IN),
    page(f"{_ONE}/version", writing.path_update, name="path_update", right=SIGNED_IN),
    page(f"{_ONE}/fermer", writing.path_close, name="path_close", right=SIGNED_IN),
    page(f"{_ONE}/reprendre", writing.path_reopen, name="path_reopen", right=SIGNED_IN),
    page(_STEP, writing.path_step, name="path_step", right=SIGNED_IN),
    page(f"{_STEP}/annuler", writing.path_step_undo, name="path_step_undo", right=SIGNED_IN),
    page(_KEPT, keeping.path_templates, name="path_templates", right=_RIGHT),
    page(f"{_KEPT}/nouveau", drafting.template_new, name="path_template_new", right=_RIGHT),
    page(_TEMPLATE, keeping.path_template, name="path_template", right=_RIGHT),
    page(f"{_TEMPLATE}/versions", keeping.template_compare, name="path_template_compare", right=_RIGHT),
    page(f"{_TEMPLATE}/publier", keeping.template_publish, name="path_template_publish", right=_RIGHT),
    page(
        f"{_TEMPLATE}/apercu/<slug:step>",
        keeping.template_preview,
        name="path_template_preview",
        right=_RIGHT,
    ),
    page(f"{_DRAFT}/essai", keeping.template_trial, name="path_template_trial", right=_RIGHT),
    page(_DRAFT, drafting.template_draft, name="path_template_draft", right=_RIGHT),
    page(
        f"{_TEMPLATE}/versions/<int:number>/reprendre",
        drafting.template_take_up,
        name="path_template_take_up",
        right=_RIGHT,
    ),
    page(f"{_DRAFT}/abandonner", drafting.template_discard, name="path_template_discard", right=_RIGHT),
    page(f"{_DRAFT}/general", drafting.template_heading, name="path_template_heading", right=_RIGHT),
    page(f"{_DRAFT}/partie", drafting.template_phase, name="path_template_phase_new", right=_RIGHT),
    page(f"{_DRAFT}/parties/<slug:phase>", drafting.template_phase, name="path_template_phase", right=_RIGHT),
    page(
        f"{_DRAFT}/parties/<slug:phase>/changer",
        drafting.template_phase_act,
        name="path_template_phase_act",
        right=_RIGHT,
    ),
    page(f"{_DRAFT}/source", drafting.template_source, name="path_template_source_new", right=_RIGHT),
    page(f"{_DRAFT}/sources/<slug:key>", drafting.template_source, name="path_template_source", right=_RIGHT),
    page(
        f"{_DRAFT}/sources/<slug:key>/changer",
        drafting.template_source_act,
        name="path_template_source_act",
        right=_RIGHT,
    ),
    page(f"{_DRAFT}/etape", drafting.template_step, name="path_template_step_new", right=_RIGHT),
    page(f"{_DRAFT}/etapes/<slug:step>", drafting.template_step, name="path_template_step", right=_RIGHT),
    page(
        f"{_DRAFT}/etapes/<slug:step>/changer",
        drafting.template_step_act,
        name="path_template_step_act",
        right=_RIGHT,
    ),
]
