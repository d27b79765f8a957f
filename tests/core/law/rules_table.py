"""docs/law-rules.md, written from the rules and the lawyer's table: `python -m tests.core.law.rules_table`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bpc.core.law.checks import Verdict
from bpc.core.law.findings import check_record
from bpc.datasets.law_rules import LawRule, read_law_rules
from tests.core.law.good_records import GOOD, LAW, ON
from tests.core.law.test_cases import CASES, record_of

PAGE = Path(__file__).resolve().parents[3] / "docs" / "law-rules.md"
_CLOCK_CASES = Path(__file__).with_name("clock_cases.tsv")
#: The test that holds a calculation: (passes, fails).
_CALCULATIONS = {
    "surplus": (
        "test_surplus.py : un excédent partagé à la main",
        "test_surplus.py : ce que la loi interdit",
    ),
    "losses": ("test_surplus.py : les fonds d’abord", "test_surplus.py : une perte n’est pas négative"),
    "registration_number": ("test_numbers.py : un numéro lu", "test_numbers.py : ce qui n’est pas un numéro"),
    "ice_number": ("test_numbers.py : quinze chiffres", "test_numbers.py : quatorze chiffres ou des lettres"),
    "exposures": (
        "test_rules.py : rien en retard, aucune amende",
        "test_rules.py : les retards exposent à l’amende",
    ),
}
_WITHOUT_ROW = {
    "name_validity": (
        "test_clocks.py : le nom vit soixante jours",
        "test_clocks.py : le soixante et unième jour",
    ),
    "name_extension": ("test_clocks.py : prolongé dans la semaine", "test_clocks.py : demandé trop tard"),
}
_HEAD = """# Chaque règle de la loi, son code et ses cas

Page écrite par `python -m tests.core.law.rules_table` ; un test la compare aux règles (`data/law/rules.yaml`) et au
tableau du juriste (`tests/core/law/cases.yaml`, `clock_cases.tsv`).
« Passe » et « échoue » nomment un cas joué par les tests.

{facts} faits de loi, dont {computed} calculés, et {steps} règles lues dans les étapes de création, toutes calculées.

| règle | loi | code | un cas qui passe | un cas qui échoue |
|---|---|---|---|---|
"""


def written() -> str:
    """The page."""
    rules = read_law_rules().rules
    facts = [rule for rule in rules if not rule.from_steps]
    head = _HEAD.format(
        facts=len(facts), computed=sum(rule.computed for rule in facts), steps=len(rules) - len(facts)
    )
    met, unmet, clocks = _told(Verdict.MET), _told(Verdict.UNMET), _clock_rows()
    lines = [line for rule in rules if rule.computed for line in _lines(rule, met, unmet, clocks)]
    left = [f"| `{rule.id}` | {_law(rule)} | {rule.not_computed} |" for rule in rules if not rule.computed]
    tail = "\n## Ce qui ne se calcule pas, et pourquoi\n\n| règle | loi | raison |\n|---|---|---|\n"
    return head + "\n".join(lines) + "\n" + tail + "\n".join(left) + "\n"


def _law(rule: LawRule) -> str:
    return f"{rule.law}, art. {rule.article}" if rule.article else rule.law


def _lines(
    rule: LawRule, met: Mapping[str, str], unmet: Mapping[str, str], clocks: Mapping[str, tuple[str, str]]
) -> Iterator[str]:
    for code in rule.checks:
        yield f"| `{rule.id}` | {_law(rule)} | `{code}` | {met[code]} | {unmet[code]} |"
    for code in rule.clocks:
        passes, fails = clocks.get(code) or _WITHOUT_ROW[code]
        yield f"| `{rule.id}` | {_law(rule)} | délai `{code}` | {passes} | {fails} |"
    for code in rule.calculations:
        passes, fails = _CALCULATIONS[code]
        yield f"| `{rule.id}` | {_law(rule)} | calcul `{code}` | {passes} | {fails} |"


def _told(verdict: Verdict) -> dict[str, str]:
    """The first good record or case of the table that gives each check this verdict."""
    found: dict[str, str] = {}
    named: list[tuple[str, Any]] = [(f"dossier sans faute « {name} »", make()) for name, make in GOOD.items()]
    named += [(str(case["case"]), record_of(case)) for case in CASES]
    for name, record in named:
        for one in check_record(record, LAW, ON):
            if one.verdict is verdict:
                found.setdefault(one.code, name)
    return found


def _clock_rows() -> dict[str, tuple[str, str]]:
    """Done on the last day, and on none: each row is played by `test_clocks.test_last_day`."""
    rows = [line.split("\t") for line in _CLOCK_CASES.read_text("utf-8").splitlines()[1:] if line]
    return {
        code: (f"fait du {fact}, fini le {last}", f"fait du {fact}, pas fini après le {last}")
        for code, fact, last in reversed(rows)
    }


if __name__ == "__main__":
    PAGE.write_text(written(), "utf-8")
