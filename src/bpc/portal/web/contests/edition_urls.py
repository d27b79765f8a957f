"""Addresses of the pages about editions."""

from django.urls import URLPattern

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.contests import edition_desk_views as desk
from bpc.portal.web.contests import edition_views

_ONE = "ideathons/<slug:slug>"
_KEPT = f"{_ONE}/tenir"
_ORGANISE = "contests.organise"

#: Fixed words first: no edition is ever named so (`edition_actions.RESERVED`).
patterns: list[URLPattern] = [
    page("ideathons/tenir", desk.kept, name="editions_kept", right=_ORGANISE),
    page("ideathons/tenir/nouveau", desk.new_edition, name="edition_new", right=_ORGANISE),
    page(_KEPT, desk.kept_edition, name="edition_kept", right=_ORGANISE),
    page(f"{_KEPT}/dates", desk.edit_days, name="edition_days", right=_ORGANISE),
    page(f"{_KEPT}/annoncer", desk.announce_edition, name="edition_announce", right=_ORGANISE),
    page(f"{_KEPT}/supprimer", desk.delete_edition, name="edition_delete", right=_ORGANISE),
    page(f"{_KEPT}/annuler", desk.end_edition, name="edition_end", right=_ORGANISE),
    page(f"{_KEPT}/<slug:part>", desk.edit_part, name="edition_part", right=_ORGANISE),
    page("ideathons", edition_views.edition_list, name="editions", right=PUBLIC),
    page(f"{_ONE}.ics", edition_views.calendar, name="edition_calendar", right=PUBLIC),
    page(f"{_ONE}/reglement", edition_views.rules, name="edition_rules", right=PUBLIC),
    page(f"{_ONE}/reglement/<int:version>", edition_views.rules, name="edition_rules_version", right=PUBLIC),
    page(
        f"{_ONE}/reglement/<int:version>.json",
        edition_views.rules_file,
        name="edition_rules_file",
        right=PUBLIC,
    ),
    page(_ONE, edition_views.edition, name="edition", right=PUBLIC),
]
