"""Personal data in verdicts."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.contests.models import AdvisorSlot, Decision, Publication, Ranking, ReinforcedSupport
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column


def declare() -> None:
    """Called by the room’s `declare`."""
    for holding in (
        Holding(
            "contest_slots",
            _("Les rendez-vous que vous proposez aux équipes"),
            ("contests.AdvisorSlot.advisor",),
            _slots,
            _("Effacés."),
            _forget_slots,
        ),
        Holding(
            "contest_support",
            _("Les équipes lauréates que l’on vous a proposé d’accompagner"),
            ("contests.ReinforcedSupport.advisor",),
            _support,
            _("Conservées sans votre nom."),
            _forget_support,
        ),
        Holding(
            "contest_decisions",
            _("Ce que vous avez décidé comme président d’un jury"),
            ("contests.Decision.decided_by", "contests.Publication.published_by", "contests.Ranking.computed_by"),
            _decisions,
            _("Conservé sans votre nom : le verdict publié doit rester vérifiable."),
            _forget_decisions,
        ),
    ):  # fmt: skip
        declare_holding(holding)
    exclude_column(
        "contests.Feedback.sent_by", "tells who sent a team its feedback; exported as an act of the trail"
    )


def _slots(user: User) -> list[Row]:
    return [
        {"edition": row.edition.slug, "starts": row.starts_at, "minutes": row.minutes, "place": row.place,
         "taken": row.taken_at}
        for row in AdvisorSlot.objects.filter(advisor=user).select_related("edition")
    ]  # fmt: skip


def _support(user: User) -> list[Row]:
    return [
        {"entry": row.entry.title, "state": row.state, "offered": row.offered_at, "answered": row.answered_at}
        for row in ReinforcedSupport.objects.filter(advisor=user).select_related("entry").order_by("pk")
    ]


def _decisions(user: User) -> list[Row]:
    made = Decision.objects.filter(decided_by=user).select_related("entry").order_by("pk")
    return [
        *(
            {"entry": row.entry.reference, "outcome": row.outcome, "place": row.place, "reason": row.reason,
             "language": row.language, "at": row.decided_at}
            for row in made
        ),
        *(
            {"edition": row.edition.slug, "computed": row.computed_at, "method": row.method}
            for row in Ranking.objects.filter(computed_by=user).select_related("edition").order_by("pk")
        ),
        *(
            {"edition": row.edition.slug, "published": row.published_at, "head": row.head}
            for row in Publication.objects.filter(published_by=user).select_related("edition").order_by("pk")
        ),
    ]  # fmt: skip


def _forget_slots(user: User) -> None:
    AdvisorSlot.objects.filter(advisor=user).delete()


def _forget_support(user: User) -> None:
    ReinforcedSupport.objects.filter(advisor=user).update(advisor=None)


def _forget_decisions(user: User) -> None:
    Decision.objects.filter(decided_by=user).update(decided_by=None)
    Publication.objects.filter(published_by=user).update(published_by=None)
    Ranking.objects.filter(computed_by=user).update(computed_by=None)
