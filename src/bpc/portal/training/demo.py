"""A trainer's desk that is not empty: a course just begun, and one that waits to be read by somebody else."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bpc.datasets.training import read_training
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.training.actions import import_course, start_course, submit
from bpc.portal.training.editing import add_lesson
from bpc.portal.training.models import Course, CourseVersion
from bpc.portal.training.sounds import drop_sounds
from bpc.portal.training.states import VersionState

BEGUN, WAITING = "elever-des-poules-demonstration", "demo-prix-et-marge"
_SOURCE = "price-and-margin"
_WORDS = {
    "name": {"fr": "Élever des poules (démonstration)", "ar": "تربية الدجاج (نموذج)"},
    "about": {"fr": "Le poulailler, l’aliment, la vente des œufs : ce qu’il faut compter avant d’acheter."},
    "outcome": {"fr": "Le compte d’une année pour cent poules."},
    "icon": "livestock", "stage": "start", "roles": ["holder"],
}  # fmt: skip
_TEXT = {
    "title": "Combien coûte un œuf",
    "aim": "Vous saurez dire ce que coûte un œuf avant de fixer son prix.",
    "body": "Hayat a trente poules et vend ses œufs au souk. Elle ne compte que le grain.\n\n"
    "## Ce qu’il faut compter\n\n- Le grain et l’eau.\n- Les poules qu’il faudra remplacer.\n- Le temps de Hayat.\n\n"
    "## En bref\n\nUn prix se fixe après le coût, jamais avant.",
}


@transaction.atomic
def create_demo_courses() -> int:
    """Create the two courses where they are not; returns how many."""
    author, other = _demo(Role.TRAINER), _demo(Role.ADMINISTRATOR)
    if author is None or other is None or Course.objects.filter(code__in=(BEGUN, WAITING)).exists():
        return 0
    now = timezone.now()
    draft = start_course(words=_WORDS, actor=author, at=now - timedelta(days=6))
    add_lesson(draft=draft, language="fr", text=_TEXT, minutes=10, actor=author, at=now - timedelta(days=2))
    source = read_training()[_SOURCE]
    name = {language: f"{words} {_DEMO[language]}" for language, words in source.name.items()}
    written = source.model_copy(update={"code": WAITING, "name": name})
    version = import_course(course=written, actor=other, at=now - timedelta(days=4))
    submit(draft=version, actor=other, at=now - timedelta(days=1))
    return 2


_DEMO = {"fr": "(démonstration)", "ar": "(نموذج)"}


@transaction.atomic
def remove_demo_courses() -> int:
    """Remove those that were never published; what was stays, as people may have learned from it."""
    rows = CourseVersion.objects.filter(course__code__in=(BEGUN, WAITING))
    out = rows.exclude(state__in=(VersionState.DRAFT, VersionState.REVIEW)).values("course")
    gone = list(Course.objects.filter(code__in=(BEGUN, WAITING)).exclude(pk__in=out))
    for course in gone:
        for version in course.versions.all():
            drop_sounds(version.sounds.all())
            version.delete()
        course.delete()
    return len(gone)


def _demo(role: Role) -> User | None:
    holding = User.objects.filter(is_demo=True, role_grants__role=role, role_grants__ended_at=None)
    return holding.order_by("pk").first()
