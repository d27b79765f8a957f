"""Addresses of the financing plan of a project. Views check rights on the study itself."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import SIGNED_IN
from bpc.portal.web.financing import accept_views, study_exports, study_views

_HERE = "mon-espace/projets/<str:reference>/plan-de-financement"
_ONE = f"{_HERE}/<int:number>"

PLAN = [
    page(_HERE, study_views.financing_plan, name="financing_plan", right=SIGNED_IN),
    page(f"{_HERE}/etudes", study_views.financing_history, name="financing_history", right=SIGNED_IN),
    page(_ONE, study_views.financing_study, name="financing_study", right=SIGNED_IN),
    page(f"{_ONE}/sans", study_views.financing_strike, name="financing_strike", right=SIGNED_IN),
    page(f"{_ONE}/retirer", study_views.financing_withdraw, name="financing_withdraw", right=SIGNED_IN),
    page(
        f"{_ONE}/accepter/<int:rank>", accept_views.financing_accept, name="financing_accept", right=SIGNED_IN
    ),
    page(f"{_ONE}/defaire", accept_views.financing_take_back, name="financing_take_back", right=SIGNED_IN),
    page(f"{_ONE}/plan.pdf", study_exports.financing_pdf, name="financing_pdf", right=SIGNED_IN),
    page(f"{_ONE}/caisse.csv", study_exports.financing_csv, name="financing_csv", right=SIGNED_IN),
    page(f"{_ONE}/caisse.xlsx", study_exports.financing_xlsx, name="financing_xlsx", right=SIGNED_IN),
]
