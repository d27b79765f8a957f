"""Roles, profile and consents: what is done, what is refused, what the trail keeps."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import ReasonMissing
from bpc.portal.people import actions
from bpc.portal.people.models import Notification, RoleGrant, User
from bpc.portal.people.queries import consent_states, missing_from_profile
from bpc.portal.people.roles import REGIONAL_ROLES, Role
from bpc.portal.reference.models import Territory
from tests.portal.world import HERE, make_user, people_of_every_role

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def region() -> Territory:
    return Territory.objects.get(pk=HERE[:2])


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_the_life_of_a_role() -> None:
    administrator, person = make_user(Role.ADMINISTRATOR), make_user()
    grant = actions.grant_role(user=person, role=Role.DELEGATE, region=region(), actor=administrator, at=NOW)
    assert fresh(person).regions_as(Role.DELEGATE) == {"09"}
    with pytest.raises(actions.AlreadyHeld):
        actions.grant_role(user=person, role=Role.DELEGATE, region=region(), actor=administrator, at=NOW)
    actions.end_role(grant=grant, reason="Mutation à Rabat", actor=administrator, at=NOW)
    assert fresh(person).grants == []
    actions.end_role(grant=grant, reason="encore", actor=administrator, at=NOW)
    again = actions.grant_role(user=person, role=Role.DELEGATE, region=region(), actor=administrator, at=NOW)
    assert again.pk != grant.pk
    trail = [(row.verb, row.actor_id, row.reason) for row in trail_of(person)]
    assert trail == [
        ("grant role", administrator.pk, ""),
        ("end role", administrator.pk, "Mutation à Rabat"),
        ("grant role", administrator.pk, ""),
    ]
    told = list(Notification.objects.filter(user=person).order_by("pk").values_list("kind", flat=True))
    assert told == ["role.granted", "role.ended", "role.granted"]


@pytest.mark.parametrize("role", Role.values)
def test_a_role_has_a_region_or_is_national(role: str) -> None:
    administrator, person = make_user(Role.ADMINISTRATOR), make_user()
    wrong = None if role in REGIONAL_ROLES else region()
    with pytest.raises(actions.RoleRefused):
        actions.grant_role(user=person, role=role, region=wrong, actor=administrator, at=NOW)
    commune = Territory.objects.get(pk=HERE)
    with pytest.raises(actions.RoleRefused):
        actions.grant_role(user=person, role=Role.DELEGATE, region=commune, actor=administrator, at=NOW)


def test_only_national_administrators_give_and_end_roles() -> None:
    people = people_of_every_role()
    target = make_user(Role.JUROR)
    grant = RoleGrant.objects.get(user=target)
    for name, actor in people.items():
        if name == Role.ADMINISTRATOR:
            continue
        with pytest.raises(PermissionDenied):
            actions.grant_role(user=target, role=Role.FUNDER, region=None, actor=actor, at=NOW)
        with pytest.raises(PermissionDenied):
            actions.end_role(grant=grant, reason="non", actor=actor, at=NOW)
    assert fresh(target).holds(Role.JUROR)


def test_the_last_administrator_stays() -> None:
    first = make_user(Role.ADMINISTRATOR)
    own = RoleGrant.objects.get(user=first)
    with pytest.raises(actions.LastAdministrator):
        actions.end_role(grant=own, reason="Je pars", actor=first, at=NOW)
    closed = make_user(Role.ADMINISTRATOR, is_active=False)
    with pytest.raises(actions.LastAdministrator):
        actions.end_role(grant=own, reason="Je pars", actor=first, at=NOW)
    actions.end_role(grant=RoleGrant.objects.get(user=closed), reason="Compte fermé", actor=first, at=NOW)
    second = make_user(Role.ADMINISTRATOR)
    actions.end_role(grant=own, reason="Je pars", actor=first, at=NOW)
    assert not fresh(first).holds(Role.ADMINISTRATOR)
    assert fresh(second).holds(Role.ADMINISTRATOR)


def test_a_role_that_ended_before_ends_again_without_a_word() -> None:
    first, second = make_user(Role.ADMINISTRATOR), make_user(Role.ADMINISTRATOR)
    former = RoleGrant.objects.get(user=first)
    actions.end_role(grant=former, reason="Congé", actor=second, at=NOW)
    actions.grant_role(user=first, role=Role.ADMINISTRATOR, region=None, actor=second, at=NOW)
    actions.end_role(grant=RoleGrant.objects.get(user=second), reason="Départ", actor=first, at=NOW)
    actions.end_role(
        grant=former, reason="Congé", actor=first, at=NOW
    )  # of the only administrator, but not this one
    assert fresh(first).holds(Role.ADMINISTRATOR)


def test_ending_needs_a_reason() -> None:
    administrator, juror = make_user(Role.ADMINISTRATOR), make_user(Role.JUROR)
    with pytest.raises(ReasonMissing):
        actions.end_role(grant=RoleGrant.objects.get(user=juror), reason="  ", actor=administrator, at=NOW)


def test_profile_keeps_its_trail_without_contents() -> None:
    person, commune = make_user(), Territory.objects.get(pk=HERE)
    assert missing_from_profile(person) == ["name", "commune", "contact"]
    for _twice in range(2):
        actions.update_profile(
            user=person, display_name=" Amina ", language="ar", commune=commune, actor=person, at=NOW
        )
    (row,) = trail_of(person)
    assert row.data == {"columns": ["commune_id", "display_name", "language"]}
    assert (fresh(person).display_name, fresh(person).language, fresh(person).commune_id) == (
        "Amina",
        "ar",
        HERE,
    )
    assert missing_from_profile(fresh(person)) == ["contact"]
    with pytest.raises(PermissionDenied):
        actions.update_profile(
            user=person, display_name="X", language="fr", commune=None, actor=make_user(), at=NOW
        )


def test_consents_are_dated_and_withdrawn_never_deleted() -> None:
    person = make_user()
    first = actions.give_consent(user=person, purpose="newsletter", actor=person, at=NOW)
    assert actions.give_consent(user=person, purpose="newsletter", actor=person, at=NOW) == first
    actions.withdraw_consent(user=person, purpose="newsletter", actor=person, at=NOW)
    actions.withdraw_consent(user=person, purpose="newsletter", actor=person, at=NOW)
    second = actions.give_consent(user=person, purpose="newsletter", actor=person, at=NOW)
    assert list(person.consents.order_by("pk")) == [first, second]
    assert [row.verb for row in trail_of(person)] == ["give consent", "withdraw consent", "give consent"]
    with pytest.raises(ValueError, match="not a choice"):
        actions.withdraw_consent(user=person, purpose="service", actor=person, at=NOW)


def test_a_new_version_is_asked_again() -> None:
    person = make_user()
    old = actions.give_consent(user=person, purpose="contact", actor=person, at=NOW)
    old.version = "2001-01"
    old.save()
    state = {state.purpose.purpose: state for state in consent_states(person)}["contact"]
    assert state.outdated
    actions.give_consent(user=person, purpose="contact", actor=person, at=NOW)
    old.refresh_from_db()
    assert old.withdrawn_at == NOW
