"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding
from bpc.portal.results.answering import FIGURES
from bpc.portal.results.models import Following, PeriodResult
from bpc.portal.results.names import GENERATION


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "project_results",
            _("Les résultats de projets que vous avez écrits"),
            ("results.PeriodResult.answered_by",),
            _results,
            _("Ils restent au groupe, sans votre nom."),
            _forget_results,
        )
    )
    declare_holding(
        Holding(
            "project_followings",
            _("Le suivi de projets que vous avez réglé"),
            ("results.Following.changed_by",),
            _followings,
            _("Il reste au groupe, sans votre nom."),
            _forget_followings,
        )
    )


def _results(user: User) -> list[Row]:
    rows = PeriodResult.objects.filter(answered_by=user).select_related("project").order_by("pk")
    return [
        {
            "code": row.project.reference,
            "title": row.project.name,
            "at": row.ends_on,
            "answers": {"alive": row.alive, **{name: getattr(row, name) for name in FIGURES}},
            "text": row.cause_words,
        }
        for row in rows
    ]


def _followings(user: User) -> list[Row]:
    rows = Following.objects.filter(changed_by=user).select_related("project").order_by("pk")
    return [
        {
            "code": row.project.reference,
            "title": row.project.name,
            "starts": row.launched_on,
            "text": row.story,
            "changed": row.changed_at,
        }
        for row in rows
    ]


def _forget_results(user: User) -> None:
    PeriodResult.objects.filter(answered_by=user).update(answered_by=None)


def _forget_followings(user: User) -> None:
    Following.objects.filter(changed_by=user).update(changed_by=None)
    outdate(GENERATION)
