"""The bridge to the law: what a file says is what the law judges, and what our statutes always say is in them."""

from datetime import date

import pytest

from bpc.core.law.checks import Verdict
from bpc.core.law.creation_file import Function, Mention, Person
from bpc.portal.founding.bridge import findings_of, law_file
from bpc.portal.founding.models import CreationFile, FoundingMember
from bpc.portal.founding.papers import paper_text
from tests.portal.founding.founding_world import begun, complete, say

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def _verdicts(file: CreationFile) -> dict[str, Verdict]:
    return {one.code: one.verdict for one in findings_of(file, list(file.founders.all()), TODAY)}


def test_a_file_just_begun_is_unknown_and_never_wrong() -> None:
    _, file = begun()
    verdicts = _verdicts(file)
    assert [code for code, verdict in verdicts.items() if verdict == Verdict.UNMET] == []
    assert verdicts["statutes_mentions"] == verdicts["name_request"] == Verdict.UNKNOWN
    assert verdicts["capital_min"] == verdicts["share_min"] == Verdict.UNKNOWN
    assert verdicts["min_members"] == Verdict.MET


def test_a_complete_file_is_met_everywhere_it_is_known() -> None:
    group, file = complete()
    say(file, group.inside["owner"], "dates", local_receipt_on="2026-10-20", papers_ready=["identities"])
    verdicts = _verdicts(file)
    assert {code for code, verdict in verdicts.items() if verdict == Verdict.UNMET} == {"registration_file"}
    assert not [code for code, verdict in verdicts.items() if verdict == Verdict.UNKNOWN]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"cash_paid": 1}, "capital_paid"), ({"in_the_trade": "no"}, "founders_in_the_trade"),
        ({"same_object_elsewhere": "yes"}, "double_membership"),
        ({"civil_rights": "no"}, "manager_conditions"), ({"not_banned": "no"}, "manager_conditions"),
        ({"no_competing_business": "no"}, "manager_conditions"), ({"dues_paid": "no"}, "manager_conditions"),
        ({"shares": 1}, "capital_subscribed"), ({"office": "manager"}, "management_choice"),
    ],
)  # fmt: skip
def test_each_thing_a_founder_says_is_judged(change: dict[str, object], code: str) -> None:
    _, file = complete()
    assert _verdicts(file)[code] == Verdict.MET
    first = file.founders.all()[0]
    FoundingMember.objects.filter(pk=first.pk).update(**change)
    assert _verdicts(file)[code] == Verdict.UNMET


def test_legal_persons_hold_a_third_at_most() -> None:
    _, file = complete()
    FoundingMember.objects.filter(pk__in=[one.pk for one in file.founders.all()[:3]]).update(kind="legal")
    assert _verdicts(file)["natural_persons_share"] == Verdict.UNMET


def test_the_law_is_told_what_the_file_says() -> None:
    _, file = complete()
    told = law_file(file, list(file.founders.all()))
    assert told.choices.mentions == frozenset(Mention)
    assert (told.choices.capital, told.choices.board_size) == (3000, 3)
    first = told.founders[0]
    assert (first.person, first.functions, first.shares) == (Person.NATURAL, {Function.CHAIR}, 2)
    assert told.founders[3].functions == frozenset()
    assert told.seat_province == told.court_province == file.project.province_id


def test_statutes_that_lack_words_are_not_known_to_say_everything() -> None:
    group, file = complete()
    say(file, group.inside["owner"], "purpose", duration_years=None)
    assert law_file(file, list(file.founders.all())).choices.mentions is None
    assert _verdicts(file)["statutes_mentions"] == Verdict.UNKNOWN


def test_what_our_statutes_always_say_is_written_in_them() -> None:
    text = "\n".join(clause.text for clause in paper_text("statutes", "fr").clauses)
    for said in (
        "aux parts entièrement payées", "un dixième va à la réserve légale jusqu’à ce qu’elle égale le capital",
        "ne sont jamais distribuées aux membres", "à une ou plusieurs coopératives", "des trois quarts du niveau",
        "élus pour trois ans et renouvelés par tiers chaque année", "Les fonctions d’administrateur sont gratuites",
        "au moins deux fois par an", "trois réunions successives", "élu pour deux ans", "Chaque membre a une voix",
        "un membre n’en porte qu’une", "à un autre membre une procuration écrite et légalisée",
        "quinze jours avant la première réunion, dix jours avant la deuxième", "dans la province ou la préfecture",
        "Un tiers des membres", "dans les six mois", "le quart à la deuxième, le dixième à la troisième",
        "les trois quarts, puis la moitié, puis le dixième", "majorité absolue", "aux deux tiers",
        "Un an après son immatriculation", "dure douze mois", "dans les vingt jours",
        "L’assemblée générale extraordinaire peut exclure",
    ):  # fmt: skip
        assert said in text, said


def test_a_manager_from_outside_answers_three_conditions_and_owes_nothing_on_shares() -> None:
    group, file = complete()
    file.founders.update(office="none")
    told = {"management": "managers", "board_size": None, "managers": 1, "outside_manager": "Driss"}
    say(file, group.inside["owner"], "organs", **told)
    assert _verdicts(file)["manager_conditions"] == Verdict.UNKNOWN
    yes = dict.fromkeys(
        ("outside_civil_rights", "outside_not_banned", "outside_no_competing_business"), "yes"
    )
    say(file, group.inside["owner"], "organs", **told, **yes)
    assert _verdicts(file)["manager_conditions"] == Verdict.MET
