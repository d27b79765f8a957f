"""Awards: given once, renewed, revoked, shown under a name or not; told, written in the trail."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from bpc.portal.badges.achievements import UnknownAchievement
from bpc.portal.badges.awarding import NoName, revoke, show_name, sign_waiting, unsigned_awards
from bpc.portal.badges.keys import signer
from bpc.portal.badges.models import Award, SigningKey
from bpc.portal.badges.queries import held_by, holders_in, holds, name_of
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.sealing import BrokenSeal
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.ideas.references import normalise
from bpc.portal.people.departure import delete_account
from bpc.portal.people.models import Notification
from bpc.portal.people.notices import text_of
from bpc.portal.people.roles import Role
from tests.portal.badges.badge_world import CODE, EVIDENCE, NOW, awarded, defined
from tests.portal.plans.plain_words import plain
from tests.portal.world import make_user, people_of_every_role

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def test_given_twice_is_one_award() -> None:
    person = make_user(display_name="Fatima Aït Baha")
    first, again = awarded(person), awarded(person, at=LATER)
    assert first == again
    assert Award.objects.count() == 1
    assert normalise(first.code) == first.code
    assert first.evidence("ar") == EVIDENCE.ar
    assert [entry.verb for entry in trail_of(first)] == ["award badge"]
    assert plain(text_of(Notification.objects.get(user=person))) == (
        "Vous avez obtenu l’attestation « Prix et marge »."
    )


def test_the_base_itself_keeps_one_living_award() -> None:
    row = awarded()
    row.pk, row.code, row.place = None, "AAAA-AAA", row.place + 1
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_newer_version_renews_it() -> None:
    person = make_user()
    first = awarded(person)
    defined(version=2)
    second = awarded(person, at=LATER)
    first.refresh_from_db()
    assert (first.renewed_at, first.is_living, second.is_living, second.version.number) == (
        LATER,
        False,
        True,
        2,
    )
    assert first.code != second.code
    assert awarded(person, version=1, at=LATER) == second  # the older version adds nothing
    assert holds(person, CODE)


def test_what_was_revoked_comes_back_only_when_earned_again() -> None:
    person, trainer = make_user(), make_user(Role.TRAINER)
    first = awarded(person)
    revoke(award=first, reason=" Le quiz a été fait par une autre personne. ", actor=trainer, at=LATER)
    assert not holds(person, CODE)
    assert awarded(person, at=NOW) == first
    again = awarded(person, at=LATER + timedelta(days=1))
    assert again != first
    assert again.is_living
    first.refresh_from_db()
    assert first.revoked_at == LATER
    assert holds(person, CODE)


def test_a_revocation_is_told_and_written_with_its_reason() -> None:
    person, trainer = make_user(language="ar"), make_user(Role.TRAINER)
    row = revoke(award=awarded(person), reason="Erreur de liste.", actor=trainer, at=LATER)
    entry = trail_of(row).last()
    assert entry is not None
    assert (entry.verb, entry.reason, entry.actor) == ("revoke badge", "Erreur de liste.", trainer)
    notice = Notification.objects.get(user=person, kind="badges.revoked")
    assert notice.data == {"code": row.code, "name": "الثمن والهامش"}
    with pytest.raises(IllegalMove):
        revoke(award=row, reason="Encore.", actor=trainer, at=LATER)


def test_a_revocation_needs_a_reason_and_the_right() -> None:
    row, people = awarded(), people_of_every_role()
    with pytest.raises(ReasonMissing):
        revoke(award=row, reason="  ", actor=people["trainer"], at=LATER)
    may = {name for name, person in people.items() if _revokes(row, person)}
    assert may == {"trainer", "administrator"}


def _revokes(row: Award, person: Any) -> bool:
    try:
        with transaction.atomic():
            revoke(award=row, reason="Essai.", actor=person, at=LATER)
            transaction.set_rollback(True)
    except PermissionDenied:
        return False
    return True


def test_only_its_holder_shows_a_name() -> None:
    person = make_user(display_name="Fatima Aït Baha")
    row = awarded(person)
    former = row.token
    for other in (make_user(), make_user(Role.TRAINER)):
        with pytest.raises(PermissionDenied):
            show_name(award=row, shown=True, actor=other, at=LATER)
    shown = show_name(award=row, shown=True, actor=person, at=LATER)
    assert shown.shows_name
    assert shown.token != former
    nameless = make_user()
    with pytest.raises(NoName):
        show_name(award=awarded(nameless), shown=True, actor=nameless, at=LATER)


def test_who_holds_it_is_asked_in_one_query(django_assert_num_queries: Any) -> None:
    people = [make_user() for _ in range(4)]
    for person in people[:2]:
        awarded(person)
    awarded(people[2], "workshop:market")
    with django_assert_num_queries(1):
        assert holders_in(people, CODE) == {people[0].pk, people[1].pk}
    with django_assert_num_queries(1):
        assert held_by(people[2]) == {"workshop:market"}
    assert not holds(people_of_every_role()["stranger"], CODE)
    assert (name_of(CODE, "ar"), name_of("course:rien", "fr")) == ("الثمن والهامش", "course:rien")


def test_nothing_is_lost_while_the_key_does_not_open(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    signer(NOW)
    settings.SECRET_KEY = "another-" + "y" * 40
    row = awarded()
    assert (row.token, row.is_living, list(unsigned_awards())) == ("", True, [row])
    assert row.code in caplog.text
    with pytest.raises(BrokenSeal):
        sign_waiting(NOW)
    settings.SECRET_KEY = "test-only-" + "x" * 40
    assert (sign_waiting(NOW), sign_waiting(NOW)) == (1, 0)
    row.refresh_from_db()
    assert row.key == SigningKey.objects.get()


def test_an_award_outlives_its_holder_without_them() -> None:
    person = make_user(display_name="Fatima Aït Baha")
    row = show_name(award=awarded(person), shown=True, actor=person, at=NOW)
    delete_account(user=person, actor=person, at=LATER)
    row.refresh_from_db()
    assert (row.user, row.token, row.shows_name, row.is_living) == (None, "", False, True)


def test_nobody_defined_what_is_awarded() -> None:
    with pytest.raises(UnknownAchievement):
        awarded(code=CODE, version=3)
