"""What the events of an application come to: its columns are read from them, never written by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from bpc.portal.applications.models import Application, ApplicationEvent
from bpc.portal.applications.states import Step


@dataclass(slots=True)
class Outcome:
    """The columns of an application that its events decide. `sent_on` is the first sending."""

    sent_on: date | None = None
    due_on: date | None = None
    decided_on: date | None = None
    amount_granted: Decimal | None = None
    amount_paid: Decimal = Decimal(0)
    refusal: str = ""


def standing_events(application: Application) -> QuerySet[ApplicationEvent]:
    """What happened, in order, without what was taken back or written again."""
    return application.events.filter(undone_at=None, corrected_by=None).order_by("position")


def outcome_of(events: Iterable[ApplicationEvent]) -> Outcome:
    """The columns that events in order come to."""
    told = Outcome()
    for event in events:
        _tell(told, event)
    return told


def _tell(told: Outcome, event: ApplicationEvent) -> None:
    match event.step:
        case Step.SEND:
            told.sent_on = event.on
        case Step.ASK_MORE:
            told.due_on = event.due_on
        case Step.ANSWER:
            told.due_on = None
        case Step.GRANT:
            told.decided_on, told.amount_granted, told.due_on = event.on, event.amount, None
        case Step.REFUSE:
            told.decided_on, told.refusal, told.due_on = event.on, event.refusal, None
        case Step.PAY:
            told.amount_paid += event.amount or Decimal(0)
        case Step.ABANDON:
            told.due_on = None


def refresh(application: Application) -> None:
    """Write the columns again from the events."""
    told = outcome_of(standing_events(application))
    columns = ("sent_on", "due_on", "decided_on", "amount_granted", "amount_paid", "refusal")
    for column in columns:
        setattr(application, column, getattr(told, column))
    application.save(update_fields=[*columns, "changed_at"])
