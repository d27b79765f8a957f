"""A model's plan as files, as it is published: for the bank, for a meeting, as a workbook.

Only as published: an adapted plan is printed from the project that adopts it, so that
nobody can make the site print without end.
"""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from bpc.core.plan.document import ENGINE_VERSION, input_hash
from bpc.core.plan.indicators.appraisal import Appraisal
from bpc.datasets.model_plans import appraise_model
from bpc.datasets.plan_rules import plan_rules
from bpc.datasets.project_models import read_sources
from bpc.portal.blueprints.catalogue import GENERATION, Published
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.plans.prints import PrintContext, Source, bank_file, members_sheet
from bpc.portal.plans.prints.risk_study import study_risk
from bpc.portal.plans.workbook.provenance import Provenance
from bpc.portal.plans.workbook.writer import build_workbook
from bpc.portal.reference.places import reference
from bpc.portal.web.project_models.views import published_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@kept_for_strangers(GENERATION, "reference")
def model_bank_file(request: HttpRequest, slug: str) -> HttpResponse:
    """« Dossier pour la banque » of the model."""
    entry = published_or_404(slug)
    appraisal = _appraised(entry)
    printed = bank_file(appraisal.run.plan, appraisal, _context(request, entry, appraisal))
    return _file(printed, "application/pdf", f"dossier-banque-{slug}-{get_language()}.pdf")


@require_safe
@kept_for_strangers(GENERATION, "reference")
def model_members_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The page for a meeting of people who hesitate."""
    entry = published_or_404(slug)
    appraisal = _appraised(entry)
    printed = members_sheet(appraisal.run.plan, appraisal, _context(request, entry, appraisal))
    return _file(printed, "application/pdf", f"fiche-membres-{slug}-{get_language()}.pdf")


@require_safe
@kept_for_strangers(GENERATION, "reference")
def model_workbook(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan of the model with live formulas."""
    entry = published_or_404(slug)
    appraisal = _appraised(entry)
    known = read_sources()
    cited = [(name, known[name].title_fr) for name in entry.model.cited_sources if name in known]
    provenance = Provenance(
        engine_version=ENGINE_VERSION,
        input_hash=input_hash(appraisal.run.plan),
        made_on=timezone.localdate(),
        sources=tuple(cited),
    )
    title = entry.model.name.in_language(_language())
    written = build_workbook(appraisal.run.plan, appraisal.run, title=title, provenance=provenance)
    return _file(written, XLSX, f"plan-{slug}-{get_language()}.xlsx")


def _language() -> Literal["fr", "ar"]:
    return "ar" if get_language() == "ar" else "fr"


def _appraised(entry: Published) -> Appraisal:
    return appraise_model(entry.model.model_dump(mode="json"), plan_rules(), _language())


def _context(request: HttpRequest, entry: Published, appraisal: Appraisal) -> PrintContext:
    language = _language()
    return PrintContext(
        title=entry.model.name.in_language(language),
        place="",
        made_on=timezone.localdate(),
        language=language,
        provenance={name: Source(one.title_fr, one.url, one.seen) for name, one in read_sources().items()},
        risk=study_risk(appraisal.run.plan, plan_rules(), language),
        summary=entry.model.summary.in_language(language),
        address=request.build_absolute_uri(reverse("web:model", args=[entry.slug])),
        pictogram=reference().sectors[entry.model.sector].icon,
    )


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
