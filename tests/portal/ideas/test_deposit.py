"""The author's verbs: once per form, with their trail, refused when they come too late."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from PIL import Image

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas import deposit
from bpc.portal.ideas.limits import PER_CONTACT, TooManyDeposits, filled_by_hand, note_deposit, stamp
from bpc.portal.ideas.models import Attachment, DepositTrace, Idea, PendingFile
from bpc.portal.ideas.pending import NoRoom, forget_unclaimed, pending_files, put_photo_aside
from bpc.portal.people.models import Notification
from bpc.portal.reference.models import Territory
from tests.portal.world import HERE, make_idea, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def content(**said: object) -> deposit.Content:
    """Words of an idea in Taroudannt."""
    values = {
        "title": "Un rucher commun", "need": "Les abeilles manquent.", "proposal": "Un rucher.", "language": "fr",
        "sector_id": "beekeeping", "commune": Territory.objects.get(pk=HERE), "speaker": "citizen",
    }  # fmt: skip
    return deposit.Content(**{**values, **said})  # type: ignore[arg-type]


def photo(colour: str) -> io.BytesIO:
    """A small photo."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out


def put_aside(colour: str, key: object, **more: object) -> None:
    """Put a photo of one colour aside under `key`."""
    file = photo(colour)
    size = len(file.getvalue())
    file.seek(0)
    put_photo_aside(file, size=size, name=f"C:\\photos\\{colour}.jpg", key=key, at=NOW, **more)  # type: ignore[arg-type]


def test_a_stranger_proposes_and_the_region_is_told() -> None:
    delegate = make_user("delegate")
    key = uuid4()
    put_aside("red", key)
    idea, is_new = deposit.propose(
        content=content(contact_phone="+212612345678"), submission_key=key, actor=None, at=NOW
    )
    assert is_new
    assert (idea.state, idea.region_id, idea.province_id, idea.author) == ("submitted", "09", "09.541", None)
    assert idea.submitted_at == NOW
    assert [entry.verb for entry in trail_of(idea)] == ["submit"]
    assert Notification.objects.filter(user=delegate).count() == 1
    kept = idea.attachments.get()
    assert (kept.original_name, kept.width, kept.height) == ("red.jpg", 40, 30)
    assert kept.thumbnail
    assert not pending_files(key).exists()


def test_the_same_form_sent_twice_makes_one_idea() -> None:
    key, author = uuid4(), make_user()
    first, _ = deposit.propose(content=content(), submission_key=key, actor=author, at=NOW)
    second, is_new = deposit.propose(content=content(title="Autre"), submission_key=key, actor=author, at=NOW)
    assert (second.pk, is_new, Idea.objects.count()) == (first.pk, False, 1)
    with pytest.raises(deposit.KeyTaken):
        deposit.propose(content=content(), submission_key=key, actor=make_user(), at=NOW)


def test_a_draft_is_amended_and_handed_in_by_its_author_only() -> None:
    author = make_user()
    idea = deposit.start(content=content(), submission_key=uuid4(), actor=author, at=NOW)
    assert idea.state == "draft"
    with pytest.raises(PermissionDenied):
        deposit.amend(
            idea=idea, content=content(), version=1, submission_key=uuid4(), actor=make_user(), at=NOW
        )
    amended = deposit.amend(
        idea=idea, content=content(title="Deux ruchers"), version=1, submission_key=uuid4(), actor=author, at=NOW,
        then_submit=True,
    )  # fmt: skip
    assert (amended.title, amended.version, amended.state) == ("Deux ruchers", 2, "submitted")
    assert [entry.verb for entry in trail_of(idea)] == ["start", "amend", "submit"]
    with pytest.raises(IllegalMove):
        deposit.amend(idea=idea, content=content(), version=2, submission_key=uuid4(), actor=author, at=NOW)


def test_a_stale_form_changes_nothing_and_shows_what_is_stored() -> None:
    author = make_user()
    idea = make_idea(state="returned", author=author)
    deposit.amend(
        idea=idea, content=content(title="Neuf"), version=1, submission_key=uuid4(), actor=author, at=NOW
    )
    with pytest.raises(deposit.StaleForm) as stale:
        deposit.amend(
            idea=idea, content=content(title="Vieux"), version=1, submission_key=uuid4(), actor=author, at=NOW
        )
    assert stale.value.current.title == "Neuf"
    idea.refresh_from_db()
    assert (idea.title, idea.version) == ("Neuf", 2)


def test_withdrawing_and_discarding() -> None:
    author = make_user()
    idea = deposit.start(content=content(), submission_key=uuid4(), actor=author, at=NOW)
    deposit.discard(idea=idea, actor=author, at=NOW)
    assert not Idea.objects.exists()
    sent, _ = deposit.propose(content=content(), submission_key=uuid4(), actor=author, at=NOW)
    with pytest.raises(IllegalMove):
        deposit.discard(idea=sent, actor=author, at=NOW)
    assert deposit.withdraw(idea=sent, actor=author, at=NOW).state == "archived"
    with pytest.raises(IllegalMove):
        deposit.withdraw(idea=sent, actor=author, at=NOW)


def test_three_photos_and_no_more_the_same_one_counts_once() -> None:
    key = uuid4()
    for colour in ("red", "red", "green", "blue"):
        put_aside(colour, key)
    assert pending_files(key).count() == 3
    with pytest.raises(NoRoom):
        put_aside("white", key)
    idea = make_idea(state="draft")
    for position in range(2):
        Attachment.objects.create(idea=idea, kind="photo", file="x.jpg", size=1, position=position)
    other = uuid4()
    put_aside("red", other, idea=idea)
    with pytest.raises(NoRoom):
        put_aside("green", other, idea=idea)


def test_unclaimed_files_go_after_a_day() -> None:
    key = uuid4()
    put_aside("red", key)
    stored = PendingFile.objects.get().file
    assert forget_unclaimed(NOW + timedelta(hours=23)) == 0
    assert forget_unclaimed(NOW + timedelta(hours=25)) == 1
    assert not PendingFile.objects.exists()
    assert stored.name


def test_one_contact_sends_five_ideas_a_day() -> None:
    for _ in range(PER_CONTACT):
        note_deposit(address="196.12.3.4", contact="A@example.org", at=NOW)
    with pytest.raises(TooManyDeposits) as reached:
        note_deposit(address="196.12.3.5", contact="a@example.org", at=NOW)
    assert reached.value.by == "contact"
    note_deposit(address="196.12.3.4", contact="b@example.org", at=NOW)
    note_deposit(address="196.12.3.4", contact="a@example.org", at=NOW + timedelta(hours=25))
    assert DepositTrace.objects.count() == 2  # yesterday is forgotten
    assert not DepositTrace.objects.filter(digest__contains="example").exists()


def test_a_form_is_filled_by_hand_when_we_opened_it_and_time_has_passed() -> None:
    stamped = stamp("key", NOW)
    assert filled_by_hand(stamped, "key", NOW + timedelta(seconds=5))
    assert not filled_by_hand(stamped, "key", NOW + timedelta(seconds=1))
    assert not filled_by_hand(stamped, "other", NOW + timedelta(seconds=5))
    assert not filled_by_hand(stamped[:-2], "key", NOW + timedelta(seconds=5))
    assert not filled_by_hand("", "key", NOW)
