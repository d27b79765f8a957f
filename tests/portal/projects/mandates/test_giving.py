"""How a mandate is given, and what is refused."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from PIL import Image

from bpc.portal.foundation.audit import trail_of
from bpc.portal.people.contacts import Contact
from bpc.portal.people.models import Notification
from bpc.portal.people.roles import Role
from bpc.portal.people.sms import MemoryGateway
from bpc.portal.projects.mandates import giving
from bpc.portal.projects.mandates.codes import code_of, is_code_of
from bpc.portal.projects.mandates.models import Mandate
from bpc.portal.projects.mandates.states import MandateState
from bpc.portal.projects.mandates.visibility import mandates_in_force
from tests.portal.projects.mandates.mandate_world import PHONE, World, ask, asked, give, make_world
from tests.portal.projects.project_world import join
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def _stands(mandate: Mandate) -> bool:
    return mandates_in_force(timezone.now()).filter(pk=mandate.pk).exists()


def test_a_code_told_on_the_telephone_puts_it_in_force_and_lets_the_advisor_read(
    django_capture_on_commit_callbacks: Any,
) -> None:
    world = make_world()
    MemoryGateway.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        mandate = ask(world)
    assert mandate.state_at(timezone.now()) == MandateState.WAITING
    assert not _stands(mandate)
    number, text = MemoryGateway.outbox[-1]
    assert number == PHONE
    assert code_of(mandate) in text
    assert world.project.name not in text
    with django_capture_on_commit_callbacks(execute=True):
        giving.confirm_by_code(mandate=mandate, code=code_of(mandate), actor=world.advisor, at=timezone.now())
    assert _stands(mandate)
    assert world.project.advisor_accesses.filter(advisor=world.advisor, ended_at=None).count() == 1
    number, text = MemoryGateway.outbox[-1]
    assert number == PHONE
    assert "/ar/m/" in text
    assert world.project.name not in text
    assert "Safran" not in text
    verbs = list(trail_of(mandate).values_list("verb", flat=True))
    assert verbs == ["ask mandate", "confirm mandate"]


def test_wrong_codes_are_counted_and_the_fifth_spends_it() -> None:
    world = make_world()
    mandate = ask(world)
    wrong = "000000" if code_of(mandate) != "000000" else "111111"
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(giving.WrongCode) as refusal:
            giving.confirm_by_code(mandate=mandate, code=wrong, actor=world.advisor, at=timezone.now())
        assert refusal.value.left == left
    with pytest.raises(giving.CodeSpent):
        giving.confirm_by_code(mandate=mandate, code=code_of(mandate), actor=world.advisor, at=timezone.now())
    first = code_of(mandate)
    giving.send_another_code(mandate=mandate, actor=world.advisor, at=timezone.now())
    mandate.refresh_from_db()
    assert code_of(mandate) != first
    assert not is_code_of(mandate, first)
    giving.send_another_code(mandate=mandate, actor=world.advisor, at=timezone.now())
    with pytest.raises(giving.CodeSpent):
        giving.send_another_code(mandate=mandate, actor=world.advisor, at=timezone.now())
    mandate.refresh_from_db()
    spaced = f" {code_of(mandate)[:3]} {code_of(mandate)[3:]} ".translate(
        str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    )
    giving.confirm_by_code(mandate=mandate, code=spaced, actor=world.advisor, at=timezone.now())
    assert _stands(mandate)


def test_a_code_lasts_half_an_hour_and_a_request_seven_days() -> None:
    world = make_world()
    mandate = ask(world)
    later = timezone.now() + timedelta(minutes=31)
    with pytest.raises(giving.CodeSpent):
        giving.confirm_by_code(mandate=mandate, code=code_of(mandate), actor=world.advisor, at=later)
    with pytest.raises(giving.NotWaiting):
        giving.send_another_code(mandate=mandate, actor=world.advisor, at=later + timedelta(days=8))


def test_only_the_advisor_who_asked_types_the_code() -> None:
    world = make_world()
    mandate = ask(world)
    other = make_user(Role.ADVISOR)
    with pytest.raises(giving.NotWaiting):
        giving.confirm_by_code(mandate=mandate, code=code_of(mandate), actor=other, at=timezone.now())
    with pytest.raises(PermissionDenied):
        giving.confirm_by_code(mandate=mandate, code=code_of(mandate), actor=world.fadma, at=timezone.now())


def test_a_witness_waits_for_a_delegate_of_the_region() -> None:
    world = make_world()
    mandate = ask(world, "witness", witness="Hassan B.")
    assert Notification.objects.filter(user=world.delegate, kind="mandate.to_confirm").count() == 1
    with pytest.raises(giving.NotWaiting):
        giving.confirm_by_code(mandate=mandate, code="123456", actor=world.advisor, at=timezone.now())
    for person in (
        world.advisor,
        world.fadma,
        make_user(Role.DELEGATE, region="02"),
        make_user(Role.ADMINISTRATOR),
    ):
        with pytest.raises(PermissionDenied):
            giving.confirm_witnessed(mandate=mandate, actor=person, at=timezone.now())
    giving.confirm_witnessed(mandate=mandate, actor=world.delegate, at=timezone.now())
    mandate.refresh_from_db()
    assert _stands(mandate)
    assert mandate.confirmed_by == world.delegate
    assert Notification.objects.filter(user=world.advisor, kind="mandate.given").count() == 1


def test_a_signed_paper_is_kept_and_holds_at_once(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    photo = BytesIO()
    Image.new("RGB", (600, 800), "white").save(photo, "JPEG")
    paper = giving.read_paper(BytesIO(photo.getvalue()), len(photo.getvalue()))
    mandate = ask(make_world(), "paper", paper=paper, paper_name="accord.jpeg")
    assert _stands(mandate)
    assert mandate.paper_name == "accord.jpg"
    with mandate.paper.open("rb") as kept:
        assert kept.read(2) == b"\xff\xd8"
    assert "accord" not in str(mandate.paper.name)


def test_who_is_not_named_or_may_not_give_is_answered_alike() -> None:
    world = make_world()
    at, advisor = timezone.now(), world.advisor
    reader, staff = make_user(phone="+212661000002"), make_user(Role.TRAINER, phone="+212661000003")
    join(world.project, reader, "reader")
    join(world.project, staff, "editor")
    cases = [
        ("ZZZZ", PHONE), (world.project.reference, "+212661999999"), (world.project.reference, reader.phone),
        (world.project.reference, staff.phone),
    ]  # fmt: skip
    for code, phone in cases:
        with pytest.raises(giving.NobodySuch):
            giving.ask_mandate(
                code=code, contact=Contact(phone=str(phone)), asked=asked(), actor=advisor, at=at
            )
    with pytest.raises(giving.NobodySuch):
        giving.ask_mandate(
            code=world.project.reference, contact=Contact(phone=PHONE), asked=asked(),
            actor=make_user(Role.ADVISOR, region="02"), at=at,
        )  # fmt: skip
    with pytest.raises(PermissionDenied):
        giving.ask_mandate(
            code=world.project.reference,
            contact=Contact(phone=PHONE),
            asked=asked(),
            actor=world.delegate,
            at=at,
        )
    assert not Mandate.objects.exists()


def test_an_editor_cannot_open_the_project_by_a_mandate() -> None:
    world = make_world()
    editor = make_user(phone="+212661000004")
    join(world.project, editor, "editor")
    contact = Contact(phone=editor.phone or "")
    with pytest.raises(giving.NotLetIn):
        giving.ask_mandate(
            code=world.project.reference,
            contact=contact,
            asked=asked(),
            actor=world.advisor,
            at=timezone.now(),
        )


def test_without_a_number_no_code() -> None:
    world = make_world()
    world.fadma.email, world.fadma.phone = "fadma@example.org", None
    world.fadma.save()
    with pytest.raises(giving.NoTelephone):
        giving.ask_mandate(
            code=world.project.reference, contact=Contact(email="fadma@example.org"), asked=asked(),
            actor=world.advisor, at=timezone.now(),
        )  # fmt: skip


def test_so_many_a_day() -> None:
    world = make_world()
    for _number in range(20):
        giving.note_search(actor=world.advisor, at=timezone.now())
    with pytest.raises(giving.TooManyAsked):
        ask(world)


def test_the_newer_replaces_whoever_holds_it() -> None:
    world = make_world()
    first = give(world)
    other = World(world.project, world.fadma, make_user(Role.ADVISOR), world.delegate)
    other.advisor.role_grants.update(granted_at=timezone.now() - timedelta(days=9))
    second = give(other)
    first.refresh_from_db()
    assert first.ending == "replaced"
    assert not _stands(first)
    assert _stands(second)
    assert not world.project.advisor_accesses.filter(advisor=world.advisor, ended_at=None).exists()


def test_the_last_day_of_so_many_months() -> None:
    at = timezone.now().replace(year=2026, month=11, day=30, hour=12)
    assert giving.longest_until(at, 3) == date(2027, 2, 28)
    assert giving.longest_until(at, 12) == date(2027, 11, 30)
    assert giving.longest_until(at, 1) == date(2026, 12, 30)
