"""Addresses of the pages in `web/ideas`."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.ideas import deposit_views, list_views, withdraw_views
from bpc.portal.web.ideas.commune_map import commune_map
from bpc.portal.web.ideas.life_urls import life_patterns

# Proposing, listing, reading. The edit page is also for the holder of a signed link: the view decides.
public_patterns = [
    page("idees", list_views.ideas, name="ideas", right=PUBLIC),
    page("idees/proposer", deposit_views.idea_new, name="idea_new", right=PUBLIC),
    page("idees/proposer/communes", deposit_views.communes, name="idea_communes", right=PUBLIC),
    page("idees/proposer/carte", commune_map, name="idea_commune_map", right=PUBLIC),
    page("idees/envoyee/<str:token>", deposit_views.idea_sent, name="idea_sent", right=PUBLIC),
    page("idees/<str:reference>", list_views.idea, name="idea", right=PUBLIC),
    page("idees/<str:reference>/retirer", withdraw_views.idea_withdraw, name="idea_withdraw", right=PUBLIC),
    page("idees/<str:reference>/modifier", deposit_views.idea_edit, name="idea_edit", right=PUBLIC),
    page(
        "idees/<str:reference>/fichiers/<int:pk>", list_views.attachment, name="idea_attachment", right=PUBLIC
    ),
    page("idees/<str:reference>/apercus/<int:pk>", list_views.thumbnail, name="idea_thumbnail", right=PUBLIC),
]

# Before `idees/<reference>`, which would take `idees/suivre` for a code.
patterns = [*life_patterns, *public_patterns]
