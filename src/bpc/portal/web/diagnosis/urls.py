"""Addresses of the pages in `web/diagnosis`. Rights about one project are checked by the views, on the project."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import SIGNED_IN
from bpc.portal.web.diagnosis import views

_ALL = "mon-espace/projets/<str:reference>/autodiagnostic"
_ONE = f"{_ALL}/<int:number>"

patterns = [
    page(_ALL, views.diagnosis, name="diagnosis", right=SIGNED_IN),
    page(f"{_ALL}/commencer", views.diagnosis_begin, name="diagnosis_begin", right=SIGNED_IN),
    page(_ONE, views.diagnosis_result, name="diagnosis_result", right=SIGNED_IN),
    page(f"{_ONE}/abandonner", views.diagnosis_give_up, name="diagnosis_give_up", right=SIGNED_IN),
    page(f"{_ONE}/<slug:family>", views.diagnosis_family, name="diagnosis_family", right=SIGNED_IN),
]
