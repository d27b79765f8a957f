"""A small calendar: an advisor with hours, a group that let them in, appointments in every state."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from bpc.portal.appointments.booking import Ask, book
from bpc.portal.appointments.calendars import Weekly, add_rule, open_calendar
from bpc.portal.appointments.models import Appointment, Calendar, CalendarChange, OpeningRule
from bpc.portal.appointments.openings import ZONE
from bpc.portal.appointments.states import Audience, ChangeKind, Manner, State
from bpc.portal.ideas.references import new_reference
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import Project
from bpc.portal.projects.sharing import grant_advisor
from tests.portal.projects.project_world import make_project
from tests.portal.world import ELSEWHERE, HERE, make_user

#: A Monday without a closed day in its fortnight, in winter: the clock of Morocco is one hour ahead.
MONDAY = date(2027, 9, 6)
NOW = datetime(2027, 9, 3, 10, 0, tzinfo=ZONE)  # the Friday before


def at_wall(day: date, hour: int, minute: int = 0) -> datetime:
    """This hour of the clock on the wall in Morocco."""
    return datetime.combine(day, time(hour, minute), ZONE)


def make_calendar(advisor: User | None = None) -> Calendar:
    """An empty calendar."""
    return open_calendar(actor=advisor or make_user(Role.ADVISOR, display_name="Conseillère"), at=NOW)


def weekly(**changes: Any) -> Weekly:
    """Mondays from nine to noon, half an hour each, at the delegation, for anybody of the region."""
    values: dict[str, Any] = {
        "weekdays": (1,), "from_time": time(9), "to_time": time(12), "manner": Manner.PLACE, "minutes": 30,
        "place": "Délégation d’Agadir, bureau 4", "valid_from": date(2027, 1, 1), "audience": Audience.REGION,
    }  # fmt: skip
    return Weekly(**{**values, **changes})


def make_rule(calendar: Calendar, **changes: Any) -> OpeningRule:
    """Hours as `weekly` says them."""
    return add_rule(calendar=calendar, weekly=weekly(**changes), actor=calendar.user, at=NOW)


def make_asker(**fields: Any) -> User:
    """Somebody of the region."""
    return make_user(commune_id=HERE, **fields)


def let_in(owner: User, advisor: User) -> Project:
    """A project of the owner's group that lets the advisor in."""
    project = make_project(owner)
    grant_advisor(project=project, advisor=advisor, actor=owner, at=NOW)
    return project


def take(rule: OpeningRule, asker: User, starts_at: datetime, **changes: Any) -> Appointment:
    """Book as the person would on the site."""
    at = changes.pop("at", NOW)
    key = changes.pop("submission_key", None) or uuid4()
    values: dict[str, Any] = {
        "subject": "plan",
        "words": "Nous ne savons pas fixer le prix.",
        "phone": "+212612345678",
    }
    return book(
        rule=rule, starts_at=starts_at, ask=Ask(**{**values, **changes}), asker=asker, submission_key=key,
        actor=asker, at=at,
    )  # fmt: skip


def write_appointment(calendar: Calendar, **changes: Any) -> Appointment:
    """An appointment written straight in, for tests that are not about booking."""
    starts_at = changes.pop("starts_at", at_wall(MONDAY, 9))
    values: dict[str, Any] = {
        "reference": new_reference(), "calendar": calendar, "region_id": calendar.region_id, "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=30), "manner": Manner.PLACE, "place": "Délégation", "subject": "plan",
        "booked_at": NOW, "changed_at": NOW,
    }  # fmt: skip
    return Appointment.objects.create(**{**values, **changes})


def fill_appointments(people: dict[str, Any]) -> None:
    """Calendars here and elsewhere, of an advisor, of a delegate and of who is neither any more; each state."""
    gone = make_user(Role.ADVISOR)
    elsewhere = make_user(Role.ADVISOR, region=ELSEWHERE[:2])
    owner = people["author"]
    owner.commune_id = HERE
    owner.save()
    projects = {one: let_in(owner, one) for one in (people["advisor"], gone)}
    for number, keeper in enumerate((people["advisor"], people["delegate"], gone, elsewhere)):
        calendar = make_calendar(keeper)
        for audience in Audience.values:
            make_rule(calendar, audience=audience)
        CalendarChange.objects.create(
            calendar=calendar,
            kind=ChangeKind.ABSENCE,
            starts_at=at_wall(MONDAY, 9),
            ends_at=at_wall(MONDAY, 10),
        )
        for hour, state in enumerate(State.values):
            write_appointment(
                calendar, state=state, starts_at=at_wall(MONDAY, 9 + hour), project=projects.get(keeper),
                asker=(people["holder"], people["trainer"], None, owner)[(hour + number) % 4],
            )  # fmt: skip
    gone.role_grants.all().delete()
