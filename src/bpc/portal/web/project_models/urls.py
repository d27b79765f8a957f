"""Addresses of the project models."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.project_models import views

patterns = [
    page("modeles", views.models, name="models", right=PUBLIC),
    page("modeles/<slug:slug>", views.model, name="model", right=PUBLIC),
    page("modeles/<slug:slug>/plan.json", views.model_plan, name="model_plan", right=PUBLIC),
]
