"""Name, papers and registration (articles 7, 9 and 11, decree 2-15-617)."""

from datetime import date

from bpc.core.law.checks import NOT_APPLICABLE, Family, Outcome, all_of, at_least, judged, unknown
from bpc.core.law.creation_file import CreationFile, Paper
from bpc.core.law.events import Event
from bpc.core.law.names import name_valid_until
from bpc.core.law.parameters import Provision

REGISTRATION = Family(CreationFile)


@REGISTRATION.check("name_request", "names", "signatories")
def check_name_request(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Three different names, signed by five founders at least (decree 2-15-617, art. 3), until one is approved."""
    if Event.NAME_APPROVED in file.events:
        return NOT_APPLICABLE
    wanted, signatories = rule.whole("names"), rule.whole("signatories")
    names = file.proposed_names
    told = (
        None if names is None else len({" ".join(name.split()).casefold() for name in names if name.strip()})
    )
    signed = sum(one.signed_name_request is True for one in file.founders)
    waiting = tuple(one.key for one in file.founders if one.signed_name_request is None)
    if signed < signatories <= signed + len(waiting):
        signatures = unknown(*(f"founders[{key}].signed_name_request" for key in waiting))
    else:
        signatures = at_least("founders", signed if file.founders else None, signatories)
    return all_of(at_least("proposed_names", told, wanted), signatures)


@REGISTRATION.check("name_in_statutes")
def check_name_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """The name of the statutes is exactly the one approved."""
    names = (file.approved_name, file.statutes_name)
    if file.approved_name is None or file.statutes_name is None:
        fields = ("approved_name", "statutes_name")
        return unknown(*(field for field, name in zip(fields, names, strict=True) if name is None))
    return judged(_same(file.approved_name, file.statutes_name), "statutes_name", approved=file.approved_name)


@REGISTRATION.check("name_validity", "valid_days", "extension_days", "ask_within_days")
def check_name_validity(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Registration is asked while the name is valid: sixty days, or a hundred and twenty (decree 2-15-617, art. 4)."""
    until = name_valid_until(file.events, rule, signed_by_all=file.extension_signed_by_all)
    if until is None:
        return unknown("events.name_approved")
    asked = file.events.get(Event.REGISTRATION_ASKED) or file.events.get(Event.REGISTERED)
    return judged((asked or on) <= until, "events.registration_asked", found=asked, at_most=until)


@REGISTRATION.check("local_deposit")
def check_local_deposit(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """A copy is left with the local authority before registration is asked (art. 7 and 11)."""
    left, asked = file.events.get(Event.LOCAL_DEPOSIT), file.events.get(Event.REGISTRATION_ASKED)
    if left is None:
        return (
            judged(False, "events.local_deposit", at_most=asked) if asked else unknown("events.local_deposit")
        )
    return judged(asked is None or left <= asked, "events.local_deposit", found=left, at_most=asked)


@REGISTRATION.check("registration_file", "papers")
def check_registration_file(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Every paper of the request is there (art. 11)."""
    if file.papers is None:
        return unknown("papers")
    wanted = {Paper(word) for word in rule.words("papers")}
    missing = tuple(paper.value for paper in Paper if paper in wanted - file.papers)
    return judged(not missing, "papers", missing=missing)


@REGISTRATION.check("registration_court")
def check_registration_court(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """The court is the one of the seat (art. 9)."""
    if file.seat_province is None or file.court_province is None:
        fields = ("seat_province", "court_province")
        return unknown(*(field for field in fields if getattr(file, field) is None))
    return judged(file.seat_province == file.court_province, "court_province")


def _same(name: str, other: str) -> bool:
    """Alike but for spaces, which no reader sees."""
    return " ".join(name.split()) == " ".join(other.split())
