"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.kept_files import delete_files
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column
from bpc.portal.projects.belongings import declare_belonging
from bpc.portal.projects.mandates.ending import end_mandates
from bpc.portal.projects.mandates.models import Mandate
from bpc.portal.projects.mandates.states import Ending


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "mandates_given",
            _("Les mandats que vous avez donnés, et ce qui a été fait pour vous"),
            ("projects.Mandate.person", "foundation.AuditEntry.on_behalf_of"),
            _given,
            _("Arrêtés et effacés, avec le papier signé ; la trace des actes est conservée sans votre nom."),
            _forget_given,
        )
    )
    declare_holding(
        Holding(
            "mandates_held",
            _("Les mandats qui vous ont été donnés comme conseiller"),
            ("projects.Mandate.advisor",),
            _held,
            _("Arrêtés ; conservés sans votre nom pour les personnes qui vous les ont donnés."),
            _forget_held,
        )
    )
    exclude_column("projects.Mandate.confirmed_by", "tells who confirmed it; exported as an act of the trail")
    exclude_column("projects.Mandate.ended_by", "tells who ended it; exported as an act of the trail")
    declare_belonging(_forget_papers)


def _row(mandate: Mandate) -> Row:
    return {
        "code": mandate.project.reference,
        "mandate_given": mandate.given,
        "witness": mandate.witness,
        "paper": mandate.paper_name,
        "language": mandate.language,
        "sent": mandate.asked_at,
        "mandate_since": mandate.confirmed_at,
        "mandate_until": mandate.until_on.isoformat(),
        "ended": mandate.ended_at,
        "mandate_ending": mandate.ending,
    }


def _given(user: User) -> list[Row]:
    rows: list[Row] = [
        _row(one) for one in Mandate.objects.filter(person=user).select_related("project").order_by("pk")
    ]
    acts = AuditEntry.objects.filter(on_behalf_of=user).order_by("at", "pk")
    return rows + [
        {"act": one.verb, "on": f"{one.object_kind} {one.object_key}", "at": one.at} for one in acts
    ]


def _held(user: User) -> list[Row]:
    return [
        _row(one) for one in Mandate.objects.filter(advisor=user).select_related("project").order_by("pk")
    ]


def _forget_given(user: User) -> None:
    rows = Mandate.objects.filter(person=user)
    end_mandates(rows, Ending.ACCOUNT, actor=None, at=timezone.now())
    delete_files(rows.exclude(paper="").values_list("paper", flat=True))
    rows.delete()


def _forget_held(user: User) -> None:
    end_mandates(Mandate.objects.filter(advisor=user), Ending.ACCOUNT, actor=None, at=timezone.now())


def _forget_papers(keys: Iterable[int]) -> None:
    papers = Mandate.objects.filter(project__in=list(keys)).exclude(paper="")
    delete_files(papers.values_list("paper", flat=True))
