"""Telling the record store what a learner did: only where there is one, in use, and the learner agreed.

Any room above may call `tell`; rooms beside this one are told of by `journeys`.
"""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from bpc.portal.partner_courses.addresses import issuer
from bpc.portal.partner_courses.models import LearnerAccount, RecordStore, Statement
from bpc.portal.partner_courses.sending import plan_sending
from bpc.portal.partner_courses.statements import Activity, Outcome, Verb, statement
from bpc.portal.people.consents import TRAINING_RECORDS
from bpc.portal.people.delivery import agreed_to

__all__ = ["Activity", "Outcome", "Verb", "tell"]


@transaction.atomic
def tell(
    person: Any, verb: Verb, activity: Activity, outcome: Outcome | None, at: datetime
) -> Statement | None:
    """Keep a statement to be sent by the background worker; None when nothing is to be told.

    The same person, verb, activity and moment make one statement, however often it is told.
    """
    store = RecordStore.objects.filter(is_on=True).first()
    if store is None or not agreed_to(person, TRAINING_RECORDS):
        return None
    account, _made = LearnerAccount.objects.get_or_create(person=person)
    body = statement(
        site=issuer(), account=str(account.subject), verb=verb, activity=activity, outcome=outcome, at=at
    )
    kept, made = Statement.objects.get_or_create(
        key=UUID(body["id"]), defaults={"account": account, "body": body, "made_at": at}
    )
    if made:
        transaction.on_commit(partial(plan_sending, at))
    return kept
