"""Who manages and who watches (articles 5, 47 to 57, 65, 67, 72 and 75)."""

from datetime import date
from fractions import Fraction

from bpc.core.law.checks import (
    NOT_APPLICABLE,
    Family,
    Outcome,
    all_of,
    at_least,
    at_most,
    between,
    every,
    exactly,
    is_false,
    is_true,
    judged,
    unknown,
)
from bpc.core.law.cooperative import Agreement, AgreementKind, Auditor, AuditorChallenge
from bpc.core.law.creation_file import ON_THE_BOARD, CreationFile, Eligibility, Function, Management
from bpc.core.law.delays import last_day
from bpc.core.law.parameters import Provision

ORGANS = Family(CreationFile)
AGREEMENTS = Family(Agreement)
AUDITORS = Family(Auditor)
CHALLENGES = Family(AuditorChallenge)

CONDITIONS = ("civil_rights", "not_banned", "no_competing_business", "dues_paid")


@ORGANS.check("management_choice")
def check_management_choice(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """A board or managers, never both (art. 47): nobody holds a function of the form not chosen."""
    form = file.choices.management
    if form is None:
        return unknown("choices.management")
    wrong = {Function.MANAGER} if form is Management.BOARD else ON_THE_BOARD
    held = file.holding(*wrong)
    if held is None:
        return unknown(*_untold(file))
    outside = tuple(one.key for one in file.outside_managers) if form is Management.BOARD else ()
    return judged(not held + outside, "choices.management", who=held + outside)


@ORGANS.check("board_size", "sizes")
def check_board_size(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Three, six, nine or twelve members (art. 50)."""
    if file.choices.management is not Management.BOARD:
        return _not_chosen(file)
    size = file.choices.board_size
    if size is None:
        return unknown("choices.board_size")
    return judged(size in rule.numbers("sizes"), "choices.board_size", found=size)


@ORGANS.check("board_named", rule="board_size")
def check_board_named(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """The first board is named in the statutes (art. 5), as many as its size, with one chair."""
    if file.choices.management is not Management.BOARD:
        return _not_chosen(file)
    named, chairs, size = file.holding(*ON_THE_BOARD), file.holding(Function.CHAIR), file.choices.board_size
    if size is None:
        return unknown("choices.board_size")
    if named is None or chairs is None:
        return unknown(*_untold(file))
    return judged(
        len(named) == size and len(chairs) == 1,
        "founders",
        found=len(named),
        expected=size,
        chairs=len(chairs),
    )


@ORGANS.check("board_term", "term_years")
def check_board_term(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Three years, a third renewed each year (art. 51)."""
    if file.choices.management is not Management.BOARD:
        return _not_chosen(file)
    return all_of(
        exactly("choices.board_term_years", file.choices.board_term_years, rule.whole("term_years")),
        is_true("choices.board_renewed_by_thirds", file.choices.board_renewed_by_thirds),
    )


@ORGANS.check("board_unpaid")
def check_board_unpaid(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Directors are not paid; expenses they prove are refunded (art. 49)."""
    if file.choices.management is not Management.BOARD:
        return _not_chosen(file)
    return is_false("choices.board_paid", file.choices.board_paid)


@ORGANS.check("board_meetings_in_statutes", "meetings", rule="board_meetings")
def check_board_meetings_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Two meetings of the board a year at least (art. 57)."""
    if file.choices.management is not Management.BOARD:
        return _not_chosen(file)
    return at_least("choices.board_meetings", file.choices.board_meetings, rule.whole("meetings"))


@ORGANS.check("board_absence", "absences")
def check_board_absence(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Statutes say that three absences in a row without ground are a resignation (art. 5)."""
    if file.choices.management is not Management.BOARD:
        return _not_chosen(file)
    return exactly("choices.absences", file.choices.absences, rule.whole("absences"))


@ORGANS.check("managers", "least", "most", "term_years")
def check_managers(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """One to three managers, for three years at most (art. 65)."""
    if file.choices.management is not Management.MANAGERS:
        return _not_chosen(file)
    return all_of(
        between("choices.managers", file.choices.managers, rule.whole("least"), rule.whole("most")),
        at_most("choices.manager_term_years", file.choices.manager_term_years, rule.whole("term_years")),
    )


@ORGANS.check("managers_named", rule="managers")
def check_managers_named(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """The first managers are named in the statutes (art. 5), members or not, as many as chosen."""
    if file.choices.management is not Management.MANAGERS:
        return _not_chosen(file)
    inside, chosen = file.holding(Function.MANAGER), file.choices.managers
    if chosen is None:
        return unknown("choices.managers")
    if inside is None:
        return unknown(*_untold(file))
    return exactly("founders", len(inside) + len(file.outside_managers), chosen)


@ORGANS.check("manager_conditions")
def check_manager_conditions(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Civil rights, no ban, no competing business, shares paid as due, for each who manages (art. 65)."""
    inside = file.holding(Function.MANAGER, *ON_THE_BOARD)
    if inside is None:
        return unknown(*_untold(file))
    managing = [one for one in file.founders if one.key in inside]
    rows = [("founders", {one.key: one.eligibility for one in managing})]
    rows.append(("outside_managers", {one.key: one.eligibility for one in file.outside_managers}))
    outcomes = [_conditions(kind, people) for kind, people in rows if people]
    return all_of(*outcomes) if outcomes else unknown("founders")


@ORGANS.check("supervisory_committee", "least", "most", "term_years")
def check_supervisory_committee(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Optional: three to five members, for two years (art. 67)."""
    choices = file.choices
    if choices.supervisory_committee is None:
        return unknown("choices.supervisory_committee")
    if not choices.supervisory_committee:
        return NOT_APPLICABLE
    return all_of(
        between(
            "choices.supervisory_size", choices.supervisory_size, rule.whole("least"), rule.whole("most")
        ),
        exactly("choices.supervisory_term_years", choices.supervisory_term_years, rule.whole("term_years")),
    )


@AGREEMENTS.check("related_party", "forbidden_degree")
def check_related_party(one: Agreement, rule: Provision, on: date) -> Outcome:
    """Agreements with directors are authorised; no loan nor guarantee, down to the second degree (art. 55)."""
    if one.kind is None:
        return unknown("kind")
    if one.kind is AgreementKind.CONTRACT:
        return is_true("authorised", one.authorised)
    if one.degree is None:
        return unknown("degree")
    near = one.degree <= rule.whole("forbidden_degree")
    return judged(False, "kind", degree=one.degree) if near else NOT_APPLICABLE


@AUDITORS.check("auditor_term", "years", "years_by_statutes")
def check_auditor_term(one: Auditor, rule: Provision, on: date) -> Outcome:
    """A registered expert, for three years; for one when the statutes name the first (art. 72 and 75)."""
    if one.by_statutes is None:
        term = unknown("by_statutes")
    else:
        term = exactly("years", one.years, rule.whole("years_by_statutes" if one.by_statutes else "years"))
    return all_of(is_true("registered_expert", one.registered_expert), term)


@CHALLENGES.check("auditor_challenge", "capital", "challenge_days")
def check_auditor_challenge(one: AuditorChallenge, rule: Provision, on: date) -> Outcome:
    """A tenth of the capital may challenge an auditor, within thirty days (art. 72)."""
    if one.capital is None or one.named_on is None or one.asked_on is None:
        return unknown(*(name for name in ("capital", "named_on", "asked_on") if getattr(one, name) is None))
    limit = last_day(one.named_on, rule, "challenge_days")
    return all_of(
        at_least("capital_held", one.capital_held, Fraction(one.capital) * rule.number("capital")),
        judged(one.asked_on <= limit, "asked_on", found=one.asked_on, at_most=limit),
    )


def _conditions(kind: str, people: dict[str, Eligibility]) -> Outcome:
    return all_of(
        *(
            every(kind, f"eligibility.{name}", {key: getattr(one, name) for key, one in people.items()})
            for name in CONDITIONS
        )
    )


def _untold(file: CreationFile) -> tuple[str, ...]:
    return tuple(f"founders[{one.key}].functions" for one in file.founders if one.functions is None)


def _not_chosen(file: CreationFile) -> Outcome:
    return unknown("choices.management") if file.choices.management is None else NOT_APPLICABLE
