"""What the funding that the group is working at still asks: papers not there, conditions unmet or not answered."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bpc.core.matching.truth import Truth
from bpc.core.matching.verdict import Reason, match
from bpc.portal.applications.models import Application
from bpc.portal.applications.queries import missing_papers
from bpc.portal.applications.states import State
from bpc.portal.financing.plan_queries import current_study
from bpc.portal.financing.studies import Study, UnreadableStudy, read_study
from bpc.portal.foundation.permissions import can
from bpc.portal.funding.matching import known_facts
from bpc.portal.funding.queries import schemes
from bpc.portal.funding.verdict_words import reason_words, source_name
from bpc.portal.journeys.lacking.seen import SeenLack
from bpc.portal.journeys.project_funding import answers_of
from bpc.portal.projects.models import Project
from bpc.portal.vault.papers import kind_name

MISSING_PAPER, UNMET, UNANSWERED = 2.0, 2.5, 1.0


@dataclass(frozen=True, slots=True)
class _Looked:
    """A source the group is working at, and the page where it does."""

    slug: str
    where: str
    url: str


def lacks_of_funding(project: Project, person: Any, today: date) -> Iterator[SeenLack]:
    """Requests being prepared, for who may open them; sources of the study in force, for who sees the project."""
    opened: list[Application] = []
    if can(person, "applications.open", project):
        opened = list(project.applications.filter(state=State.PREPARING))
        yield from _papers(project, opened, today)
    looked = {one.source_slug: _asked(project, one) for one in opened}
    for slug in _studied(project):
        looked.setdefault(slug, _in_study(project, slug))
    if looked:
        yield from _conditions(project, looked, today)


def _papers(project: Project, opened: list[Application], today: date) -> Iterator[SeenLack]:
    if not opened:
        return
    for kind, application in missing_papers(project, opened, today):
        words = _("Il manque une pièce pour « %(source)s » : %(paper)s.") % {
            "source": source_name(application.source_slug), "paper": kind_name(kind),
        }  # fmt: skip
        url = reverse("web:application", args=[project.reference, application.pk])
        yield SeenLack(f"piece:{kind}", MISSING_PAPER, words, _("Le dossier de demande"), url)


def _asked(project: Project, application: Application) -> _Looked:
    url = reverse("web:application", args=[project.reference, application.pk])
    return _Looked(application.source_slug, _("Le dossier de demande"), url)


def _in_study(project: Project, slug: str) -> _Looked:
    return _Looked(slug, _("Les financements"), reverse("web:project_funding", args=[project.reference]))


def _studied(project: Project) -> Iterable[str]:
    """The sources of the proposal accepted, or else of the first."""
    row = current_study(project)
    study: Study | None = None
    with suppress(UnreadableStudy):
        study = read_study(row.study) if row is not None else None
    if row is None or study is None or not study.proposals:
        return ()
    chosen = study.proposals[min(row.chosen or 0, len(study.proposals) - 1)]
    return dict.fromkeys(part.source for part in chosen.parts if part.source)


def _conditions(project: Project, looked: Mapping[str, _Looked], today: date) -> Iterator[SeenLack]:
    known, rules = known_facts(answers_of(project).answers, today=today), schemes()
    for slug, one in looked.items():
        if slug not in rules:
            continue
        for reason in match(rules[slug], known, today).reasons:
            if reason.blocks and reason.truth in (Truth.UNMET, Truth.UNKNOWN):
                yield from _told(reason, one)


def _told(reason: Reason, looked: _Looked) -> Iterator[SeenLack]:
    weight = UNMET if reason.truth == Truth.UNMET else UNANSWERED
    fields = dict.fromkeys([reason.field, *(part.field for part in reason.parts), *reason.needs])
    words = _("« %(source)s » : %(reason)s") % {
        "source": source_name(looked.slug),
        "reason": reason_words(reason),
    }
    for field in filter(None, fields):
        yield SeenLack(f"need:{field}", weight, words, looked.where, looked.url)
