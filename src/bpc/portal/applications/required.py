"""What a source asks of a file, and which of the site's pieces still wait for the group's own words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from bpc.datasets.funding_documents import usual_papers
from bpc.datasets.funding_sources import FundingSource
from bpc.portal.applications.budget import Budget
from bpc.portal.applications.models import Application
from bpc.portal.applications.states import Piece
from bpc.portal.vault.models import VaultDocument
from bpc.portal.vault.papers import paper_kinds


def asked_pieces(documents: tuple[str, ...]) -> tuple[Piece, ...]:
    """The pieces the site writes among the papers asked, in order, each once; the letter in every file."""
    kinds = [paper_kinds()[code].generated for code in documents if code in paper_kinds()]
    asked = {Piece.LETTER, *(Piece(kind) for kind in kinds if kind)}
    return tuple(piece for piece in Piece if piece in asked)


def asked_papers(documents: Collection[str]) -> tuple[str, ...]:
    """The papers the group brings, among those asked."""
    kinds = paper_kinds()
    return tuple(code for code in documents if code not in kinds or not kinds[code].generated)


def usual_of(source: FundingSource | None) -> tuple[str, ...]:
    """What the group is usually asked where the source publishes no list."""
    if source is None or source.documents:
        return ()
    return asked_papers(usual_papers(source.kind))


def current_papers(application: Application) -> dict[str, VaultDocument]:
    """The paper of each kind that holds longest, among those not replaced."""
    rows = application.project.papers.current()
    ordered = sorted(rows, key=lambda paper: paper.expires_on or date.max)
    return {paper.kind: paper for paper in ordered}


@dataclass(frozen=True, slots=True)
class Known:
    """From what pieces are written: the project's summary, its plan, and the pieces the group typed itself."""

    summary: bool
    plan: bool
    typed: frozenset[str]


def known_of(application: Application, budget: Budget | None, language: str = "") -> Known:
    """What is there for an application; typed in `language` only, where one is given."""
    drafts = application.drafts.exclude(text="")
    if language:
        drafts = drafts.filter(language=language)
    return Known(
        bool(application.project.summary.strip()),
        budget is not None,
        frozenset(drafts.values_list("piece", flat=True)),
    )


def lack_of(piece: Piece, known: Known) -> str:
    """What the group has to do before this piece says anything, in the active language; empty: it is written."""
    if piece in known.typed:
        return ""
    if piece == Piece.SHEET and not known.summary:
        return _("à compléter : décrivez le projet en quelques phrases")
    if piece == Piece.BUDGET and not known.plan:
        return _("à compléter : faites d’abord le plan du projet")
    return ""
