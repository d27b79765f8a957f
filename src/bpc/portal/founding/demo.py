"""The creation file of the demonstration project: begun, half filled, so that what is missing shows."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from bpc.portal.founding.actions import answer, begin_file
from bpc.portal.founding.answers import catalogue, value_of
from bpc.portal.founding.members import edit_founder
from bpc.portal.founding.told import Told
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Answer, MemberRole

_SHARES = 3
_SAID: dict[str, dict[str, Any]] = {
    "name": {"name_2": "Taliouine Or Rouge", "name_3": "Tagmate safran"},
    "seat": {"seat_fr": "Centre de Taliouine", "seat_ar": "مركز تالوين", "area_fr": "Commune de Taliouine",
             "area_ar": "جماعة تالوين"},
    "purpose": {"purpose_ar": "تجفيف وتلفيف وتسويق زعفران الأعضاء بشكل جماعي.", "categories": ("supply",),
                "duration_years": 99},
    "capital": {"share_value": Decimal(200)},
    "organs": {"management": "board", "board_size": 3},
}  # fmt: skip


@transaction.atomic
def create_demo_founding() -> int:
    """Begin the file of the demonstration project that has none; returns how many were begun.

    It goes with the project when the demonstration is removed.
    """
    project = Project.objects.filter(is_demo=True, following=None, creation_file=None).order_by("pk").first()
    if project is None:
        return 0
    owner = project.members.filter(role=MemberRole.OWNER).select_related("user").order_by("pk")[0].user
    now = timezone.now()
    file = begin_file(project=project, known={}, actor=owner, at=now)
    for family, said in _SAID.items():
        held = {one.code: value_of(file.answers, one.code) for one in catalogue().of(family)}
        answer(file=file, family=family, values={**held, **said}, base=held, actor=owner, at=now)
        file.refresh_from_db()
    for founder in file.founders.all():
        told = Told(
            name_fr=founder.name_fr, name_ar=founder.name_ar, office=founder.office, shares=_SHARES,
            in_kind=Decimal(0), cash_paid=Decimal(150), adult=Answer.YES, in_the_trade=Answer.YES,
        )  # fmt: skip
        edit_founder(founder=founder, told=told, revision=founder.revision, actor=owner, at=now)
    return 1
