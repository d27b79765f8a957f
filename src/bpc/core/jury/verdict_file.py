"""The published file of a verdict: anonymised marks, method, ranking and decisions, one record a line, chained.

    chain_i = sha256(chain_{i-1} + canonical(record_i))        chain_0 = sha256("bpc-verdict/1" + canonical(record_0))

canonical is JSON with sorted keys, no blanks, letters as they are; numbers are whole, or strings with their decimals,
so that nothing depends on how a machine writes fractions. Whoever changes a mark must change every later link, and the
last one, the head, is printed where the file cannot reach: on the results' page and in the audit trail.
`recompute_verdict.py` checks all of it with nothing but Python.
"""

import hashlib
import hmac
import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bpc.core.jury.marks import Marks
from bpc.core.jury.ranking import DECIMALS, METHOD, Ranked, Verdict, rank

FORMAT = "bpc-verdict/1"
Record = dict[str, Any]


@dataclass(frozen=True)
class Problem:
    """What is wrong, and at which record (from 1; None: the file itself).

    Codes: unreadable, no_records, chain_broken, not_canonical, head_differs.
    """

    code: str
    record: int | None = None


def label(things: Sequence[Hashable], letter: str, secret: bytes) -> dict[Hashable, str]:
    """Labels that tell nothing of the order in which things came: J01, J02… in the order of a keyed fingerprint.

    >>> sorted(label([17, 4, 9], "J", b"kept by the site").values())
    ['J01', 'J02', 'J03']
    """
    shuffled = sorted(things, key=lambda one: hmac.new(secret, str(one).encode(), hashlib.sha256).digest())
    width = max(2, len(str(len(things))))
    return {one: f"{letter}{at:0{width}}" for at, one in enumerate(shuffled, 1)}


def anonymise(marks: Marks, entries: Mapping[Hashable, str], jurors: Mapping[Hashable, str]) -> Marks:
    """The same marks under labels, everything in the order of labels, to the published decimals."""
    entry_labels = [entries[one] for one in marks.entries]
    juror_labels = [jurors[one] for one in marks.jurors]
    entry_at = {name: at for at, name in enumerate(sorted(entry_labels))}
    juror_at = {name: at for at, name in enumerate(sorted(juror_labels))}
    entry_of = np.array([entry_at[entry_labels[at]] for at in marks.entry_of], dtype=np.intp)
    juror_of = np.array([juror_at[juror_labels[at]] for at in marks.juror_of], dtype=np.intp)
    order = np.lexsort((juror_of, entry_of))
    return Marks(
        tuple(entry_at),
        tuple(juror_at),
        marks.criteria,
        marks.weights.round(DECIMALS),
        entry_of[order],
        juror_of[order],
        marks.values[order].round(DECIMALS),
    )


def compose(
    *,
    edition: Mapping[str, Any],
    software: str,
    marks: Marks,
    laureates: int,
    decisions: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """The document of a verdict, to be given to `write`, from anonymised marks.

    `edition` says which one, with the version and the digest of its rules; `software` the version that computed;
    `decisions` what the president decided, with reasons. Both are kept as given, and must hold no fraction.
    """
    verdict = rank(marks, laureates=laureates)
    readings = [
        {
            "kind": "reading",
            "entry": marks.entries[e],
            "juror": marks.jurors[j],
            "marks": [_mark(value) for value in values],
        }
        for e, j, values in zip(marks.entry_of, marks.juror_of, marks.values, strict=True)
    ]
    return {
        "records": [
            {"kind": "edition", **edition},
            _method(software, laureates, verdict),
            {
                "kind": "criteria",
                "criteria": list(marks.criteria),
                "weights": [_decimal(weight) for weight in marks.weights],
            },
            *readings,
            *(_rank(one) for one in verdict.ranked),
            *({"kind": "decision", **decision} for decision in decisions),
        ]
    }


def _method(software: str, laureates: int, verdict: Verdict) -> Record:
    return {
        "kind": "method",
        "method": METHOD,
        "software": software,
        "laureates": laureates,
        "components": verdict.components,
    }


def _rank(one: Ranked) -> Record:
    decimals = ("merit", "merit_sd", "plain_mean", "z_score")
    values = {name: getattr(one, name) for name in decimals}
    return {
        "kind": "rank",
        "entry": one.entry,
        "readings": one.readings,
        **{name: None if value is None else _decimal(value) for name, value in values.items()},
        **{name: getattr(one, name) for name in ("place", "rank", "rank_low", "rank_high")},
        "tied_with": sorted(map(str, one.tied_with)),
    }


def _decimal(value: float) -> str:
    return f"{value + 0.0:.{DECIMALS}f}"


def _mark(value: float) -> int | str:
    return int(value) if float(value).is_integer() else _decimal(value)


def write(document: Mapping[str, Any]) -> str:
    """The file: the records of `document`, each with its link, one a line; then the head, which is the last link.

    Raises ValueError for a fraction that is not a string.

    >>> text = write({"records": [{"kind": "edition", "name": "Édition d’essai"}]})
    >>> check(text), check(text.replace("essai", "assai"))
    ((), (Problem(code='chain_broken', record=1),))
    """
    last, lines = FORMAT, []
    for record in document["records"]:
        if not _is_canonical(record):
            raise ValueError(f"fractions are written as strings: {record}")
        last = _link(last, record)
        lines.append(_canonical({**record, "chain": last}))
    body = ",\n".join(lines)
    return f'{{"format":"{FORMAT}","records":[\n{body}\n],"head":"{last}"}}\n'


def head(text: str) -> str:
    """The last link of a file, to be shown where the file cannot reach."""
    return str(json.loads(text)["head"])


def check(text: str) -> tuple[Problem, ...]:
    """What is wrong with a file; nothing when nobody touched it since it was written, or touched all of the chain."""
    try:
        document = json.loads(text)
    except ValueError:
        return (Problem("unreadable"),)
    records = document.get("records") if isinstance(document, dict) else None
    if not isinstance(records, list) or not records or not all(isinstance(one, dict) for one in records):
        return (Problem("no_records"),)
    last, found = FORMAT, []
    for at, record in enumerate(records, 1):
        said = {name: value for name, value in record.items() if name != "chain"}
        if not _is_canonical(said):
            found.append(Problem("not_canonical", at))
        if _link(last, said) != record.get("chain"):
            found.append(Problem("chain_broken", at))
        last = str(record.get("chain"))
    if document.get("head") != last:
        found.append(Problem("head_differs"))
    return tuple(found)


def _link(last: str, record: Mapping[str, Any]) -> str:
    return hashlib.sha256((last + _canonical(record)).encode()).hexdigest()


def _canonical(record: Mapping[str, Any]) -> str:
    return json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _is_canonical(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(isinstance(name, str) and _is_canonical(one) for name, one in value.items())
    if isinstance(value, list | tuple):
        return all(_is_canonical(one) for one in value)
    return value is None or isinstance(value, str | int | bool)
