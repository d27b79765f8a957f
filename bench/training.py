"""`python -m bench.training [--most 100000]`: pages of training with 1,000, 10,000, 100,000 of each thing.

On the database of `DATABASE_URL` (SQLite without one), in a site of its own. So many people with a course begun, what
one thing of each was noted, a question that comes back, a badge; a draft for five of them. Every act is done
whole: as many queries and rows with many as with few, and no more than `growing.LIMIT` times its own time with a
thousand. Merging is also told for one person with ever more events of their own, up to the most that are kept.
"""

import argparse
import json
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import django

django.setup()  # the site is the environment's: this module runs itself again in one of its own

from django.conf import settings  # noqa: E402  (after the settings)
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.growing import Cost, asked, cost, in_own_site, judge  # noqa: E402
from bpc.portal.badges.awarding import award, revoke  # noqa: E402
from bpc.portal.badges.checking import check_file  # noqa: E402
from bpc.portal.badges.models import PLACES, AchievementVersion, Award, StatusList  # noqa: E402
from bpc.portal.badges.states import Verdict  # noqa: E402
from bpc.portal.journeys.award_badges import define_course  # noqa: E402
from bpc.portal.learning.models import Following, LearningEvent, ReviewItem  # noqa: E402
from bpc.portal.learning.noting import MOST_EVENTS  # noqa: E402
from bpc.portal.people.models import RoleGrant, User  # noqa: E402
from bpc.portal.people.roles import Role  # noqa: E402
from bpc.portal.training.catalogue import Published, catalogue  # noqa: E402
from bpc.portal.training.models import Course, CourseVersion  # noqa: E402

FEW, MIDDLE, FAULTY, BATCH = 1_000, 10_000, 1, 2_000
OWN = 300  # events of the person measured, in one course: all its questions four times
SENT = 20  # events of a sending
A_DRAFT = 5  # people for each draft: the lists of the desk are full with the fewest
LINEAR = 1.5  # times the cost of an event among a thousand of one's own
NOW = timezone.now()


@dataclass(frozen=True)
class World:
    """Who is measured, on what."""

    entries: list[Published]
    learner: User
    trainer: User
    administrator: User
    achieved: AchievementVersion
    badge: Award


def begin() -> World:
    """A learner in every course, a trainer, a badge."""
    entries = list(catalogue().values())
    learner, trainer, other, administrator = (
        User.objects.create_user(email=f"{name}@bench.invalid", display_name=name.title())
        for name in ("learner", "trainer", "other", "administrator")
    )
    RoleGrant.objects.bulk_create(RoleGrant(user=one, role=Role.TRAINER) for one in (trainer, other))
    RoleGrant.objects.create(user=administrator, role=Role.ADMINISTRATOR)
    for entry in entries:
        _fill(_following(learner, entry), entry, 40)
    achieved = define_course(entries[0])
    badge = award(user=learner, achievement=achieved.achievement.code, at=NOW)
    return World(entries, learner, trainer, administrator, achieved, badge)


def _following(person: User, entry: Published) -> Following:
    return Following.objects.create(
        user=person, course_id=entry.key, version=entry.version, lessons=len(entry.course.lessons)
    )


def _fill(following: Following, entry: Published, number: int) -> None:
    """So many answers, the questions of the course in turn; as many come back as there are questions."""
    questions = [(lesson.code, one) for lesson in entry.course.lessons for one in lesson.questions]
    ranked = [pair for pair in questions if pair[1].kind == "one"]
    LearningEvent.objects.bulk_create(
        (
            LearningEvent(following=following, key=uuid.uuid4(), did="answered", lesson=lesson, question=one.code,
                          answer=at % 2, version=entry.version, at=NOW - timedelta(minutes=number - at),
                          received_at=NOW)
            for at in range(number)
            for lesson, one in [ranked[at % len(ranked)]]
        ),
        batch_size=BATCH,
    )  # fmt: skip
    ReviewItem.objects.bulk_create(
        ReviewItem(following=following, lesson=lesson, question=one.code, due=NOW.date())
        for lesson, one in questions
    )


