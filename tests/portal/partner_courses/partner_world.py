"""A partner, its courses and a learner: as actions make them, for the tests of this room and of its pages."""

from datetime import UTC, datetime
from typing import Any

from bpc.portal.partner_courses.courses import Content, add_course, publish_course
from bpc.portal.partner_courses.identities import choose_sharing
from bpc.portal.partner_courses.models import Partner, PartnerCourse, PartnerResult
from bpc.portal.partner_courses.registering import Tool, register_partner
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from tests.portal.partner_courses.partner_tool import key_pair
from tests.portal.world import make_user

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ELSEWHERE = "https://academie.example"


def make_partner(address: str = ELSEWHERE, *, actor: Any = None, **changes: Any) -> Partner:
    """A tool registered by an administrator, its keys read at its address unless pasted."""
    told = {
        "name": "TaaWouNYa Academy",
        "login_url": f"{address}/login",
        "launch_url": f"{address}/launch",
        "redirect_urls": (f"{address}/launch",),
        "keyset_url": f"{address}/keys",
        **changes,
    }
    return register_partner(tool=Tool(**told), actor=actor or make_user(Role.ADMINISTRATOR), at=NOW)


def pasted() -> dict[str, str]:
    """A partner whose key was pasted."""
    return {"keyset_url": "", "public_keys": key_pair()[1]}


def content(partner: Partner, **changes: Any) -> Content:
    """A course's content, whole."""
    told: dict[str, Any] = {
        "partner": partner,
        "title_fr": "Fixer son prix",
        "title_ar": "تحديد الثمن",
        "about_fr": "Compter ce que coûte un produit, puis choisir un prix qui paie le travail.",
        "about_ar": "حساب تكلفة المنتوج ثم اختيار ثمن يؤدي أجر العمل.",
        "licence": "CC BY-SA 4.0",
        "credit": "TaaWouNYa Academy",
        "languages": ("fr", "ar"),
        "minutes": 45,
        **changes,
    }
    return Content(**told)


def make_course(partner: Partner, *, published: bool = True, **changes: Any) -> PartnerCourse:
    """A course kept by a trainer."""
    trainer = make_user(Role.TRAINER)
    course = add_course(content=content(partner, **changes), actor=trainer, at=NOW)
    if published:
        publish_course(course=course, actor=trainer, at=NOW)
    return course


def opened(course: PartnerCourse, person: User, **shares: bool) -> PartnerResult:
    """A course that a person opened, as the launch leaves it."""
    agreed = {"name": False, "email": False, **shares}
    identity = choose_sharing(partner=course.partner, actor=person, at=NOW, **agreed)
    return PartnerResult.objects.create(identity=identity, course=course, opened_at=NOW, last_opened_at=NOW)


def fill_partner_courses(people: dict[str, Any]) -> None:
    """Partners in service and paused, courses in each state, what two people opened."""
    here = make_partner(name="Ici", **pasted())
    paused = make_partner(name="En pause", **pasted())
    shown = make_course(here)
    make_course(here, published=False)
    withdrawn, hidden = make_course(here), make_course(paused)
    PartnerCourse.objects.filter(pk=withdrawn.pk).update(state="withdrawn")
    for person in (people["person"], people["holder"]):
        opened(shown, person)
    opened(hidden, people["person"])
    Partner.objects.filter(pk=paused.pk).update(state="paused")
