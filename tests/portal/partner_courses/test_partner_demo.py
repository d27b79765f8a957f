"""The demonstration shows a partner's course and a result, and leaves nothing behind."""

from typing import Any

import pytest

from bpc.portal.partner_courses.demo import create_demo_partner_courses, remove_demo_partner_courses
from bpc.portal.partner_courses.models import Partner, PartnerCourse, PartnerIdentity, PartnerResult
from bpc.portal.people.demo import create_demo_people


@pytest.mark.django_db
def test_a_partner_a_course_and_a_result_once(settings: Any) -> None:
    settings.DEMO = True
    settings.PRIVATE_PARTNERS = False  # as on a newcomer's machine
    create_demo_people()
    assert (create_demo_partner_courses(), create_demo_partner_courses()) == (1, 0)
    result = PartnerResult.objects.select_related("identity__person", "course__partner").get()
    assert result.identity.person.email == "porteuse@demo.invalid"
    assert (result.completed_percent, result.course.state) == (85, "published")
    assert result.course.partner.login_url.startswith("https://academie.demo.invalid/")  # leads nowhere
    assert (result.identity.shares_name, result.identity.shares_email) == (False, False)
    remove_demo_partner_courses()
    for model in (Partner, PartnerCourse, PartnerIdentity, PartnerResult):
        assert not model._default_manager.exists(), model
