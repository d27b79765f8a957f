"""The plan as files: for the bank, for the members' meeting, for another program; and back from a file."""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.core.plan.document import ENGINE_VERSION
from bpc.core.plan.problems import InvalidPlan, Problem
from bpc.datasets.plan_rules import plan_rules
from bpc.datasets.project_models import read_sources
from bpc.portal.blueprints.catalogue import at_version
from bpc.portal.foundation.permissions import check
from bpc.portal.plans.models import Plan
from bpc.portal.plans.paths import check_value
from bpc.portal.plans.prints import PrintContext, Source, bank_file, members_sheet
from bpc.portal.plans.prints.risk_study import study_risk
from bpc.portal.plans.reckoning import MOST_BYTES, Reckoning, reckon_stored
from bpc.portal.plans.refusal_words import written_refusal
from bpc.portal.plans.scenarios import Title, TooManyScenarios, create_plan
from bpc.portal.plans.workbook.provenance import Provenance
from bpc.portal.plans.workbook.writer import build_workbook
from bpc.portal.web.plans.guided import plan_or_404
from bpc.portal.web.projects.reading import project_or_404

_UNACCEPTABLE = 422
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: A file of ours holds the document and what it gave; a few times the document at most.
MOST_FILE = 3 * MOST_BYTES
MOST_TOLD = 30
#: Steps of the deepest place told.
MOST_PLACES = 5
LONGEST_NAME = 80
Language = Literal["fr", "ar"]


