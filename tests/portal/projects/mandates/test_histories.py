"""Over random histories: nothing is written in a person's name outside a mandate in force, all of it at both names."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bpc.portal.counsel.advising import hand_over_portfolio
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.people.contacts import Contact
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.projects.founders import Founder, add_person
from bpc.portal.projects.mandates import giving
from bpc.portal.projects.mandates.codes import code_of
from bpc.portal.projects.mandates.ending import withdraw_by_link, withdraw_mandate
from bpc.portal.projects.mandates.links import stop_token
from bpc.portal.projects.mandates.models import Mandate
from bpc.portal.projects.sharing import end_advisor, grant_advisor
from tests.portal.projects.mandates.mandate_world import PHONE, World, asked, make_world
from tests.portal.world import make_user

HISTORIES, STEPS = 25, 50
_VERBS = (
    *(
        "ask",
        "ask",
        "confirm",
        "confirm",
        "confirm",
        "withdraw",
        "link",
        "expire",
        "hand over",
        "let in",
        "shut out",
    ),
    *("act",) * 16,
)


class Model:
    """What should be true, told independently of the code: for each advisor, the mandate that stands."""

    def __init__(self) -> None:
        self.waiting: dict[int, int] = {}
        self.standing: tuple[int, int] | None = None  # (advisor, mandate)

    def ended(self, mandate: int) -> None:
        """It ended, by whoever."""
        self.waiting = {who: key for who, key in self.waiting.items() if key != mandate}
        if self.standing is not None and self.standing[1] == mandate:
            self.standing = None

    def ended_of(self, advisor: int) -> None:
        """All of an advisor's ended."""
        self.waiting.pop(advisor, None)
        if self.standing is not None and self.standing[0] == advisor:
            self.standing = None


@pytest.mark.django_db
def test_no_write_in_a_name_outside_a_mandate_in_force() -> None:
    world = make_world()
    second = make_user(Role.ADVISOR)
    second.role_grants.update(granted_at=timezone.now() - timedelta(days=400))
    advisors = [world.advisor, second]
    accepted = refused = 0
    for seed in range(HISTORIES):
        chance, model = random.Random(seed), Model()
        for _step in range(STEPS):
            told = _step_of(chance, chance.choice(advisors), world, model)
            accepted, refused = accepted + (told == "accepted"), refused + (told == "refused")
        AuditEntry.objects.filter(verb="ask mandate").delete()  # another day
        for mandate in Mandate.objects.filter(ended_at=None):
            withdraw_mandate(mandate=mandate, actor=world.fadma, at=timezone.now())
    assert accepted > 20
    assert refused > 50


def _step_of(chance: random.Random, advisor: User, world: World, model: Model) -> str:
    at, key, verb = timezone.now(), advisor.pk, chance.choice(_VERBS)
    project = world.project
    if verb == "ask":
        mandate = giving.ask_mandate(
            code=project.reference, contact=Contact(phone=PHONE), asked=asked(), actor=advisor, at=at
        )
        model.waiting[key] = mandate.pk
    elif verb == "confirm" and key in model.waiting:
        mandate = Mandate.objects.get(pk=model.waiting.pop(key))
        giving.confirm_by_code(mandate=mandate, code=code_of(mandate), actor=advisor, at=at)
        model.standing = (key, mandate.pk)
    elif verb in ("withdraw", "link", "expire") and (mandates := list(Mandate.objects.order_by("-pk")[:4])):
        _end(chance.choice(mandates), verb, chance.choice([world.fadma, world.delegate]), at, model)
    elif verb == "hand over":
        hand_over_portfolio(advisor=advisor, to=None, actor=world.delegate, at=at)
        model.ended_of(key)
    elif verb == "let in":
        grant_advisor(project=project, advisor=advisor, actor=world.fadma, at=at)
    elif verb == "shut out":
        for access in project.advisor_accesses.filter(advisor=advisor, ended_at=None):
            end_advisor(access=access, actor=world.fadma, at=at)
            model.ended_of(key)
    elif verb == "act":
        return _act(chance, advisor, world, model)
    return ""


def _end(mandate: Mandate, verb: str, by: Any, at: Any, model: Model) -> None:
    if verb == "withdraw":
        withdraw_mandate(mandate=mandate, actor=by, at=at)
    elif verb == "link":
        withdraw_by_link(token=stop_token(mandate), at=at)
    else:
        Mandate.objects.filter(pk=mandate.pk).update(until_on=timezone.localdate() - timedelta(days=1))
    model.ended(mandate.pk)


def _act(chance: random.Random, advisor: User, world: World, model: Model) -> str:
    """One write under any mandate at all, one's own or not, running or not."""
    keys = list(Mandate.objects.order_by("-pk").values_list("pk", flat=True)[:5])
    actor = User.objects.get(pk=advisor.pk)
    right = [] if model.standing is None else [model.standing[1]] * 3
    actor.acting_under = chance.choice([None, *keys, *right])
    before = AuditEntry.objects.count()
    allowed = model.standing is not None and model.standing == (advisor.pk, actor.acting_under)
    try:
        add_person(project=world.project, founder=Founder("R."), actor=actor, at=timezone.now())
    except PermissionDenied:
        assert not allowed
        assert AuditEntry.objects.count() == before
        return "refused"
    assert allowed
    row = AuditEntry.objects.latest("pk")
    assert (row.actor_id, row.on_behalf_of_id) == (advisor.pk, world.fadma.pk)
    assert row.data["mandate"] == actor.acting_under
    world.project.people.all().delete()
    return "accepted"
