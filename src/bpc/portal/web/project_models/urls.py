"""Addresses of the project models."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.project_models import files, views

patterns = [
    page("modeles", views.models, name="models", right=PUBLIC),
    page("modeles/<slug:slug>", views.model, name="model", right=PUBLIC),
    page("modeles/<slug:slug>/banque.pdf", files.model_bank_file, name="model_bank_file", right=PUBLIC),
    page(
        "modeles/<slug:slug>/membres.pdf", files.model_members_sheet, name="model_members_sheet", right=PUBLIC
    ),
    page("modeles/<slug:slug>/plan.xlsx", files.model_workbook, name="model_workbook", right=PUBLIC),
    page("modeles/<slug:slug>/plan.json", views.model_plan, name="model_plan", right=PUBLIC),
]
