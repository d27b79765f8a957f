"""What the pieces of an application are written from, read once: the group, the source, the money."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bpc.datasets.funding_sources import FundingSource
from bpc.portal.applications.budget import Budget
from bpc.portal.applications.models import Application
from bpc.portal.applications.required import (
    asked_papers,
    asked_pieces,
    current_papers,
    known_of,
    lack_of,
    usual_of,
)
from bpc.portal.applications.sources import source_of
from bpc.portal.applications.states import LANGUAGES, Piece
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Answer


@dataclass(frozen=True, slots=True)
class People:
    """The founders: how many, women and young among those who said."""

    total: int
    women: int
    young: int


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What goes with the letter: pieces that are written, papers in the vault or said to be on paper."""

    pieces: tuple[Piece, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """One application on a day. `budget` None: no plan yet. `provider` as the directory writes it, both languages.

    `enclosed`: what goes with the letter, by the language of the letter.
    """

    application: Application
    project: Project
    people: People
    provider_fr: str
    provider_ar: str
    budget: Budget | None
    today: date
    enclosed: Mapping[str, Enclosed]

    @property
    def amount(self) -> Decimal | None:
        """What is asked, MAD."""
        return self.application.amount_asked

    def source_name(self, language: str) -> str:
        """The source, as it was called when the file was opened."""
        return self.application.source_name_ar if language == "ar" else self.application.source_name_fr

    def provider(self, language: str) -> str:
        """Who is asked; empty when the source left the directory."""
        return self.provider_ar if language == "ar" else self.provider_fr


def subject_of(application: Application, budget: Budget | None, today: date) -> Subject:
    """Read what the pieces need of an application."""
    project = application.project
    founders = list(project.people.values_list("woman", "young"))
    source = source_of(application.source_slug)
    papers = _papers_at_hand(application, source)
    return Subject(
        application=application,
        project=project,
        people=People(
            len(founders),
            sum(woman == Answer.YES for woman, _young in founders),
            sum(young == Answer.YES for _woman, young in founders),
        ),
        provider_fr=source.provider_fr if source else "",
        provider_ar=source.provider_ar if source else "",
        budget=budget,
        today=today,
        enclosed={
            language: Enclosed(_written_pieces(application, source, budget, language), papers)
            for language in LANGUAGES
        },
    )


def _written_pieces(
    application: Application, source: FundingSource | None, budget: Budget | None, language: str
) -> tuple[Piece, ...]:
    """Those that the source asks and that say something, but for the letter itself."""
    known = known_of(application, budget, language)
    pieces = asked_pieces(source.documents if source is not None else ())
    return tuple(piece for piece in pieces if piece != Piece.LETTER and not lack_of(piece, known))


def _papers_at_hand(application: Application, source: FundingSource | None) -> tuple[str, ...]:
    """Those asked, or usual, that are in the vault, or on paper as the group says."""
    wanted = (*asked_papers(source.documents if source is not None else ()), *usual_of(source))
    ticks = set(application.ticks.values_list("key", flat=True))
    there = current_papers(application)
    return tuple(code for code in wanted if code in there or f"paper:{code}" in ticks)
