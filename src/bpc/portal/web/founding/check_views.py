"""« Vérifier mon dossier »: what the law finds in the file, rule by rule. It shows the way, and decides nothing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.core.law.findings import Finding, Verdict
from bpc.datasets.law_rules import read_law_rules
from bpc.portal.founding.answers import catalogue
from bpc.portal.founding.assembly import assembly_findings
from bpc.portal.founding.bridge import findings_of
from bpc.portal.founding.models import FoundingMember
from bpc.portal.founding.values import CONDITION_LABELS
from bpc.portal.reference.law_words import name_article
from bpc.portal.web.founding.reading import file_or_404, frame
from bpc.portal.web.founding.words import condition_words, is_arabic
from bpc.portal.web.training.hints import LessonHint, LessonHints

_FOUNDER = re.compile(r"founders\[(\d+)\](?:\.eligibility\.(\w+))?")
_MOST_PLACES = 6
#: Fields of the law's file that are asked under another name; the statutes' own clauses lead to the paper.
_ASKED_AS = {
    "approved_name": "name_fr", "statutes_name": "name_fr", "proposed_names": "name_1", "capital": "share_value",
    "registration_asked": "registration_requested_on", "local_deposit": "local_receipt_on",
    "name_approved": "name_certified_on", "court_province": "court_of_seat",
    "activity_started": "registered_on",
    "third_party_share": "third_party_percent", "called_on": "assembly_convened_on", "held_on": "assembly_on",
    "present": "members_present", "members": "members_now",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where to mend what a rule found."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A rule as the page tells it; `places` says where to look when it is not met."""

    verdict: str
    rule: str
    law: str
    places: list[Place]
    why: tuple[str, ...] = ()  # each condition that fails, where a rule has several
    lesson: LessonHint | None = None


@never_cache
@require_safe
def check_file(request: HttpRequest, reference: str) -> HttpResponse:
    """What is against the law first, then what is not known, then what is met."""
    file = file_or_404(request, reference)
    founders = list(file.founders.all())
    names = {str(one.pk): one for one in founders}
    today = timezone.localdate()
    found = (*findings_of(file, founders, today), *assembly_findings(file.answers, founders, today))
    lessons = LessonHints()
    groups = [
        {"code": code, "title": title,
         "rows": [_row(one, reference, names, lessons) for one in found if one.verdict == code]}
        for code, title in (
            (Verdict.UNMET, _("À corriger")), (Verdict.UNKNOWN, _("Pas encore connu")), (Verdict.MET, _("En règle")),
        )
    ]  # fmt: skip
    return render(request, "founding/check.html", frame(request, file.project, groups=groups))


def _row(finding: Finding, reference: str, founders: dict[str, FoundingMember], lessons: LessonHints) -> Row:
    rule = read_law_rules().by_id[finding.rule]
    places = [] if finding.verdict == Verdict.MET else _places(finding.about, reference, founders)
    text = name_article(finding.law, finding.article)
    label = rule.label_ar if is_arabic() else rule.label_fr
    lesson = None if finding.verdict == Verdict.MET else lessons.of(f"law:{finding.rule}")
    return Row(str(finding.verdict), label, text, places, _why(finding), lesson)


def _why(finding: Finding) -> tuple[str, ...]:
    """Which of the conditions of article 65 fails, each with its own words."""
    failed = [path.rpartition(".")[2] for path in finding.about if ".eligibility." in path]
    if finding.verdict != Verdict.UNMET:
        return ()
    return tuple(condition_words(one, finding.article) for one in dict.fromkeys(failed))


def _places(about: Sequence[str], reference: str, founders: dict[str, FoundingMember]) -> list[Place]:
    found = dict.fromkeys(filter(None, (_place(path, reference, founders) for path in about)))
    return list(_few(found))


def _few(places: Iterable[Place]) -> Iterable[Place]:
    for rank, place in enumerate(places):
        if rank < _MOST_PLACES:
            yield place


def _place(path: str, reference: str, founders: dict[str, FoundingMember]) -> Place | None:
    """The page where a field of the law's file is filled; none for what nobody asks here."""
    if (found := _FOUNDER.match(path)) and found.group(1) in founders:
        founder, condition = founders[found.group(1)], found.group(2)
        name, url = (
            founder.name_in("ar" if is_arabic() else "fr"),
            reverse("web:founder", args=[reference, founder.pk]),
        )
        if condition is None:
            return Place(name, url)
        about = _("%(name)s : %(condition)s") % {"name": name, "condition": CONDITION_LABELS[condition]}
        return Place(about, f"{url}#field-{condition}")
    if path.startswith("outside_managers"):
        path = f"outside_{path.rpartition('.')[2]}"
    if path.startswith("founders"):
        return Place(_("Les fondateurs"), reverse("web:founders", args=[reference]))
    if path == "papers":
        return Place(_("Les pièces du greffe"), reverse("web:founding_deposit", args=[reference]))
    if path == "choices.mentions":
        return Place(
            _("Les statuts"),
            reverse("web:founding_paper", args=[reference, "statutes", "ar" if is_arabic() else "fr"]),
        )
    bare = path.removeprefix("choices.").removeprefix("events.")
    code = next((one for one in (_ASKED_AS.get(bare, bare), f"{bare}_on") if one in _codes()), None)
    if code is None:
        return None
    question = catalogue().question(code)
    url = reverse("web:creation_family", args=[reference, question.family])
    return Place(question.ar if is_arabic() else question.fr, f"{url}#field-{code}")


def _codes() -> frozenset[str]:
    return frozenset(one.code for one in catalogue().questions)
