"""The creation file of a project: begin it, see what is said and what is left, step by step."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.founding.answers import OUTSIDE_CONDITIONS, catalogue, value_of
from bpc.portal.founding.models import CreationFile
from bpc.portal.founding.queries import file_of, whole_files
from bpc.portal.founding.sums import capital_of
from bpc.portal.journeys.begin_creation import begin_creation
from bpc.portal.projects.models import Project
from bpc.portal.web.founding.words import said
from bpc.portal.web.projects.reading import project_or_404

UNACCEPTABLE = 422
#: The pages before the cooperative exists, then those of its life.
BEFORE = ("name", "seat", "purpose", "capital", "members", "organs", "rules", "meeting", "offices", "dates")
AFTER = ("annual",)


def file_or_404(request: HttpRequest, reference: str) -> CreationFile:
    """The file of this project, if the person may see it; a project without one has no such page."""
    project = project_or_404(request, reference)
    return get_visible_or_404(request.user, whole_files(), project=project)


def frame(request: HttpRequest, project: Project, **more: Any) -> dict[str, Any]:
    """What every page of this room shows around its content."""
    rights = {
        "edits": can(request.user, "projects.fill", project),
        "signs": can(
            request.user, "projects.edit", project
        ),  # who fills under a mandate keeps no signed copy
        "opens": can(request.user, "vault.open", project),
    }
    return {"project": project, **rights, **more}


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the file: its name, what is said there, how much is answered."""

    code: str
    name: str
    why: str
    url: str
    answered: int
    asked: int

    @property
    def state(self) -> str:
        """`done`, `begun` or `empty`."""
        if self.answered >= self.asked:
            return "done"
        return "begun" if self.answered else "empty"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def creation_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The steps; before the file is begun, what it is for."""
    project = project_or_404(request, reference)
    if request.method == "POST":
        begin_creation(project=project, actor=request.user, at=timezone.now())
        messages.success(
            request,
            _("Le dossier est commencé avec ce que le projet savait déjà. Complétez-le à votre rythme."),
        )
        return redirect("web:creation_file", project.reference)
    file = file_of(project)
    if file is None:
        return render(request, "founding/begin.html", frame(request, project))
    founders = list(file.founders.all())
    steps = steps_of(file, len(founders), sum(1 for one in founders if one.shares is not None))
    context = frame(
        request, project, file=file, steps=[steps[code] for code in BEFORE],
        later=[steps[code] for code in AFTER], founders=founders, capital=capital_of(file.answers, founders),
        next=next((steps[code] for code in BEFORE if steps[code].state != "done"), None),
    )  # fmt: skip
    return render(request, "founding/file.html", context)


def steps_of(file: CreationFile, founders: int, with_shares: int) -> dict[str, Step]:
    """Each page by its code; the founders' among them, done when each has shares."""
    reference = file.project.reference
    found = {}
    for family in catalogue().families:
        questions = [one for one in catalogue().of(family.code) if _counts(file, one.code)]
        answered = sum(
            value_of(file.answers, one.code) is not None or one.assumed is not None for one in questions
        )
        url = reverse("web:creation_family", args=[reference, family.code])
        found[family.code] = Step(
            family.code, said(family, ""), said(family, "why"), url, answered, len(questions)
        )
    name, why = _("Les fondateurs"), _("Cinq au moins. Pour chacun : adresse, parts, fonction.")
    found["members"] = Step(
        "members", name, why, reverse("web:founders", args=[reference]), with_shares, max(founders, 5)
    )
    return found


#: Asked only in some cases: left empty, nothing is missing.
_ONLY_IF = {
    "board_size": ("management", "board"), "managers": ("management", "managers"),
    "manager_term_years": ("management", "managers"), "supervisory_size": ("supervisory_committee", "yes"),
    "third_party_percent": ("third_party_trade", "yes"), "interest_paid": ("share_interest", "yes"),
}  # fmt: skip
_NEVER_NEEDED = frozenset(
    {"outside_manager", *OUTSIDE_CONDITIONS, "in_kind_expert", "in_kind_report_on", "name_requested_on"}
)


def _counts(file: CreationFile, code: str) -> bool:
    if code in _NEVER_NEEDED:
        return False
    condition = _ONLY_IF.get(code)
    return condition is None or value_of(file.answers, condition[0]) == condition[1]
