"""Who sees sessions, registrations and requests: the rule for one row and the queryset agree for every role."""

import pytest

from bpc.portal.foundation.permissions import can_see, visible
from bpc.portal.workshops.models import CourseRequest, Enrolment, Workshop
from tests.portal.workshops.workshop_world import fill_workshops
from tests.portal.world import make_user, people_of_every_role


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Workshop, Enrolment, CourseRequest])
def test_rule_and_queryset_agree(model: type[Workshop | Enrolment | CourseRequest]) -> None:
    people = people_of_every_role()
    author = people["author"] = make_user()
    fill_workshops(author, people)
    rows = list(model.objects.all())
    seen = {}
    for role, person in people.items():
        seen[role] = {row.pk for row in rows if can_see(person, row)}
        assert seen[role] == set(visible(person, model).values_list("pk", flat=True)), role
    # no role reads what somebody asks: the staff count
    expected = {Workshop: len(rows), Enrolment: len(rows), CourseRequest: 0}
    assert len(seen["administrator"]) == expected[model]
    assert len(seen["delegate"]) < max(1, len(seen["administrator"])) or model is CourseRequest
