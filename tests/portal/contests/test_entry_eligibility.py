"""The check finds rule by rule, says when it does not know, and reads little however many entries there are."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from bpc.portal.contests.eligibility import (
    BadRules,
    EntryFacts,
    checked_rules,
    edition_rules,
    eligibility,
    finding_of,
    found,
)
from bpc.portal.contests.entry_queries import EntryFilter, desk_rows, state_counts
from bpc.portal.contests.models import Entry
from tests.portal.contests.contest_world import NOW, make_edition, make_entry
from tests.portal.plans.plain_words import plain
from tests.portal.world import make_user


def facts(**said: Any) -> EntryFacts:
    """A group of three in Souss-Massa."""
    values: dict[str, Any] = {
        "kind": "group", "region": "09", "sector": "food", "women": ("yes", "no", "unknown"),
        "young": ("yes", "yes", "yes"), "open_answers": 0, "has": {"has_video": True, "has_document": False},
    }  # fmt: skip
    return EntryFacts(**{**values, **said})


@pytest.mark.parametrize(
    ("rules", "said", "met"),
    [
        ({"kinds": ["group"]}, {}, True),
        ({"kinds": ["cooperative"]}, {}, False),
        ({"kinds": ["group"]}, {"kind": ""}, None),
        ({"regions": ["02"]}, {}, False),
        ({"sectors": ["food", "crafts"]}, {}, True),
        ({"members_min": 3}, {}, True),
        ({"members_min": 4}, {}, False),
        ({"members_min": 4}, {"open_answers": 1}, None),
        ({"members_max": 3}, {"open_answers": 1}, None),
        ({"members_max": 2}, {}, False),
        ({"women_min": 1}, {}, True),
        ({"women_min": 2}, {}, None),
        ({"women_min": 3}, {}, False),
        ({"young_min": 3}, {}, True),
        ({"all_young": True}, {}, True),
        ({"all_young": True}, {"young": ("yes", "unknown", "yes")}, None),
        ({"all_young": True}, {"young": ("yes", "unknown", "no")}, False),
        ({"has_video": True}, {}, True),
        ({"has_document": True}, {}, False),
    ],
)
def test_each_rule_is_met_not_met_or_unknown(
    rules: dict[str, Any], said: dict[str, Any], met: bool | None
) -> None:
    assert [one.met for one in found(rules, facts(**said))] == [met]


@pytest.mark.parametrize(
    "rules",
    [{"age_max": 30}, {"members_min": "5"}, {"members_min": True}, {"members_min": 99}, {"regions": "09"},
     {"kinds": ["bank"]}, {"has_idea": "yes"}, {"members_min": 5, "members_max": 3}],
)  # fmt: skip
def test_rules_outside_the_vocabulary_are_refused(rules: dict[str, Any]) -> None:
    with pytest.raises(BadRules):
        checked_rules(rules)


@pytest.mark.django_db
def test_rules_and_findings_are_told_in_words_and_come_back_from_storage() -> None:
    edition = make_edition(
        who_may_enter={"women_min": 2, "regions": ["09"], "kinds": ["group", "cooperative"]}
    )
    entry = make_entry(edition, make_user(), entrant="group")
    entry.members.create(name="Aïcha", woman="yes", consent="given", answered_at=NOW)
    assert [plain(rule) for rule in edition_rules(edition)] == [
        "Être : Un groupe, pas encore constitué, Une coopérative",
        "Être dans la région : Souss-Massa",
        "Compter au moins 2 femmes",
    ]
    findings = eligibility(entry)
    assert [one.met for one in findings] == [True, True, None]
    assert plain(findings[2].text) == "1 femme dans l’équipe ; tout le monde n’a pas répondu"
    assert tuple(finding_of(one.stored()) for one in findings) == findings
    with translation.override("ar"):
        assert "سوس" in edition_rules(edition)[1]


@pytest.mark.django_db
def test_the_desk_reads_the_same_whatever_the_number_of_entries() -> None:
    edition, author = make_edition(), make_user()
    first = make_entry(edition, author, state="submitted", summary="x" * 600)

    def read() -> tuple[int, int, list[str]]:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows = list(desk_rows(edition, EntryFilter())[:50])
            counts = state_counts(edition)
        return len(queries), len(rows) + len(counts), [query["sql"] for query in queries]

    few = read()
    Entry.objects.bulk_create(
        Entry(
            edition=edition, reference=f"B{number:07d}", title="Autre", summary="x" * 600, language="fr",
            sector_id="food", commune_id=first.commune_id, province_id=first.province_id, region_id="09",
            state="submitted", submitted_at=NOW,
        )
        for number in range(10_000)
    )  # fmt: skip
    many = read()
    assert (few[0], many[0]) == (2, 2)
    assert (few[1], many[1]) == (2, 51)
    assert not [sql for sql in many[2] if '"summary"' in sql or '"answers"' in sql]


@pytest.mark.django_db
def test_a_code_finds_its_entry_and_words_find_titles() -> None:
    edition, author = make_edition(), make_user()
    make_entry(edition, author, state="submitted", reference="K7M4-2QX", title="Safran")
    make_entry(edition, author, state="draft", title="Safran caché")
    make_entry(make_edition(), author, state="submitted", title="Safran ailleurs")
    assert [row.title for row in desk_rows(edition, EntryFilter("", "k7m4 2qx"))] == ["Safran"]
    assert [row.title for row in desk_rows(edition, EntryFilter("", "safran"))] == ["Safran"]
    assert list(desk_rows(edition, EntryFilter("eligible"))) == []
