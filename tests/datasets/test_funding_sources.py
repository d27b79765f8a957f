"""The 107 sources of money and help: each as the facts say it, what is our reading told apart, wrong files refused."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bpc.datasets.funding_source_parts import Test as Rule
from bpc.datasets.funding_sources import (
    FUNDING_FOLDER,
    FundingSource,
    InvalidSources,
    parse_funding_source,
    read_funding_source,
    read_funding_sources,
)
from bpc.datasets.tables import read_rows

#: One row a source, written once from the facts handed over with the question, amounts and conditions only.
FACTS = {row["id"]: row for row in read_rows(Path(__file__).with_name("funding_facts.csv"))}
IDS = sorted(FACTS)

#: Where we say more than the facts, or otherwise, and why.
OURS: dict[tuple[str, str], str] = {
    # the legal forms of the call name the GIE
    (
        "indh-p3-ess",
        "beneficiaries",
    ): "existing_cooperative new_cooperative women_cooperative youth_cooperative union gie",
    ("indh-taroudant-2026", "beneficiaries"): (
        "women_cooperative youth_cooperative existing_cooperative new_cooperative union gie"
    ),
    # its title names the young, its condition counts women only: one more thing to ask
    ("indh-taroudant-2026", "checks"): "3",
    # cooperatives and GIE, says its condition: no union
    ("indh-agadir-2026", "beneficiaries"): (
        "existing_cooperative new_cooperative women_cooperative youth_cooperative gie"
    ),
    # "coopératives, unions, GIE et TPE"
    ("indh-laayoune-2023", "beneficiaries"): (
        "existing_cooperative new_cooperative women_cooperative youth_cooperative union gie company"
    ),
    ("ada-agriculture-solidaire", "beneficiaries"): (
        "existing_cooperative new_cooperative women_cooperative youth_cooperative union gie"
    ),
    # "coopératives, groupements et GIE"
    ("fmvs-terroir-tta", "beneficiaries"): "existing_cooperative union gie",
    # its own ceilings, lest the frame's be read
    ("indh-taroudant-2026", "ceilings"): "200000",
    ("indh-laayoune-2023", "ceilings"): "300000 100000",
    # the ceiling of the law on microcredit, as for the three others
    ("arrawaj-fondation", "ceilings"): "50000 150000",
    # "or a farm": our sector of argan, olive and plants is one for some, to be confirmed
    ("intelaka-al-moustatmir-al-qarawi", "any_of"): (
        "age_years lte 5 | sector in agriculture+livestock+beekeeping | sector in aromatic"
    ),
    # made for companies; whether a cooperative may is to be confirmed
    ("initiative-souss-massa", "beneficiaries"): (
        "individual_holder company cooperative_in_creation existing_cooperative"
    ),
    (
        "alliance-initiative-maroc",
        "beneficiaries",
    ): "individual_holder cooperative_in_creation existing_cooperative",
    ("reseau-entreprendre-maroc", "beneficiaries"): (
        "individual_holder company cooperative_in_creation existing_cooperative"
    ),
    ("berd-conseil-pme", "beneficiaries"): "company existing_cooperative women_cooperative union",
    ("charte-tpme", "beneficiaries"): "company existing_cooperative new_cooperative union",
    ("maroc-pme-istitmar", "beneficiaries"): "company existing_cooperative union",
    ("tahfiz", "beneficiaries"): "association new_cooperative",
    # only companies, says the condition on the legal form
    ("firo", "beneficiaries"): "company",
    ("crowdfunding-investissement", "beneficiaries"): "company",
    # the page the typical award comes from; the towns its description names
    ("indh-chtouka-2026", "pages"): "2",
    ("onufemmes-cam-pecheuses", "checks"): "1",
}
#: The facts' name of a field they infer, and its path with us.
PATHS = {
    "status": "status",
    "regions": "places.regions",
    "beneficiaries": "unconfirmed_beneficiaries",
    "payment_mode": "payment",
    "max_amount_mad": "amounts.max_mad",
    "share_of_cost_max_pct": "cost_share.max_pct",
    "own_contribution_min_pct": "own_contribution.min_pct",
    "documents": "documents",
}


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "+".join(map(_value, value))
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def _number(value: float | None) -> str:
    return "" if value is None else _value(value)


def _tests(tests: Sequence[Rule], between: str = "; ") -> str:
    return between.join(f"{test.field} {test.op} {_value(test.value)}" for test in tests)


def _told(source: FundingSource) -> dict[str, str]:
    """What a source says, written as the rows of facts are."""
    credit, first = source.credit, next(iter(source.pages), None)
    return {
        "id": source.id,
        "kind": source.kind,
        "status": source.status,
        "confidence": source.confidence,
        "payment": source.payment,
        "min_mad": _number(source.amounts.min_mad),
        "max_mad": _number(source.amounts.max_mad),
        "basis": source.amounts.basis or "",
        "share_pct": _number(source.cost_share.max_pct),
        "own_pct": _number(source.own_contribution.min_pct),
        "in_kind_pct": _number(source.own_contribution.in_kind_max_pct),
        "rate_pct": _number(credit.rate_pct if credit else None),
        "months": _number(credit.months_max if credit else source.duration_months),
        "grace": _number(credit.grace_months if credit else None),
        "ceilings": " ".join(_value(one.amount_mad) for one in source.ceilings if one.amount_mad),
        "regions": " ".join(source.places.regions),
        "beneficiaries": " ".join((*source.beneficiaries, *source.unconfirmed_beneficiaries)),
        "stages": " ".join(source.stages),
        "conditions": _tests(source.conditions),
        "any_of": "; ".join(_tests(group, " | ") for group in source.any_of),
        "preferences": _tests(source.preferences),
        "checks": str(len(source.checks)),
        "requires_any": " ".join(source.requires_any),
        "parent": source.parent or "",
        "page": first.url if first else "",
        "page_date": (first.published or "") if first else "",
        "pages": str(len(source.pages)),
    }


def test_all_are_there() -> None:
    assert sorted(read_funding_sources()) == IDS
    assert len(IDS) == 107


@pytest.mark.parametrize("slug", IDS)
def test_each_says_what_the_facts_say(slug: str) -> None:
    told = _told(read_funding_sources()[slug])
    assert told == {name: OURS.get((slug, name), FACTS[slug][name]) for name in told}


@pytest.mark.parametrize("slug", IDS)
def test_each_tells_its_readings_and_its_calendar(slug: str) -> None:
    source, facts = read_funding_sources()[slug], FACTS[slug]
    expected = {PATHS[name] for name in facts["inferred"].split()}
    assert expected <= {*source.inferred}
    days = {window.opens for window in source.calendar.windows} | {
        window.closes for window in source.calendar.windows
    }
    assert {day for day in (facts["opens"], facts["closes"]) if len(day) == len("2026-11-22")} <= days
    assert source.calendar.permanent == (facts["closes"] == "permanent" and source.status != "recurring")


def test_they_are_as_many_of_each_as_the_facts_count() -> None:
    sources = read_funding_sources().values()
    assert Counter(source.kind for source in sources) == {
        "grant": 41, "in-kind": 19, "loan": 16, "training-voucher": 15, "prize": 5, "tax": 4, "guarantee": 3,
        "crowdfunding": 3, "equity": 1,
    }  # fmt: skip
    assert Counter(source.status for source in sources) == {
        "open": 39, "unknown": 33, "recurring": 26, "closed": 9
    }  # fmt: skip
    assert Counter(source.confidence for source in sources) == {
        "high": 37, "medium": 50, "low": 12, "to_verify": 8
    }  # fmt: skip
    assert sum(not source.places.regions for source in sources) == 76
    assert sum(source.amounts.max_mad is not None for source in sources) == 44
    assert sum(source.ceiling_mad is not None for source in sources) == 35
    assert sum(source.cost_share.max_pct is not None for source in sources) == 19
    assert (
        Counter((source.pages[0].published or "none")[:4] if source.pages else "none" for source in sources)[
            "2025"
        ]
        == 15
    )


def test_the_doubtful_cooperatives_are_named() -> None:
    assert {slug for slug, source in read_funding_sources().items() if source.unconfirmed_beneficiaries} == {
        "start-tpe", "charte-tpme", "maroc-pme-istitmar", "reseau-entreprendre-maroc", "initiative-souss-massa",
        "alliance-initiative-maroc", "berd-conseil-pme", "gef-sgp-op8", "tahfiz",
    }  # fmt: skip


def test_the_sliding_share_of_the_fisheries_is_our_line() -> None:
    source = read_funding_sources()["peche-cooperatives"]
    assert [(point.cost_mad, point.own_pct) for point in source.cost_share.by_cost] == [
        (100_000, 5),
        (625_000, 20),
    ]
    assert source.ceiling_mad == 500_000
    assert not source.provenance("cost_share.by_cost").stated
    assert source.provenance("amounts.max_mad").stated


def test_a_local_call_wins_over_its_frame_and_a_microcredit_counts_its_client() -> None:
    sources = read_funding_sources()
    frame, call = sources["indh-p3-ess"], sources["indh-taroudant-2026"]
    assert (frame.cost_share.max_pct, frame.ceiling_mad, frame.own_contribution.in_kind_max_pct) == (
        60,
        300_000,
        50,
    )
    assert (call.cost_share.max_pct, call.ceiling_mad, call.places.provinces) == (90, 200_000, ("09.541",))
    (unlisted, listed) = sources["al-amana-microfinance"].ceilings
    assert (unlisted.amount_mad, listed.amount_mad) == (50_000, 150_000)
    assert "cooperative" in listed.when[0].value
    assert "cooperative" in unlisted.when[0].value  # `not_in`: whoever is in no register
    assert unlisted.when[0].op == "not_in"
    fellah = sources["tamwil-el-fellah"]
    assert fellah.credit is not None
    assert (fellah.ceilings[0].per, fellah.ceilings[0].amount_mad) == ("member", 200_000)
    assert fellah.credit.to_members


def test_where_a_value_comes_from() -> None:
    sources = read_funding_sources()
    frame = sources["indh-p3-ess"]
    page = frame.provenance("documents").page
    assert page is not None
    assert "agadir" in page.url
    assert frame.provenance("payment").stated is False
    assert frame.provenance("amounts.max_mad").page == frame.pages[0]
    unread = sources["drosos-maroc"].provenance("kind")
    assert (unread.page, unread.stated, unread.confidence) == (None, False, "to_verify")
    typical = sources["indh-chtouka-2026"].provenance("amounts.typical_mad").page
    assert typical is not None
    assert typical.url == "https://array24.com/?p=12196"


def test_only_a_stated_maximum_is_a_ceiling_and_an_average_is_told_as_one() -> None:
    source = read_funding_sources()["fmvs-piae"]
    assert (source.amounts.max_mad, source.ceiling_mad, source.amounts.typical_mad) == (81_000, None, 81_000)
    assert source.amounts.typical is not None
    assert "59 projets" in source.amounts.typical.fr


def test_money_without_a_counter_and_readings_of_a_rule() -> None:
    sources = read_funding_sources()
    silent = {slug for slug, source in sources.items() if not source.apply.counter}
    assert {"ada-agriculture-solidaire", "fmvs-seisme", "pnud-maroc", "fao-maroc", "drosos-maroc"} <= silent
    assert "indh-p3-ess" not in silent
    farm = sources["intelaka-al-moustatmir-al-qarawi"].scheme().any_of[0]
    assert [test.inferred for test in farm] == [False, False, True]
    assert sources["moazara-cooperatives"].scheme().uncertain == {"places.regions"}
    assert sources["tahfiz"].conditions[0].value == [date(2015, 1, 1), date(2026, 12, 31)]


def _content() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FUNDING_FOLDER / "start-tpe.yaml").read_text("utf-8"))
    return content


WRONG: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda one: one.update(name_ar="Start"), "name_ar"),
    (lambda one: one.update(summary_fr="x" * 161), "summary_fr"),
    (lambda one: one.pop("apply"), "apply"),
    (lambda one: one.update(rank=1), "rank"),
    (lambda one: one["amounts"].update(max_mad=float("nan")), "amounts.max_mad"),
    (lambda one: one["amounts"].update(max_mad="50000"), "amounts.max_mad"),
    (lambda one: one["amounts"].update(min_mad=60_000), "amounts"),
    (lambda one: one["amounts"].pop("basis"), "amounts"),
    (lambda one: one["credit"].update(rate_pct=-1), "credit.rate_pct"),
    (lambda one: one["conditions"][0].update(op="in"), "conditions.0"),
    (lambda one: one["conditions"][0].update(value="many"), "conditions.0"),
    (lambda one: one["conditions"][0].update(field="moon"), "conditions.0"),
    (lambda one: one["conditions"][0].update(value=[[["a"]]]), "conditions.0"),
    (lambda one: one["pages"][0].update(url="javascript:alert(1)"), "pages.0.url"),
    (lambda one: one["contacts"][0].update(phone="+212 <script>"), "contacts.0.phone"),
    (lambda one: one.update(beneficiaries=[]), "beneficiaries"),
    (lambda one: one.update(beneficiaries=["everybody"]), "beneficiaries.0"),
    (lambda one: one.update(confidence="to_verify"), ""),
    (lambda one: one.update(inferred=["amounts.most"]), ""),
    (lambda one: one.update(cites={"status": "page9"}), ""),
    (lambda one: one.update(calendar={"windows": [{"opens": "soon"}]}), "calendar.windows.0.opens"),
    (
        lambda one: one.update(cost_share={"by_cost": [{"cost_mad": 2, "own_pct": 1}] * 2}),
        "cost_share.by_cost",
    ),
    (lambda one: one.update(id="Start TPE"), "id"),
]


@pytest.mark.parametrize(("spoil", "path"), WRONG)
def test_what_is_wrong_is_told_with_its_path(spoil: Callable[[dict[str, Any]], object], path: str) -> None:
    content = _content()
    spoil(content)
    with pytest.raises(InvalidSources) as refused:
        parse_funding_source(content, "start-tpe.yaml")
    assert path in {problem.path for problem in refused.value.problems}
    assert len(str(refused.value)) < 1_000


HOSTILE = {
    "a list": ("- 1", "start-tpe.yaml: Input should be"),
    "empty": ("", "start-tpe.yaml: Input should be"),
    "not YAML": ("a: [", "start-tpe.yaml: while parsing"),
    "a key twice": ("id: a\nid: b", "start-tpe.yaml: written twice from line 1: id"),
    "an alias": ("a: &x [1]\nb: [*x, *x]", "start-tpe.yaml: an alias, *x"),
    "a bottomless nest": ("[" * 100_000, "start-tpe.yaml: nested more than 40 times"),
    "code": ("a: !!python/object/apply:os.system [ls]", "start-tpe.yaml: could not determine a constructor"),
    "no such day": ("updated: 2026-02-31", "start-tpe.yaml: day is out of range"),
    "too large": ("#" * 500_001, "start-tpe.yaml: more than 500000 bytes"),
    "another's name": (
        (FUNDING_FOLDER / "forsa.yaml").read_text("utf-8"),
        "start-tpe.yaml id: forsa is not the name",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(name: str, tmp_path: Path) -> None:
    text, said = HOSTILE[name]
    path = tmp_path / "start-tpe.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(InvalidSources) as refused:
        read_funding_source(path)
    assert str(refused.value).startswith(said)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "start-tpe.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidSources, match="utf-8"):
        read_funding_sources(tmp_path)
