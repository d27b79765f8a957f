"""Addresses of the expert side of a plan. Rights about one plan are checked by the views, on the plan."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import SIGNED_IN
from bpc.portal.web.plans import (
    comments_views,
    expert_goals,
    expert_paste_views,
    expert_risks,
    expert_views,
    scenarios_views,
    versions_views,
)

_PROJECT = "mon-espace/projets/<str:reference>"
_ONE = f"{_PROJECT}/plans/<int:pk>"
_EXPERT = f"{_ONE}/expert"
_VERSION = f"{_ONE}/versions/<int:number>"

patterns = [
    page(_EXPERT, expert_views.plan_expert, name="plan_expert", right=SIGNED_IN),
    page(f"{_EXPERT}/annuler", expert_views.expert_undo, name="plan_undo", right=SIGNED_IN),
    page(f"{_EXPERT}/retirer", expert_views.expert_remove, name="plan_remove", right=SIGNED_IN),
    page(f"{_EXPERT}/<slug:group>", expert_views.plan_expert, name="plan_expert_group", right=SIGNED_IN),
    page(f"{_EXPERT}/<slug:group>/enregistrer", expert_views.expert_save, name="plan_save", right=SIGNED_IN),
    page(f"{_EXPERT}/<slug:group>/choisir", expert_views.expert_choose, name="plan_choose", right=SIGNED_IN),
    page(f"{_EXPERT}/<slug:group>/ajouter", expert_views.expert_add, name="plan_add", right=SIGNED_IN),
    page(f"{_EXPERT}/<slug:group>/coller", expert_paste_views.plan_paste, name="plan_paste", right=SIGNED_IN),
    page(f"{_PROJECT}/scenarios", scenarios_views.plan_scenarios, name="plan_scenarios", right=SIGNED_IN),
    page(
        f"{_PROJECT}/scenarios/comparer", scenarios_views.plan_compare, name="plan_compare", right=SIGNED_IN
    ),
    page(f"{_ONE}/dupliquer", scenarios_views.scenario_copy, name="scenario_copy", right=SIGNED_IN),
    page(f"{_ONE}/renommer", scenarios_views.scenario_rename, name="scenario_rename", right=SIGNED_IN),
    page(f"{_ONE}/principal", scenarios_views.scenario_main, name="scenario_main", right=SIGNED_IN),
    page(f"{_ONE}/supprimer", scenarios_views.scenario_delete, name="scenario_delete", right=SIGNED_IN),
    page(f"{_ONE}/epreuve", scenarios_views.scenario_stress, name="scenario_stress", right=SIGNED_IN),
    page(f"{_ONE}/versions", versions_views.plan_versions, name="plan_versions", right=SIGNED_IN),
    page(_VERSION, versions_views.plan_version, name="plan_version", right=SIGNED_IN),
    page(f"{_VERSION}/revenir", versions_views.version_restore, name="version_restore", right=SIGNED_IN),
    page(f"{_ONE}/remarques", comments_views.plan_remarks, name="plan_remarks", right=SIGNED_IN),
    page(f"{_ONE}/remarques/<int:remark>", comments_views.plan_remark, name="plan_remark", right=SIGNED_IN),
    page(f"{_ONE}/ce-qu-il-faut", expert_goals.plan_goals, name="plan_goals", right=SIGNED_IN),
    page(f"{_ONE}/risques", expert_risks.plan_risks, name="plan_risks", right=SIGNED_IN),
]
