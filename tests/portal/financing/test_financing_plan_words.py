"""Every code of a study has its sentence, in plain words, each figure written with its unit."""

import pytest

from bpc.core.financing.obstacles import ORDER
from bpc.portal.financing import proposal_words as words
from bpc.portal.financing.studies import Part, Reason, Step
from tests.portal.financing.financing_world import small_proposal
from tests.portal.plans.plain_words import plain

NAMES = {"fda": "FDA matériel", "tamwil": "Tamwil El Fellah"}
OTHER = str(words._OTHER_LIMIT)


@pytest.mark.parametrize("name", ORDER)
def test_every_limit_of_the_solver_is_told(name: str) -> None:
    about = Reason(code=name, source="fda", params={"month": 3, "year": 2, "value": 0.1, "other": "tamwil"})
    told = [words.limit_words(about, NAMES, "2027-01"), words.reason_words(about, NAMES)]
    told.append(words.left_out_words(about, "cost", NAMES))
    assert all(told)
    assert OTHER not in told
    assert not any("%(" in one for one in told)


def test_a_limit_of_tomorrow_does_not_break_the_page() -> None:
    about = Reason(code="moon", source="fda")
    assert words.reason_words(about, NAMES) == words.left_out_words(about, "cost", NAMES) == OTHER


def test_what_a_source_left_out_would_cost() -> None:
    def told(goal: str, **params: float | str) -> str:
        return plain(words.left_out_words(Reason(code="no_gain", source="fda", params=params), goal, NAMES))

    assert told("cost", worse=4_000.0) == "Avec elle, le plan coûterait 4\u202f000 MAD de plus."
    assert told("time", worse=6.0) == "Avec elle, l’argent arriverait 6 mois plus tard."
    assert told("cost", worse=0.0) == "Elle ne fait rien gagner : les autres suffisent."
    assert told("cost", worse=1.0) == told("cost", worse=0.0)
    clash = Reason(code="excludes", source="fda", params={"other": "tamwil"})
    assert words.left_out_words(clash, "cost", NAMES) == "Elle ne se cumule pas avec Tamwil El Fellah."
    unnamed = Reason(code="requires", source="fda")
    assert words.left_out_words(unnamed, "cost", NAMES) == "Il faut d’abord obtenir une autre source."


def test_limits_are_told_once_the_most_costly_first() -> None:
    limits = [
        Reason(code="cash", params={"month": 5, "value": 0.01}),
        Reason(code="own_cash", params={"value": 0.2}),
        Reason(code="cash", params={"month": 9, "value": 0.05}),
        Reason(code="ceiling", params={"value": 0.001, "kind": "line"}),
    ]
    assert [plain(one) for one in words.limits_told(limits, NAMES, "2027-01")] == [
        "Tout l’apport en argent est utilisé.",
        "La caisse est à son minimum (octobre 2027).",
        "Crédit de campagne : le plafond est atteint.",
    ]


def test_months_before_and_after_the_beginning() -> None:
    assert words.month_words("2027-01", -2) == "novembre 2026"
    assert words.month_words("2027-01", 12) == "janvier 2028"
    assert words.month_words("", 3) == "mois 4"
    assert words.month_words("", -2) == "2 mois avant le début"


def test_how_a_loan_pays() -> None:
    part = Part(
        offer="tamwil", source="tamwil", kind="loan", amount=20_000, month=0, cost=2_400, rate=0.045,
        months=48, grace=6, assumed=("delay",),
    )  # fmt: skip
    assert [plain(one) for one in words.part_terms(part, "2027-01")] == [
        "argent attendu : janvier 2027",
        "4,5\u202f% par an",
        "à rendre en 4 ans",
        "dont 6 mois de différé",
        "coûte 2\u202f400 MAD en tout",
        "délai de paiement estimé",
    ]
    assert words.part_name(part, {}) == "tamwil"
    assert words.part_name(Part(offer="bank", kind="loan", amount=1), NAMES) == "Prêt de votre banque"


def test_a_forecast_is_never_a_date() -> None:
    told = words.warnings_told(
        [
            Reason(code="forecast", source="fda", params={"day": "2027-05-21"}),
            Reason(code="closes", source="tamwil", params={"day": "2027-03-10"}),
            Reason(code="paid_after", source="fda"),
        ],
        NAMES,
    )
    assert plain(told["fda"][0]).endswith("d’après les années passées, vers mai 2027")
    assert told["tamwil"] == ["dossier à déposer avant le 10 mars 2027"]
    assert len(told["fda"]) == 2


def test_why_a_source_is_in() -> None:
    grant, loan, _bridge = small_proposal().parts
    assert words.part_why(grant, "cost") == "Sans elle, aucun plan ne tient."
    assert words.part_why(loan, "cost") == "Sans elle, le plan coûterait 1\u202f500 MAD de plus."
    assert words.part_why(loan.model_copy(update={"without": 3.0}), "time") == (
        "Sans elle, il faudrait attendre 3 mois de plus."
    )
    assert words.part_why(loan.model_copy(update={"without": 0.0}), "cost") == ""
    assert words.part_why(loan.model_copy(update={"without": 99.0}), "cost") == ""
    assert words.part_why(loan.model_copy(update={"without": 150.0}), "cost", 200_000.0) == ""
    assert words.part_why(loan.model_copy(update={"without": 150.0}), "cost", 100_000.0) != ""


def test_a_plan_that_waits_says_when_it_begins() -> None:
    assert words.begins_words("2028-04", 16).endswith(" plus tard, en avril 2028")
    assert words.begins_words("2028-04", 16).startswith("commence ")
    assert words.begins_words("", 3) == "commence 3 mois plus tard"
    assert words.begins_words("2028-04", 0) == ""


def test_what_one_more_dirham_would_buy() -> None:
    one = small_proposal()
    assert "0,12 MAD" in words.own_cash_worth(one)
    assert words.own_cash_worth(small_proposal(value_of_own_cash=None)) == ""
    assert words.own_cash_worth(small_proposal(value_of_own_cash=0.0)) == (
        "Un dirham de plus d’apport ne ferait rien gagner."
    )


@pytest.mark.parametrize("code", list(words._STEPS))
def test_every_step_has_its_words(code: str) -> None:
    told = words.step_words(Step(month=0, code=code, source="fda"), NAMES)
    assert told
    assert "%(" not in told
