"""What the page of a study is given."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from bpc.portal.financing import proposal_words as words
from bpc.portal.financing.models import FinancingPlan
from bpc.portal.financing.states import PlanState
from bpc.portal.financing.studies import Options, Study, UnreadableStudy, read_options, read_study
from bpc.portal.foundation.permissions import can
from bpc.portal.journeys.study_financing import needed_by, sources_stamp
from bpc.portal.plans.models import Plan
from bpc.portal.projects.models import Project
from bpc.portal.web.financing import study_cards
from bpc.portal.web.financing.study_cards import Sources
from bpc.portal.web.financing.study_sources import known_sources
from bpc.portal.web.financing.wish_form import WishForm, initial_of
from bpc.portal.web.plans.expert_telling import person_name

Context = dict[str, Any]


def empty_page(request: HttpRequest, project: Project) -> Context:
    """A project without a plan."""
    return {"project": project, "edits": can(request.user, "projects.edit", project)}


def study_page(
    request: HttpRequest,
    plan: Plan | None,
    plans: list[Plan],
    row: FinancingPlan | None,
    form: WishForm | None = None,
) -> Context:
    """The need, the form, and what the study found. `plan` None: its scenario was deleted since."""
    sources = known_sources()
    project = plan.project if plan is not None else row.project  # type: ignore[union-attr]  # one of both is there
    study, options = _read(row)
    need = study.need if study is not None else needed_by(plan) if plan is not None else None
    edits = can(request.user, "financing.study", project)
    context: Context = {
        "project": project,
        "plan": plan,
        "scenarios": plans if len(plans) > 1 else [],
        "row": row,
        "unreadable": row is not None and study is None,
        "edits": edits,
        "opens_files": can(request.user, "applications.open", project),
        "decides": edits and row is not None and row.state == PlanState.PROPOSED and plan is not None,
        "undoes": edits and _undoes(request, plan, row),
        "form": form or WishForm(initial=initial_of(options), known=sources.names),
        "struck": [(slug, sources.names[slug]) for slug in options.struck if slug in sources.names],
        "forced": [(slug, sources.names[slug]) for slug in options.forced if slug in sources.names],
        "wished": options.forced,
        "need": study_cards.need_figures(need) if need is not None else [],
        "charts": study_cards.need_charts(need) if need is not None else None,
        "asked_by": person_name(row.made_by) if row is not None else "",
        "made_at": timezone.localtime(row.made_at) if row is not None else None,
        "changed": _changed(plan, row),
    }
    return context | (_found(study, row, sources) if study is not None and row is not None else {})


def _read(row: FinancingPlan | None) -> tuple[Study | None, Options]:
    if row is None:
        return None, Options()
    try:
        return read_study(row.study), read_options(row.options)
    except UnreadableStudy:
        return None, Options()


def _found(study: Study, row: FinancingPlan, sources: Sources) -> Context:
    cards = study_cards.cards_of(study, sources, row.chosen)
    return {
        "study": study,
        "sentence": study_cards.sentence_of(study) if study.proposals else "",
        "cards": [card for card in cards if not card.optimistic],
        "optimistic": [card for card in cards if card.optimistic],
        "letters": [card.letter for card in cards],
        "compared": study_cards.compared_rows(study) if len(cards) > 1 else [],
        "told": _not_counted(study, sources),
        "reasons": [words.reason_words(reason, sources.names) for reason in study.reasons],
        "opens": [
            {
                "code": one.code,
                "source": one.source,
                "text": words.opening_words(one, sources.names),
            }
            for one in study.opens
        ],
    }


def _undoes(request: HttpRequest, plan: Plan | None, row: FinancingPlan | None) -> bool:
    """Whether the person accepted it, and nothing changed in the plan since."""
    if plan is None or row is None or row.state != PlanState.ACCEPTED:
        return False
    return row.decided_by_id == request.user.pk and plan.revision == row.accepted_revision


def _not_counted(study: Study, sources: Sources) -> list[Context]:
    """Sources of the directory that no proposal could use, group by group, and why."""
    groups = (
        ("answers", _("Il manque une réponse de votre groupe pour savoir si vous y avez droit"), study.to_complete),
        ("alike", _("Mêmes conditions qu’une autre source, comptée à leur place"), study.alike),
        ("unpriced", _("Le montant n’est écrit nulle part : à demander à l’organisme"), study.unpriced),
        ("unplanned", _("Une aide utile, mais pas de l’argent sur lequel compter : prix, garantie, conseil, impôt"),
         study.unplanned),
    )  # fmt: skip
    return [
        {
            "code": code,
            "title": title,
            "sources": [
                {"name": words.named(slug, sources.names), "sheet": sources.sheets.get(slug, "")}
                for slug in slugs
            ],
        }
        for code, title, slugs in groups
        if slugs
    ]


def _changed(plan: Plan | None, row: FinancingPlan | None) -> list[str]:
    """What is no longer as it was when the study was made, in sentences."""
    if row is None:
        return []
    if plan is None:
        return [_("Le scénario de cette étude a été supprimé depuis.")]
    told = []
    if row.state == PlanState.ACCEPTED:
        if plan.revision != row.accepted_revision:
            told.append(_("Le plan a changé depuis que cette proposition y est écrite."))
        return told
    if plan.revision != row.plan_revision:
        told.append(_("Le plan a changé depuis ce calcul."))
    if row.sources_stamp != sources_stamp():
        told.append(_("Le répertoire des financements a changé depuis ce calcul."))
    return told
