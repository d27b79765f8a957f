"""`python -m bench.accompaniment [--most 100000]`: pages of accompaniment with 1,000, 10,000, 100,000 of each thing.

On the database of `DATABASE_URL` (SQLite without one), in a site of its own. So many projects on paths, requests,
messages, appointments, papers, results; one advisor holds one in fifty of each. Every page is asked whole: as many
queries with many as with few, and no more than `growing.LIMIT` times its own time with a thousand.
"""

import argparse
import sys
import time
import uuid
from dataclasses import dataclass
from datetime import timedelta

import django

django.setup()  # the site is the environment's: this module runs itself again in one of its own

from django.conf import settings  # noqa: E402  (after the settings)
from django.db import connection  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.growing import Cost, asked, cost, in_own_site, judge  # noqa: E402
from bpc.portal.appointments.models import Appointment, Calendar  # noqa: E402
from bpc.portal.appointments.states import Subject as AppointmentSubject  # noqa: E402
from bpc.portal.counsel.models import HelpRequest, Ownership  # noqa: E402
from bpc.portal.counsel.states import Closing, Why  # noqa: E402
from bpc.portal.followup.catalogue import published_versions  # noqa: E402
from bpc.portal.followup.models import ProjectPath, StepMark  # noqa: E402
from bpc.portal.people.models import RoleGrant, User  # noqa: E402
from bpc.portal.people.roles import Role  # noqa: E402
from bpc.portal.projects.models import AdvisorAccess, Project, ProjectMember  # noqa: E402
from bpc.portal.reference.models import Territory  # noqa: E402
from bpc.portal.results.models import Following, PeriodResult  # noqa: E402
from bpc.portal.threads.models import Message, Thread  # noqa: E402
from bpc.portal.vault.models import VaultDocument  # noqa: E402

FEW, MIDDLE, FAULTY, BATCH, SHARE = 1_000, 10_000, 1, 2_000, 50
REGION = "09"
NOW = timezone.now()


@dataclass(frozen=True)
class World:
    """Who is measured, on what."""

    owner: User
    advisor: User
    others: list[User]
    keeper: User
    project: Project
    thread: Thread
    calendars: list[Calendar]
    mark: str = ""


def begin() -> World:
    """An advisor among fifty of Souss-Massa, a group with a project, the office."""
    region = Territory.objects.get(pk=REGION)
    people = User.objects.bulk_create(
        User(email=f"{name}-{uuid.uuid4().hex[:8]}@bench.invalid", display_name=name.title())
        for name in ("owner", "keeper", *(f"advisor {at}" for at in range(SHARE)))
    )
    owner, keeper, advisor, *others = people
    RoleGrant.objects.create(user=keeper, role=Role.ADMINISTRATOR)
    RoleGrant.objects.bulk_create(
        RoleGrant(user=one, role=Role.ADVISOR, region=region) for one in (advisor, *others)
    )
    commune = Territory.objects.filter(level="commune", code__startswith=REGION).order_by("code")[0]
    project = Project.objects.create(
        reference="BENCH000", name="Safran mesuré", summary="Nous séchons ensemble.", language="fr",
        commune=commune, province_id=commune.province_code, region=region, sector_id="food", stage="launch",
        submission_key=uuid.uuid4(),
    )  # fmt: skip
    ProjectMember.objects.create(project=project, user=owner, role="owner")
    AdvisorAccess.objects.create(project=project, advisor=advisor)
    Following.objects.create(project=project, launched_on=timezone.localdate() - timedelta(days=700))
    thread = Thread.objects.create(project=project, subject="Le fil mesuré", language="fr", opened_by=owner)
    calendars = Calendar.objects.bulk_create(Calendar(user=one, region=region) for one in (advisor, *others))
    return World(owner, advisor, others, keeper, project, thread, calendars)


