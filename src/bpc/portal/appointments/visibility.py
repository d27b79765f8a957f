"""Who sees calendars and appointments, who books, who keeps: rule and queryset side by side.

An appointment is seen by the two people and by the group whose project it is about; nobody else, whatever their
role. A delegate reads how full calendars are, never what appointments are about.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from bpc.portal.appointments.models import Appointment, Calendar, CalendarChange, OpeningRule
from bpc.portal.appointments.states import Audience
from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.models import RoleGrant
from bpc.portal.people.roles import REGIONAL_ROLES, Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.projects.models import AdvisorAccess, Project
from bpc.portal.projects.visibility import memberships_of


def _keeping(region: Any) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(role__in=REGIONAL_ROLES, ended_at=None, region=region)


def running_calendars() -> QuerySet[Calendar]:
    """Those of people who still are advisors or delegates of the calendar's region."""
    still = _keeping(OuterRef("region")).filter(user=OuterRef("user"))
    return Calendar.objects.filter(Exists(still), user__is_active=True)


def is_running(calendar: Calendar) -> bool:
    """Whether the calendar is one of `running_calendars`."""
    owner = calendar.user
    return owner.is_active and _keeping(calendar.region_id).filter(user=owner).exists()


def projects_letting_in(person: Any, advisor: Any) -> QuerySet[Project]:
    """The projects of the person's groups, not archived, that let this advisor in today."""
    if not person.is_authenticated:
        return Project.objects.none()
    let_in = AdvisorAccess.objects.filter(advisor=advisor, ended_at=None)
    mine = memberships_of(person).values("project")
    return Project.objects.filter(pk__in=mine, archived_at=None).filter(pk__in=let_in.values("project"))


def regions_of(person: Any) -> set[str]:
    """Codes of the regions a person is of: that of their commune, those of their groups' projects."""
    if not person.is_authenticated:
        return set()
    found = set(memberships_of(person).values_list("project__region", flat=True))
    return found | ({person.commune_id[:2]} if person.commune_id else set())


def _bookable_rules(person: Any) -> QuerySet[OpeningRule]:
    """The hours a person may book in, of calendars that run."""
    rules = OpeningRule.objects.filter(calendar__in=running_calendars()).exclude(calendar__user=person)
    mine = memberships_of(person).filter(project__archived_at=None).values("project")
    let_in = AdvisorAccess.objects.filter(
        project__in=mine, ended_at=None, project__region=OuterRef("calendar__region"),
        advisor=OuterRef("calendar__user"),
    )  # fmt: skip
    return rules.filter(
        Q(audience=Audience.REGION, calendar__region__in=regions_of(person))
        | Q(Q(audience=Audience.PROJECTS) & Exists(let_in))
    )


def may_ask(person: Any, rule: OpeningRule | None = None) -> bool:
    """Whether a person books in these hours; without hours: any signed-in person may look for some."""
    if not person.is_authenticated:
        return False
    if rule is None:
        return True
    calendar = rule.calendar
    if calendar.user_id == person.pk or not is_running(calendar):
        return False
    if rule.audience == Audience.REGION:
        return calendar.region_id in regions_of(person)
    own = projects_letting_in(person, calendar.user_id)
    return own.filter(region=calendar.region_id).exists()


def keeps(person: Any, calendar: Calendar | None = None) -> bool:
    """One's own calendar, while an advisor or delegate of its region; without one: any of these roles."""
    if not person.is_authenticated:
        return False
    regions = person.regions_as(Role.ADVISOR) | person.regions_as(Role.DELEGATE)
    if calendar is None:
        return bool(regions)
    return calendar.user_id == person.pk and calendar.region_id in regions


def can_see_rule(person: Any, rule: OpeningRule) -> bool:
    """Who keeps it, and who may book in it."""
    if not person.is_authenticated:
        return False
    return rule.calendar.user_id == person.pk or may_ask(person, rule)


