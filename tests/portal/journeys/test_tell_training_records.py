"""A course of ours finished is noted in the record store, for who agreed."""

import pytest

from bpc.portal.journeys.tell_training_records import tell_course
from bpc.portal.learning.models import Following
from bpc.portal.partner_courses.models import Statement
from bpc.portal.partner_courses.record_store import keep_record_store
from bpc.portal.people.actions import give_consent
from bpc.portal.people.consents import TRAINING_RECORDS
from bpc.portal.people.roles import Role
from bpc.portal.training.catalogue import published
from tests.portal.partner_courses.partner_world import NOW
from tests.portal.partner_courses.record_store_server import check_statement
from tests.portal.world import make_user


@pytest.mark.django_db
def test_a_finished_course_is_told_for_who_agreed() -> None:
    told = {"endpoint": "https://lrs.example/xapi", "key": "bpc", "secret": "s", "is_on": True}
    keep_record_store(**told, actor=make_user(Role.ADMINISTRATOR), at=NOW)
    agreed, other = make_user(), make_user()
    give_consent(user=agreed, purpose=TRAINING_RECORDS, actor=agreed, at=NOW)
    entry = published("price-and-margin")
    assert entry is not None
    for person in (agreed, other):
        tell_course(Following(user=person), entry, NOW)
    body = Statement.objects.get().body
    check_statement(body)
    assert body["verb"]["id"] == "http://adlnet.gov/expapi/verbs/completed"
    assert body["object"]["id"] == "https://projets.example/fr/formations/price-and-margin"
    assert body["object"]["definition"]["name"].keys() == {"fr", "ar"}
    assert body["result"] == {"completion": True}
