"""What a group says of one founder, as it comes from a form, an import or a job."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bpc.portal.founding.states import Leaving, Office, PersonKind
from bpc.portal.projects.states import Answer


@dataclass(frozen=True)
class Told:
    """What the group says of one founder; None and empty are not known."""

    kind: str = PersonKind.NATURAL
    name_fr: str = ""
    name_ar: str = ""
    profession: str = ""
    address: str = ""
    stands_for: str = ""
    shares: int | None = None
    in_kind: Decimal | None = None
    in_kind_what: str = ""
    in_kind_released: str = Answer.UNKNOWN
    cash_paid: Decimal | None = None
    office: str = Office.UNKNOWN
    adult: str = Answer.UNKNOWN
    in_the_trade: str = Answer.UNKNOWN
    same_object_elsewhere: str = Answer.UNKNOWN
    civil_rights: str = Answer.UNKNOWN
    not_banned: str = Answer.UNKNOWN
    no_competing_business: str = Answer.UNKNOWN
    dues_paid: str = Answer.UNKNOWN
    entered_on: date | None = None
    left_on: date | None = None
    left_because: str = Leaving.NOT