def rules_visible_to(person: Any) -> QuerySet[OpeningRule]:
    """The hours `can_see_rule` allows."""
    if not person.is_authenticated:
        return OpeningRule.objects.none()
    return OpeningRule.objects.filter(
        Q(calendar__user=person) | Q(pk__in=_bookable_rules(person).values("pk"))
    )


def can_see_calendar(person: Any, calendar: Calendar) -> bool:
    """Who keeps it, and who may book in some of its hours."""
    if not person.is_authenticated:
        return False
    return calendar.user_id == person.pk or _bookable_rules(person).filter(calendar=calendar).exists()


def calendars_visible_to(person: Any) -> QuerySet[Calendar]:
    """The calendars `can_see_calendar` allows."""
    if not person.is_authenticated:
        return Calendar.objects.none()
    return Calendar.objects.filter(Q(user=person) | Q(pk__in=_bookable_rules(person).values("calendar")))


def can_see_change(person: Any, change: CalendarChange) -> bool:
    """Who keeps the calendar, alone: an absence may tell of an illness."""
    return bool(person.is_authenticated and change.calendar.user_id == person.pk)


def changes_visible_to(person: Any) -> QuerySet[CalendarChange]:
    """The changes `can_see_change` allows."""
    if not person.is_authenticated:
        return CalendarChange.objects.none()
    return CalendarChange.objects.filter(calendar__user=person)


def can_see_appointment(person: Any, appointment: Appointment) -> bool:
    """Who asked, whom they meet, and the group whose project it is about."""
    if not person.is_authenticated:
        return False
    return person.pk in {appointment.asker_id, appointment.calendar.user_id} or (
        appointment.project_id is not None
        and memberships_of(person).filter(project=appointment.project_id).exists()
    )


def appointments_visible_to(person: Any) -> QuerySet[Appointment]:
    """The appointments `can_see_appointment` allows."""
    if not person.is_authenticated:
        return Appointment.objects.none()
    mine = memberships_of(person).values("project")
    return Appointment.objects.filter(
        Q(asker=person) | Q(calendar__user=person) | Q(project__isnull=False, project__in=mine)
    )


def conducts(person: Any, appointment: Appointment | None) -> bool:
    """The advisor whose calendar it is in."""
    return appointment is not None and keeps(person, appointment.calendar)


def may_change(person: Any, appointment: Appointment | None) -> bool:
    """Who asked, and the advisor; the rest of the group reads."""
    if not person.is_authenticated or appointment is None:
        return False
    return appointment.asker_id == person.pk or conducts(person, appointment)


def sees_load(person: Any, region: Any = None) -> bool:
    """Delegates for their region, administrators for all: numbers, not subjects."""
    if not person.is_authenticated:
        return False
    if is_administrator(person):
        return True
    regions = person.regions_as(Role.DELEGATE)
    return bool(regions) if region is None else region.pk in regions


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Calendar, can_see=can_see_calendar, visible_to=calendars_visible_to)
    declare_visibility(OpeningRule, can_see=can_see_rule, visible_to=rules_visible_to)
    declare_visibility(CalendarChange, can_see=can_see_change, visible_to=changes_visible_to)
    declare_visibility(Appointment, can_see=can_see_appointment, visible_to=appointments_visible_to)
    declare_right(
        "appointments.ask",
        "Prendre un rendez-vous (le groupe qui a ouvert son projet au conseiller ; toute personne de la région "
        "aux heures ouvertes à tous)",
        may_ask,
    )
    declare_right(
        "appointments.keep",
        "Tenir ses heures de rendez-vous et son agenda (conseiller ou délégué, dans sa région)",
        keeps,
    )
    declare_right(
        "appointments.conduct", "Dire si un rendez-vous a été tenu (le conseiller qui le tient)", conducts
    )
    declare_right(
        "appointments.change",
        "Déplacer ou annuler un rendez-vous (la personne qui l’a pris, le conseiller)",
        may_change,
    )
    declare_right(
        "appointments.see_load",
        "Voir combien de rendez-vous tiennent les conseillers d’une région, sans leur sujet "
        "(délégué de la région, administrateur national)",
        sees_load,
    )
