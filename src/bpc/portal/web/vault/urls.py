"""Addresses of the pages in `web/vault`. Rights about one project are checked by the views, on the project."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.vault import life_views, share_views, views

_VAULT = "mon-espace/projets/<str:reference>/coffre"

patterns = [
    page(_VAULT, views.vault_page, name="vault", right=SIGNED_IN),
    page(f"{_VAULT}/ajouter", views.paper_new, name="paper_new", right=SIGNED_IN),
    page(f"{_VAULT}/<int:pk>", views.paper_page, name="paper", right=SIGNED_IN),
    page(f"{_VAULT}/<int:pk>/remplacer", views.paper_replace, name="paper_replace", right=SIGNED_IN),
    page(f"{_VAULT}/<int:pk>/effacer", life_views.paper_delete, name="paper_delete", right=SIGNED_IN),
    page(f"{_VAULT}/<int:pk>/fichier", views.paper_file, name="paper_file", right=SIGNED_IN),
    page(f"{_VAULT}/<int:pk>/reprendre", life_views.paper_take_back, name="paper_take_back", right=SIGNED_IN),
    page(
        f"{_VAULT}/<int:pk>/effacer-maintenant", life_views.paper_erase, name="paper_erase", right=SIGNED_IN
    ),
    page(f"{_VAULT}/<int:pk>/remettre", life_views.paper_restore, name="paper_restore", right=SIGNED_IN),
    page(f"{_VAULT}/<int:pk>/lecteurs", life_views.paper_audience, name="paper_audience", right=SIGNED_IN),
    page(f"{_VAULT}/<int:pk>/partager", share_views.paper_share, name="paper_share", right=SIGNED_IN),
    page(
        f"{_VAULT}/<int:pk>/liens/<int:link>/fermer",
        share_views.link_revoke,
        name="link_revoke",
        right=SIGNED_IN,
    ),
    # whoever holds the address: the view opens the one paper it was made for
    page("piece-partagee/<str:secret>", share_views.shared_paper, name="shared_paper", right=PUBLIC),
]
