"""What the pieces of an application are written from, read once: the group, the source, the money."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bpc.portal.applications.budget import Budget
from bpc.portal.applications.models import Application
from bpc.portal.applications.sources import source_of
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Answer


@dataclass(frozen=True, slots=True)
class People:
    """The founders: how many, women and young among those who said."""

    total: int
    women: int
    young: int


@dataclass(frozen=True, slots=True)
class Subject:
    """One application on a day. `budget` None: no plan yet. `provider` as the directory writes it, both languages."""

    application: Application
    project: Project
    people: People
    provider_fr: str
    provider_ar: str
    budget: Budget | None
    today: date

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
    )