def grow(world: World, start: int, number: int) -> None:
    """Rows of each kind from `start` until there are as many."""
    for first in range(start, number, BATCH):
        numbers = range(first, min(first + BATCH, number))
        _grow_paths(world, numbers)
        _grow_requests(world, numbers)
        _grow_messages(world, numbers)
        _grow_appointments(world, numbers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _holder(world: World, at: int) -> User:
    return (world.advisor, *world.others)[at % SHARE]


def _grow_paths(world: World, numbers: range) -> None:
    left = {one.attname: getattr(world.project, one.attname) for one in Project._meta.concrete_fields}
    for name in ("id", "reference", "submission_key"):
        del left[name]
    projects = Project.objects.bulk_create(
        Project(**left, reference=f"N{at:07d}", submission_key=uuid.uuid4()) for at in numbers
    )
    version = published_versions()["creation"]
    pairs = list(zip(numbers, projects, strict=True))
    AdvisorAccess.objects.bulk_create(
        AdvisorAccess(project=one, advisor=_holder(world, at)) for at, one in pairs
    )
    paths = ProjectPath.objects.bulk_create(
        ProjectPath(project=one, template_id=version.template_id, version=version,
                    opened_at=NOW, moved_at=NOW - timedelta(days=at % 90))
        for at, one in pairs
    )  # fmt: skip
    StepMark.objects.bulk_create(
        StepMark(path=path, step="founders", state="blocked" if at % 7 == 0 else "done",
                 note="Un papier manque." if at % 7 == 0 else "")
        for at, path in zip(numbers, paths, strict=True)
    )  # fmt: skip
    today = timezone.localdate()
    Following.objects.bulk_create(
        Following(project=one, launched_on=today - timedelta(days=400)) for _at, one in pairs
    )
    PeriodResult.objects.bulk_create(
        PeriodResult(project=one, ends_on=today.replace(day=1), months=6, asked_at=NOW, alive="yes", members=8,
                     women=5, youth=2, turnover_mad=90_000, answered_at=NOW)
        for _at, one in pairs
    )  # fmt: skip
    VaultDocument.objects.bulk_create(
        VaultDocument(project=world.project if at < 150 else one, kind="statutes" if at >= 150 else "quotes",
                      file=f"vault/{at}.pdf", original_name="a.pdf", content_type="application/pdf", size=9,
                      sha256="0" * 64)
        for at, one in pairs
    )  # fmt: skip


def _grow_requests(world: World, numbers: range) -> None:
    states = ("waiting", "waiting", "answered", "closed")
    rows = HelpRequest.objects.bulk_create(
        HelpRequest(reference=f"D{at:07d}", asker=world.owner if at % SHARE == 1 else None, region_id=REGION,
                    language="fr", subject="papers", state=states[at % 4], desk="advisor", holder=_holder(world, at),
                    due_on=timezone.localdate() + timedelta(days=at % 9), asked_at=NOW,
                    closing=Closing.values[0] if states[at % 4] == "closed" else "", submission_key=uuid.uuid4())
        for at in numbers
    )  # fmt: skip
    Ownership.objects.bulk_create(
        Ownership(request=row, turn=1, desk="advisor", holder=row.holder, since=NOW, why=Why.values[0])
        for row in rows
    )


def _grow_messages(world: World, numbers: range) -> None:
    Message.objects.bulk_create(
        Message(thread=world.thread, number=at + 1, author=world.owner, text="Nous avons vu le greffe. " * 8,
                language="fr", submission_key=uuid.uuid4())
        for at in numbers
    )  # fmt: skip
    Thread.objects.filter(pk=world.thread.pk).update(last_number=numbers[-1] + 1)


def _grow_appointments(world: World, numbers: range) -> None:
    rows = []
    for at in numbers:
        begins = NOW + timedelta(hours=1) * (at // SHARE - 500)
        rows.append(
            Appointment(reference=f"A{at:07d}", calendar=world.calendars[at % SHARE], asker=world.owner,
                        project=world.project, region_id=REGION, starts_at=begins,
                        ends_at=begins + timedelta(minutes=30), manner="phone", subject=AppointmentSubject.values[0],
                        submission_key=uuid.uuid4())
        )  # fmt: skip
    Appointment.objects.bulk_create(rows)


def pages(world: World) -> dict[str, tuple[User, str]]:
    """Each page, with who asks it."""
    reference = world.project.reference
    return {
        "portfolio of an advisor": (world.advisor, reverse("web:portfolio")),
        "paths one accompanies": (world.advisor, reverse("web:advised_paths")),
        "requests one asked": (world.owner, reverse("web:help_requests")),
        "a thread": (world.owner, reverse("web:thread", args=[reference, world.thread.pk])),
        "agenda of an advisor": (world.advisor, reverse("web:agenda")),
        "vault": (world.owner, reverse("web:vault", args=[reference])),
        "results of a project": (world.owner, reverse("web:project_results", args=[reference])),
        "results, for all": (world.owner, reverse("web:public_results")),
        "templates of paths": (world.keeper, reverse("web:path_templates")),
    }


def measured(world: World) -> dict[str, Cost]:
    """What each page costs now."""
    return {name: cost(asked(person, url)) for name, (person, url) in pages(world).items()}


def tell(most: int) -> bool:
    """Print what each size costs; whether the limits hold."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "SecondFactor" not in one]
    world, sizes = begin(), sorted({size for size in (FEW, MIDDLE, most) if size <= most})
    found: list[dict[str, Cost]] = []
    for before, size in zip((0, *sizes), sizes, strict=False):
        begun = time.perf_counter()
        grow(world, before, size)
        print(f"  {size:,} rows of each kind, written in {time.perf_counter() - begun:.0f} s", flush=True)
        found.append(measured(world))
        print("    " + ", ".join(f"{name} {one.ms:.1f} ms" for name, one in found[-1].items()), flush=True)
    return judge("Accompaniment", sizes, found, full=False)  # an advisor has twenty projects of the fewest


def main() -> int:
    """Runs in a site made for it; 1 when a limit does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--here", action="store_true", help="on the site of the environment")
    options = parser.parse_args()
    if options.here:
        return 0 if tell(options.most) else FAULTY
    return in_own_site("bench.accompaniment", "--most", str(options.most))


if __name__ == "__main__":
    sys.exit(main())