def grow(world: World, start: int, number: int) -> None:
    """People from `start` until there are as many, each with one of each thing."""
    for first in range(start, number, BATCH):
        numbers = range(first, min(first + BATCH, number))
        people = User.objects.bulk_create(
            User(email=f"p{at}@bench.invalid", display_name=f"P{at}") for at in numbers
        )
        _grow_followings(world, numbers, people)
        _grow_badges(world, numbers, people)
    for first in range(start // A_DRAFT, number // A_DRAFT, BATCH):
        _grow_drafts(world, range(first, min(first + BATCH, number // A_DRAFT)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _grow_followings(world: World, numbers: range, people: list[User]) -> None:
    entries = [world.entries[at % len(world.entries)] for at in numbers]
    rows = Following.objects.bulk_create(
        Following(user=person, course_id=entry.key, version=entry.version, lessons=len(entry.course.lessons))
        for person, entry in zip(people, entries, strict=True)
    )
    LearningEvent.objects.bulk_create(
        LearningEvent(following=row, key=uuid.uuid4(), did="opened", lesson=entry.course.lessons[0].code,
                      version=entry.version, at=NOW, received_at=NOW)
        for row, entry in zip(rows, entries, strict=True)
    )  # fmt: skip
    ReviewItem.objects.bulk_create(
        ReviewItem(following=row, lesson=lesson.code, question=lesson.questions[0].code, due=NOW.date())
        for row, entry in zip(rows, entries, strict=True)
        for lesson in entry.course.lessons[:1]
    )


def _grow_badges(world: World, numbers: range, people: list[User]) -> None:
    """Awards signed by nobody's key are as wide as signed ones."""
    held = StatusList.objects.get(pk=world.badge.status_list_id)
    free = [(held.start + (held.used + at) * held.step) % PLACES for at in range(len(numbers))]
    Award.objects.bulk_create(
        Award(code=f"Z{at:07d}", user=person, achievement_id=world.achieved.achievement_id, version=world.achieved,
              achieved_at=NOW, status_list=held, place=place, token=world.badge.token, key_id=world.badge.key_id)
        for at, person, place in zip(numbers, people, free, strict=True)
    )  # fmt: skip
    StatusList.objects.filter(pk=held.pk).update(used=held.used + len(numbers))


def _grow_drafts(world: World, numbers: range) -> None:
    content = CourseVersion.objects.get(course=world.entries[0].key, state="published").content
    lesson = content["lessons"][0]
    content = {**content, "lessons": [{**lesson, "questions": lesson["questions"][:1]}]}
    courses = Course.objects.bulk_create(Course(code=f"draft-{at}") for at in numbers)
    CourseVersion.objects.bulk_create(
        CourseVersion(course=course, number=1, content={**content, "code": course.code}, content_hash=course.code,
                      state="review" if at % 3 == 0 else "draft", submitted_at=NOW if at % 3 == 0 else None,
                      origin="person", made_by=world.trainer if at % 2 else None)
        for at, course in zip(numbers, courses, strict=True)
    )  # fmt: skip


def acts(world: World) -> dict[str, Callable[[], object]]:
    """What is measured, by its name."""
    code, number = world.entries[0].code, world.badge.status_list_id
    found = {
        name: asked(person, url)
        for name, person, url in (
            ("courses", world.learner, reverse("web:courses")),
            ("a course", world.learner, reverse("web:course", args=[code])),
            ("a course on a telephone", world.learner, reverse("web:course_offline", args=[code])),
            ("my training", world.learner, reverse("web:my_training")),
            ("review", world.learner, reverse("web:review")),
            ("the trainer's desk", world.trainer, reverse("web:teaching")),
            ("a badge checked by its code", None, reverse("web:badge_checked", args=[world.badge.code])),
            ("status list", None, reverse("badge_status", args=[number])),
            ("my badges", world.learner, reverse("web:my_badges")),
            (
                "a badge at the desk",
                world.administrator,
                reverse("web:badge_revoke", args=[world.badge.code]),
            ),
        )
    }
    return found | {
        "a badge checked by its file": lambda: _checked(world.badge),
        "a badge awarded": lambda: award(user=_person(), achievement=world.achieved.achievement.code, at=NOW),
        "a badge revoked": lambda: _revoked(world),
        f"{SENT} events sent, {OWN} known": sending(world.entries[0], OWN),
    }


def _checked(badge: Award) -> None:
    assert check_file(badge.token.encode()).verdict == Verdict.VALID


def _person() -> User:
    return User.objects.create_user(email=f"{uuid.uuid4().hex}@bench.invalid")


def _revoked(world: World) -> None:
    row = award(user=_person(), achievement=world.achieved.achievement.code, at=NOW)
    revoke(award=row, reason="Délivrée par erreur.", actor=world.administrator, at=NOW)


def sending(entry: Published, known: int) -> Callable[[], object]:
    """A telephone sends what it noted, of a person who has noted so much already."""
    person = _person()
    following, client = _following(person, entry), Client()
    _fill(following, entry, known)
    client.force_login(person)
    lesson = entry.course.lessons[0].code
    url = reverse("web:course_send", args=[entry.code])

    def act() -> None:
        # what was sent before goes: the same again each time
        following.events.filter(did="opened").delete()
        events = [
            {"key": str(uuid.uuid4()), "did": "opened", "lesson": lesson, "at": NOW.isoformat()} for _ in range(SENT)
        ]  # fmt: skip
        told = client.post(url, {"account": person.pk, "events": json.dumps(events)})
        assert len(told.json()["kept"]) == SENT

    return act


def tell_own(world: World) -> bool:
    """Merging folds all that one person did in one course: what an event costs stays."""
    entry, sizes = world.entries[0], (FEW, 5_000, MOST_EVENTS - SENT)
    found = [cost(sending(entry, size)) for size in sizes]
    each = [one.ms / size for one, size in zip(found, sizes, strict=True)]
    fine = each[-1] <= LINEAR * each[0]
    times = " → ".join(f"{size:,}: {one.text()}" for one, size in zip(found, sizes, strict=True))
    print(f"  {SENT} events sent, one's own known already: {times}")
    print(f"    an event: × {each[-1] / each[0]:.2f} ≤ {LINEAR:g}: {'ok' if fine else 'OVER'}")
    return fine


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
        found.append({name: cost(act) for name, act in acts(world).items()})
        print("    " + ", ".join(f"{name} {one.ms:.1f} ms" for name, one in found[-1].items()), flush=True)
    holds = judge("Training", sizes, found)
    return tell_own(world) and holds


def main() -> int:
    """Runs in a site made for it; 1 when a limit does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--here", action="store_true", help="on the site of the environment")
    options = parser.parse_args()
    if options.here:
        return 0 if tell(options.most) else FAULTY
    return in_own_site("bench.training", "--most", str(options.most))


if __name__ == "__main__":
    sys.exit(main())
