"""The days asked by the creation file, as the law names what happened."""

from bpc.core.law.events import Event

#: By the code of the question.
EVENTS = {
    "name_requested_on": Event.NAME_REQUESTED,
    "name_certified_on": Event.NAME_APPROVED,
    "statutes_signed_on": Event.STATUTES_SIGNED,
    "funds_received_on": Event.FUNDS_RECEIVED,
    "funds_deposited_on": Event.FUNDS_DEPOSITED,
    "local_receipt_on": Event.LOCAL_DEPOSIT,
    "registration_requested_on": Event.REGISTRATION_ASKED,
    "registered_on": Event.REGISTERED,
    "ministry_notified_on": Event.SECTOR_NOTIFIED,
}
