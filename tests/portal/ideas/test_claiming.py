"""Ideas given without an account become their author's, by the contact given with them only."""

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from bpc.portal.foundation.audit import trail_of
from bpc.portal.ideas.claiming import claim, claimable
from bpc.portal.people.models import User
from tests.portal.world import make_idea, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def verified(user: User, *, is_verified: bool = True) -> User:
    """The account's address, proved or not."""
    EmailAddress.objects.create(user=user, email=user.email, verified=is_verified, primary=True)
    return user


def test_by_the_verified_number_or_address_it_was_given_with() -> None:
    phoned = make_user(phone="+212612345678", phone_verified=True)
    written = verified(make_user(email="fatima@example.org"))
    by_phone = make_idea(contact_phone="+212612345678", contact_name="Fatima")
    by_mail = make_idea(contact_email="Fatima@example.org")
    assert (list(claimable(phoned)), list(claimable(written))) == ([by_phone], [by_mail])
    assert claim(idea=by_phone, actor=phoned, at=NOW)
    by_phone.refresh_from_db()
    assert (by_phone.author, by_phone.contact_phone, by_phone.contact_name) == (phoned, "", "")
    assert [entry.verb for entry in trail_of(by_phone)] == ["claim"]
    assert not claim(idea=by_phone, actor=phoned, at=NOW)  # it is somebody's now


def test_never_by_what_was_not_proved() -> None:
    idea = make_idea(contact_phone="+212612345678", contact_email="fatima@example.org")
    unproved = (
        make_user(phone="+212612345678"),
        verified(make_user(email="fatima@example.org"), is_verified=False),
        verified(make_user()),
    )
    for person in unproved:
        assert list(claimable(person)) == []
        assert not claim(idea=idea, actor=person, at=NOW)


def test_an_idea_with_an_author_or_without_contact_is_nobody_else_s() -> None:
    person = verified(make_user(email="fatima@example.org"))
    make_idea(contact_email="fatima@example.org", author=make_user())
    make_idea()
    assert list(claimable(person)) == []
