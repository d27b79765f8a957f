"""A partner that does not exist, its course, and the result that the demonstration's project holder has in it."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from bpc.portal.partner_courses.courses import Content, add_course, publish_course
from bpc.portal.partner_courses.identities import choose_sharing
from bpc.portal.partner_courses.models import Partner, PartnerCourse, PartnerIdentity, PartnerResult
from bpc.portal.partner_courses.receiving import receive_score
from bpc.portal.partner_courses.registering import Tool, register_partner
from bpc.portal.partner_courses.scores import Score
from bpc.portal.partner_courses.states import Activity, Grading
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role

_SITE = "https://academie.demo.invalid"  # reserved: leads nowhere


@transaction.atomic
def create_demo_partner_courses() -> int:
    """Register the partner and its course where there is none; returns how many courses were added."""
    people = {
        role: User.objects.filter(is_demo=True, role_grants__role=role).order_by("pk").first()
        for role in (Role.ADMINISTRATOR, Role.TRAINER, Role.HOLDER)
    }
    if Partner.objects.filter(is_demo=True).exists() or not all(people.values()):
        return 0
    now = timezone.now()
    partner = register_partner(tool=_tool(), actor=people[Role.ADMINISTRATOR], at=now - timedelta(days=60))
    Partner.objects.filter(pk=partner.pk).update(is_demo=True)
    trainer = people[Role.TRAINER]
    course = add_course(content=_content(partner), actor=trainer, at=now - timedelta(days=50))
    publish_course(course=course, actor=trainer, at=now - timedelta(days=50))
    _finish(course, people[Role.HOLDER], now - timedelta(days=12))
    return 1


def _finish(course: PartnerCourse, learner: User | None, began: datetime) -> None:
    identity = choose_sharing(partner=course.partner, name=False, email=False, actor=learner, at=began)
    PartnerResult.objects.create(identity=identity, course=course, opened_at=began, last_opened_at=began)
    score = Score(
        str(identity.subject), began + timedelta(hours=2), Activity.COMPLETED, Grading.FULLY_GRADED,
        Decimal(17), Decimal(20), "",
    )  # fmt: skip
    receive_score(course=course, score=score, at=began + timedelta(hours=2))


def remove_demo_partner_courses() -> None:
    """Delete the partner, its courses and what anybody had in them."""
    PartnerResult.objects.filter(course__partner__is_demo=True).delete()
    PartnerIdentity.objects.filter(partner__is_demo=True).delete()
    PartnerCourse.objects.filter(partner__is_demo=True).delete()
    Partner.objects.filter(is_demo=True).delete()


def _tool() -> Tool:
    return Tool(
        name="Académie (démonstration)",
        login_url=f"{_SITE}/enrol/lti/login.php",
        launch_url=f"{_SITE}/enrol/lti/launch.php",
        redirect_urls=(f"{_SITE}/enrol/lti/launch.php",),
        keyset_url=f"{_SITE}/enrol/lti/jwks.php",
    )


def _content(partner: Partner) -> Content:
    return Content(
        partner=partner,
        title_fr="Photographier ses produits pour la vente",
        title_ar="تصوير المنتوجات من أجل البيع",
        about_fr=(
            "Lumière du jour, fond uni, trois angles : des photos qui donnent envie, avec un simple téléphone. "
            "Partenaire de démonstration : son site n’existe pas."
        ),
        about_ar=(
            "ضوء النهار وخلفية موحدة وثلاث زوايا: صور تجذب المشترين بهاتف بسيط. "
            "شريك للعرض فقط: موقعه غير موجود."
        ),
        licence="CC BY-SA 4.0",
        credit="Académie (démonstration)",
        languages=("fr", "ary"),
        minutes=40,
        custom={"id": "photos-1"},
        answers=("diagnosis:buyers",),
        pass_percent=60,
    )
