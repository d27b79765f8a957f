"""Addresses of the pages in `web/founding`. Rights about one project are checked by the views, on the project."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import SIGNED_IN
from bpc.portal.web.founding import (
    check_views,
    deposit_views,
    family_views,
    founder_views,
    paper_views,
    reading,
    sharing_views,
)

_ONE = "mon-espace/projets/<str:reference>/creation"

patterns = [
    page(_ONE, reading.creation_file, name="creation_file", right=SIGNED_IN),
    page(f"{_ONE}/membres", founder_views.founders, name="founders", right=SIGNED_IN),
    page(f"{_ONE}/membres/nouveau", founder_views.founder_new, name="founder_new", right=SIGNED_IN),
    page(f"{_ONE}/membres/<int:pk>", founder_views.founder_edit, name="founder", right=SIGNED_IN),
    page(
        f"{_ONE}/membres/<int:pk>/retirer", founder_views.founder_remove, name="founder_remove", right=SIGNED_IN
    ),
    page(f"{_ONE}/verification", check_views.check_file, name="creation_check", right=SIGNED_IN),
    page(f"{_ONE}/partage", sharing_views.sharing, name="founding_sharing", right=SIGNED_IN),
    page(f"{_ONE}/depot", deposit_views.deposit, name="founding_deposit", right=SIGNED_IN),
    page(
        f"{_ONE}/papiers/<slug:code>/<str:language>/signe",
        deposit_views.signed,
        name="founding_signed",
        right=SIGNED_IN,
    ),
    page(f"{_ONE}/papiers", paper_views.papers, name="founding_papers", right=SIGNED_IN),
    page(f"{_ONE}/papiers/tout-<str:language>.zip", paper_views.all_papers, name="founding_bundle", right=SIGNED_IN),
    # before the page of the paper, whose address would take « ar.pdf » for a language
    page(
        f"{_ONE}/papiers/<slug:code>/<str:language>.<str:form>",
        paper_views.paper_file,
        name="founding_paper_file",
        right=SIGNED_IN,
    ),
    page(f"{_ONE}/papiers/<slug:code>/<str:language>", paper_views.paper, name="founding_paper", right=SIGNED_IN),
    page(f"{_ONE}/<slug:family>", family_views.family, name="creation_family", right=SIGNED_IN),
]  # fmt: skip