@never_cache
@require_safe
def plan_bank_file(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """« Dossier pour la banque », in the language of the address."""
    row, reckoning = _reckoned(request, reference, pk)
    if reckoning is None:
        return redirect("web:plan", row.project.reference, row.pk)
    printed = bank_file(reckoning.assumptions, reckoning.appraisal, _context(request, row, reckoning))
    return _pdf(printed, "dossier-banque", row)


@never_cache
@require_safe
def plan_members_sheet(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The page for the members' meeting."""
    row, reckoning = _reckoned(request, reference, pk)
    if reckoning is None:
        return redirect("web:plan", row.project.reference, row.pk)
    printed = members_sheet(reckoning.assumptions, reckoning.appraisal, _context(request, row, reckoning))
    return _pdf(printed, "fiche-membres", row)


@never_cache
@require_safe
def plan_workbook(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The plan as a workbook whose formulas recalculate."""
    row, reckoning = _reckoned(request, reference, pk)
    if reckoning is None:
        return redirect("web:plan", row.project.reference, row.pk)
    provenance = Provenance(
        engine_version=ENGINE_VERSION,
        input_hash=reckoning.input_hash,
        made_on=timezone.localdate(),
        place=row.project.commune.name,
        organisation=row.project.organisation.name if row.project.organisation else "",
        sources=_cited(row),
    )
    run = reckoning.appraisal.run
    written = build_workbook(run.plan, run, title=row.project.name, provenance=provenance)
    return _file(written, XLSX, f"{_file_stem('plan', row)}-{get_language()}.xlsx")


def _cited(row: Plan) -> tuple[tuple[str, str], ...]:
    """The sources that the model the plan came from cites."""
    if not row.blueprint_version.isdecimal():
        return ()
    adopted, known = at_version(row.blueprint_slug, int(row.blueprint_version)), read_sources()
    names = adopted.model.cited_sources if adopted is not None else ()
    return tuple((name, known[name].title_fr) for name in names if name in known)


@never_cache
@require_safe
def plan_json(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The assumptions, with the version of the engine and the hash that name what they give."""
    row, reckoning = _reckoned(request, reference, pk)
    content: dict[str, Any] = {
        "format": "bpc-plan",
        "engine_version": ENGINE_VERSION,
        "input_hash": reckoning.input_hash if reckoning is not None else row.input_hash,
        "model": {"slug": row.blueprint_slug, "version": row.blueprint_version},
        "plan": row.document,
        "indicators": row.headline,
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return _file(text.encode(), "application/json", f"{_file_stem('plan', row)}.json")


def _reckoned(request: HttpRequest, reference: str, pk: int) -> tuple[Plan, Reckoning | None]:
    row = plan_or_404(request, reference, pk)
    return row, reckon_stored(row.document)


def _context(request: HttpRequest, row: Plan, reckoning: Reckoning) -> PrintContext:
    language: Language = "ar" if get_language() == "ar" else "fr"
    project, place = row.project, row.project.commune
    return PrintContext(
        title=project.name,
        place=getattr(place, f"name_{language}") or place.name_fr,
        made_on=timezone.localdate(),
        language=language,
        provenance=_provenance(),
        risk=study_risk(reckoning.assumptions, plan_rules(), language),
        summary=project.summary[:400],
        address=request.build_absolute_uri(reverse("web:plan", args=[project.reference, row.pk])),
        pictogram=project.sector.icon,
    )


def _provenance() -> dict[str, Source]:
    return {name: Source(one.title_fr, one.url, one.seen) for name, one in read_sources().items()}


def _pdf(content: bytes, kind: str, row: Plan) -> HttpResponse:
    return _file(content, "application/pdf", f"{_file_stem(kind, row)}-{get_language()}.pdf")


def _file_stem(kind: str, row: Plan) -> str:
    """A name that any disk takes: letters, digits and hyphens, whatever the scenario is called."""
    return file_name(kind, row.project.reference, row.name, timezone.localdate())


def file_name(kind: str, reference: str, name: str, day: date) -> str:
    """« dossier-banque-4KJ7-2M9-notre-plan-2026-11-22 ».

    >>> file_name("plan", "4KJ7-2M9", '../Été "sec" \\r\\n', date(2026, 11, 22))
    'plan-4KJ7-2M9-ete-sec-2026-11-22'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    return "-".join(part for part in (kind, reference, words, day.isoformat()) if part)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Engine-Version"] = ENGINE_VERSION
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan_import(request: HttpRequest, reference: str) -> HttpResponse:
    """A plan from a file: checked whole, then one scenario more; otherwise every fault with its place."""
    project = project_or_404(request, reference)
    check(request.user, "projects.fill", project)
    context: dict[str, Any] = {"project": project, "faults": [], "refusals": [], "more": 0}
    if request.method != "POST":
        return render(request, "plans/import.html", context)
    document: Any = {}
    try:
        document = _read_upload(request)
        made = create_plan(
            project=project, title=Title(_name_of(document), get_language() or "fr"), document=document,
            actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except InvalidPlan as refused:
        told = [_refusal(problem, document) for problem in refused.problems[:MOST_TOLD]]
        context |= {"refusals": told, "more": len(refused.problems) - len(told)}
    except TooManyScenarios:
        context["faults"] = [_("Ce projet a déjà autant de scénarios qu’il peut : effacez-en un d’abord.")]
    else:
        messages.success(request, _("Le plan du fichier est devenu un nouveau scénario."))
        return redirect("web:plan", project.reference, made.pk)
    return render(request, "plans/import.html", context, status=_UNACCEPTABLE)


def _read_upload(request: HttpRequest) -> Any:
    """The document of the file sent: bare, or as `plan_json` writes it. Raises `InvalidPlan`."""
    sent = request.FILES.get("file")
    if sent is None:
        raise InvalidPlan([Problem("E_missing", "")])
    if (sent.size or 0) > MOST_FILE:
        raise InvalidPlan([Problem("E_too_large", "", {"kilobytes": MOST_FILE // 1000})])
    try:
        read = json.loads(sent.read().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InvalidPlan([Problem("E_json_invalid")]) from None
    if isinstance(read, dict) and isinstance(read.get("plan"), dict):
        read = read["plan"]
    if not isinstance(read, dict):
        raise InvalidPlan([Problem("E_not_json")])
    if faults := _unreadable(read):
        raise InvalidPlan(faults)
    return read


def _unreadable(value: Any, path: str = "", depth: int = 0) -> list[Problem]:
    """What no plan holds, endless numbers or half letters, each with its own place as far as one can say it."""
    try:
        check_value(value, path)
    except InvalidPlan as refused:
        inside = [] if depth >= MOST_PLACES else list(_children(value))
        deeper = [
            fault
            for name, one in inside
            for fault in _unreadable(one, f"{path}.{name}".strip("."), depth + 1)
        ]
        return deeper or refused.problems
    return []


def _children(value: Any) -> Iterator[tuple[str, Any]]:
    """What a list or an object holds, items by their id."""
    if isinstance(value, dict):
        yield from ((str(key)[:40], one) for key, one in value.items())
    elif isinstance(value, list):
        for number, one in enumerate(value):
            name = one.get("id") if isinstance(one, dict) else None
            yield (name[:40] if isinstance(name, str) else str(number)), one


def _name_of(document: dict[str, Any]) -> str:
    name = document.get("name")
    clean = " ".join(name.split())[:LONGEST_NAME] if isinstance(name, str) else ""
    return "".join(letter for letter in clean if letter.isprintable()) or _("Plan importé")


def _refusal(problem: Problem, document: Any) -> dict[str, str]:
    told = written_refusal(problem, document if isinstance(document, dict) else {})
    return {"path": told.path[:200], "where": told.where, "sentence": told.sentence}
