"""Demonstration projects that have started, by the real verbs: one grows, one struggles, one stopped, two speak of it.

Behind the figures for everybody stand nameless projects, for no figure comes from fewer than five; all are labelled.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from bpc.datasets.model_plans import plan_document
from bpc.datasets.plan_rules import plan_rules
from bpc.datasets.project_models import read_model, read_vocabulary
from bpc.portal.ideas.references import new_reference
from bpc.portal.people.models import User
from bpc.portal.plans.scenarios import Blueprint, Title, create_plan
from bpc.portal.projects.actions import Description, Start, create_project
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Stage
from bpc.portal.reference.models import Territory
from bpc.portal.results import demo_texts as texts
from bpc.portal.results.alumni import AlumniWishes, publish_story, set_alumni
from bpc.portal.results.answering import FIGURES, answer_period, set_launch, tell_cause
from bpc.portal.results.models import Following, PeriodResult
from bpc.portal.results.periods import months_after
from bpc.portal.results.publishing import publish_quarter

_ANSWERED_AFTER = timedelta(days=6)
_SEED = 7  # the same invented figures each time


@transaction.atomic
def create_demo_followed() -> int:
    """Create those that are missing, over the demonstration accounts; returns how many were created."""
    people = {one.email.split("@")[0]: one for one in User.objects.filter(is_demo=True) if one.email}
    if not people.keys() >= {"cooperative", "delegue", "administratrice"}:
        raise ImproperlyConfigured("the demonstration projects need the demonstration accounts")
    missing = [
        one for one in texts.FOLLOWED if not Project.objects.filter(submission_key=_key(one.key)).exists()
    ]
    for one in missing:
        _follow(one, people)
    created = len(missing) + _crowd()
    publish_quarter(at=timezone.now(), is_demo=True)
    return created


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demonstration/followed/{name}")


def _follow(one: texts.Followed, people: Mapping[str, User]) -> None:
    owner = people["cooperative"]
    launched_on = months_after(timezone.localdate(), -one.months)
    began = _morning(launched_on) - timedelta(days=90)
    project = create_project(
        description=Description(
            one.name, one.summary, one.language, one.sector, Territory.objects.get(pk=one.commune)
        ),
        stage=Stage.LAUNCH, start=Start(), submission_key=_key(one.key), actor=owner, at=began, is_demo=True,
    )  # fmt: skip
    if one.model:
        _plan(project, one.model, launched_on, owner, began)
    set_launch(project=project, launched_on=launched_on, actor=owner, at=_morning(launched_on))
    for answered in one.answers:
        _answer(project, answered, months_after(launched_on, answered.after), owner)
    if one.story:
        _speak(project, one, people)


def _plan(project: Project, slug: str, start: date, owner: User, at: datetime) -> None:
    model = read_model(settings.DATA / "models" / f"{slug}.yaml", read_vocabulary(settings.DATA))
    document = plan_document(
        model.model_dump(mode="json", exclude_none=True),
        plan_rules(),
        "fr",
        start=f"{start:%Y-%m}",
        dated=True,
    )
    create_plan(
        project=project, title=Title("Notre plan", "fr"), document=document, actor=owner, at=at,
        blueprint=Blueprint(slug, str(model.version)),
    )  # fmt: skip


def _answer(project: Project, answered: texts.Answered, ends_on: date, owner: User) -> None:
    at = _morning(ends_on) + _ANSWERED_AFTER
    answer_period(
        project=project, ends_on=ends_on, alive=answered.alive,
        figures=dict(zip(FIGURES, answered.figures, strict=True)), revision=0, actor=owner, at=at,
    )  # fmt: skip
    if answered.cause:
        tell_cause(
            project=project, ends_on=ends_on, cause=answered.cause, words=answered.words, language=texts.FR,
            actor=owner, at=at,
        )  # fmt: skip


def _speak(project: Project, one: texts.Followed, people: Mapping[str, User]) -> None:
    """The group agrees; a delegate of its region, or the nation for other regions, reads and publishes."""
    following, at = Following.objects.get(project=project), timezone.now() - timedelta(days=12)
    wishes = AlumniWishes(True, contact=True, public=True, story=one.story, language=one.language)
    following = set_alumni(
        project=project, wishes=wishes, revision=following.revision, actor=people["cooperative"], at=at
    )
    if one.state == "published":
        near = project.region_id in people["delegue"].regions_as("delegate")
        publish_story(
            following=following, revision=following.revision, at=at + timedelta(days=2),
            actor=people["delegue" if near else "administratrice"],
        )  # fmt: skip


def _crowd() -> int:
    """Projects of nobody: no account lists them, only the figures do."""
    if Project.objects.filter(submission_key=_key("crowd/0")).exists():
        return 0
    random, now = Random(_SEED), timezone.now()  # noqa: S311 - invented figures, not a secret
    places = {one.pk: one for one in Territory.objects.filter(pk__in={line[0] for line in texts.CROWD})}
    kinds = [(places[code], sector) for code, sector, number in texts.CROWD for _each in range(number)]
    projects = Project.objects.bulk_create(
        Project(
            reference=new_reference(), name=texts.CROWD_NAME, language=texts.FR, stage=Stage.LAUNCH, sector_id=sector,
            commune=place, province_id=place.province_code, region_id=place.region_code, is_demo=True,
            submission_key=_key(f"crowd/{number}"), created_at=now, changed_at=now, archived_at=now,
        )
        for number, (place, sector) in enumerate(kinds)
    )  # fmt: skip
    ends_on = months_after(timezone.localdate(now), -7)
    launched_on = months_after(ends_on, -12)
    Following.objects.bulk_create(
        Following(project=project, launched_on=launched_on, changed_at=now) for project in projects
    )
    PeriodResult.objects.bulk_create(_invented(project, ends_on, random) for project in projects)
    return len(projects)


def _invented(project: Project, ends_on: date, random: Random) -> PeriodResult:
    """An answer after a year, or silence; what a group did not say is unknown."""
    asked_at = _morning(ends_on)
    row = PeriodResult(project=project, ends_on=ends_on, months=12, asked_at=asked_at)
    if random.random() < 0.12:
        return row
    row.answered_at, row.alive = asked_at + _ANSWERED_AFTER, "no" if random.random() < 0.15 else "yes"
    members = random.randint(5, 34)
    row.members, row.women, row.youth = members, random.randint(1, members), random.randint(0, members // 2)
    row.jobs_permanent, row.jobs_seasonal = random.randint(0, 5), random.randint(0, 12)
    if random.random() < 0.8:
        row.income_per_member_mad = random.randint(25, 140) * 100
        row.turnover_mad = members * row.income_per_member_mad * random.randint(15, 30) // 10
    return row


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))
