"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.partner_courses.models import (
    LearnerAccount,
    Partner,
    PartnerCourse,
    PartnerIdentity,
    PartnerResult,
    RecordStore,
)
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding


def declare() -> None:
    """Called once when the app is ready."""
    for holding in (
        Holding(
            "partner_courses",
            _("Vos cours chez des partenaires, et ce que chaque partenaire reçoit de vous"),
            ("partner_courses.PartnerIdentity.person",),
            _courses,
            _(
                "Ils sont effacés ici. Le partenaire garde ce que vous avez fait chez lui : "
                "demandez-lui de l’effacer."
            ),
            _forget_courses,
        ),
        Holding(
            "training_records",
            _("Ce que le registre d’apprentissage a reçu de votre parcours, sous un numéro"),
            ("partner_courses.LearnerAccount.person",),
            _statements,
            _("Le numéro est effacé ici : plus rien ne le relie à vous."),
            _forget_account,
        ),
        Holding(
            "kept_partners",
            _("Les partenaires et les cours de partenaires que vous avez tenus"),
            (
                "partner_courses.Partner.registered_by",
                "partner_courses.PartnerCourse.author",
                "partner_courses.RecordStore.changed_by",
            ),
            _kept,
            _("Ils restent au service, sans votre nom."),
            _forget_kept,
        ),
    ):
        declare_holding(holding)


def _courses(user: User) -> list[Row]:
    identities = PartnerIdentity.objects.filter(person=user).select_related("partner").order_by("pk")
    known: list[Row] = [
        {
            "name": one.partner.name, "code": str(one.subject), "shares_name": one.shares_name,
            "shares_email": one.shares_email, "at": one.decided_at,
        }
        for one in identities
    ]  # fmt: skip
    results = PartnerResult.objects.filter(identity__person=user).select_related("course").order_by("pk")
    return known + [
        {
            "title": one.course.title_fr, "at": one.opened_at, "last": one.last_opened_at,
            "activity": one.activity, "grading": one.grading, "score": one.given, "maximum": one.maximum,
            "text": one.comment, "completed": one.completed_at,
        }
        for one in results
    ]  # fmt: skip


def _forget_courses(user: User) -> None:
    PartnerIdentity.objects.filter(person=user).delete()


def _statements(user: User) -> list[Row]:
    account = LearnerAccount.objects.filter(person=user).first()
    if account is None:
        return []
    rows = account.statements.order_by("made_at", "key")
    told: list[Row] = [{"code": str(account.subject)}]
    return told + [
        {
            "what": one.body["verb"]["id"],
            "link": one.body["object"]["id"],
            "at": one.made_at,
            "sent": one.sent_at,
        }
        for one in rows
    ]


def _forget_account(user: User) -> None:
    LearnerAccount.objects.filter(person=user).delete()


def _kept(user: User) -> list[Row]:
    partners = Partner.objects.filter(registered_by=user).order_by("pk")
    courses = PartnerCourse.objects.filter(author=user).order_by("pk")
    stores = RecordStore.objects.filter(changed_by=user)
    return [
        *({"name": one.name, "at": one.registered_at} for one in partners),
        *({"title": one.title_fr, "at": one.made_at} for one in courses),
        *({"link": one.endpoint, "at": one.changed_at} for one in stores),
    ]


def _forget_kept(user: User) -> None:
    Partner.objects.filter(registered_by=user).update(registered_by=None)
    PartnerCourse.objects.filter(author=user).update(author=None)
    RecordStore.objects.filter(changed_by=user).update(changed_by=None)
