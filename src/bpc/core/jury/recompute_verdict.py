#!/usr/bin/env python3
"""Recalcule un verdict d’idéathon : python recalculer.py verdict.json (Python 3.10 ou plus récent, rien à installer).

Vérifie la chaîne d’empreintes, puis refait moyennes, scores, mérites, rangs et intervalles à partir des notes publiées.
Licence GPL-3.0 ou plus récente. Méthode : docs/methods/jury-score.md, où les lettres sont les mêmes.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

FORMAT, METHOD, SURE, TURNS, CLOSE = "bpc-verdict/1", "jury-score/1", 1.2815515655446004, 25, 0.00011
WORTH, MERIT, SEVERITY, NOISE, NOISE_WORTH, SPREAD, TAILS = 2.0, 0.25, 0.16, 0.25, 10.0, 0.03, 8.0
KEYS = ("merit", "merit_sd", "plain_mean", "z_score", "place", "rank", "rank_low", "rank_high", "readings")
KINDS = ("method", "criteria", "reading", "rank")
Rows = list[list[float]]


def breaks(records: list[dict[str, Any]]) -> list[int]:
    """Numéros des lignes dont l’empreinte n’est pas celle de la ligne d’avant et de ce qu’elles disent."""
    last, found = FORMAT, []
    for at, record in enumerate(records, 1):
        said = {name: value for name, value in record.items() if name != "chain"}
        text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        if hashlib.sha256((last + text).encode()).hexdigest() != record.get("chain"):
            found.append(at)
        last = str(record.get("chain"))
    return found


def invert(rows: Rows) -> Rows:
    """L’inverse d’une matrice symétrique positive, par Gauss et Jordan."""
    for k in range(len(rows)):
        inverse, pivot = 1 / rows[k][k], [x / rows[k][k] for x in rows[k]]
        rows = [
            [x - row[k] * y for x, y in zip(row, pivot, strict=True)] + [-row[k] * inverse] for row in rows
        ]
        rows[k] = [*pivot, inverse]
        rows = [[*row[:k], row[-1], *row[k + 1 : -1]] for row in rows]
    return rows


def add(keys: list[int], values: Any, size: int, start: float = 0.0) -> list[float]:
    """La somme des valeurs de chaque clé."""
    total = [start] * size
    for key, value in zip(keys, values, strict=True):
        total[key] += value
    return total


def fit(e: list[int], j: list[int], y: list[float]) -> Any:
    """Mérites, variances, et ce qui lie les mérites entre eux, des notes y données par les jurés j aux dossiers e."""
    n, m, rs, center = max(e) + 1, max(j) + 1, range(len(y)), sum(y) / len(y)
    gap = [x - center for x in y]
    tau, omega, noise, a, trust = MERIT, SEVERITY, [NOISE] * m, [1.0] * m, [1.0] * len(y)
    pairs = [(r, q) for own in [[r for r in rs if e[r] == i] for i in range(n)] for r in own for q in own]
    for turn in range(TURNS + 1):
        w = [trust[r] / noise[j[r]] for r in rs]
        aw = [a[j[r]] * w[r] for r in rs]
        p = add(e, [a[j[r]] * aw[r] for r in rs], n, 1 / tau)
        pull, hold = add(e, [aw[r] * gap[r] for r in rs], n), [aw[r] / p[e[r]] for r in rs]
        own = add(j, w, m, 1 / omega)
        system = [[own[k] if i == k else 0.0 for i in range(m)] for k in range(m)]
        for r, q in pairs:
            system[j[r]][j[q]] -= hold[r] * aw[q]
        cross = invert(system)
        right = add(j, [w[r] * gap[r] - hold[r] * pull[e[r]] for r in rs], m)
        lean = [sum(x * right[k] for k, x in enumerate(row)) for row in cross]
        both = add([r for r, _ in pairs], [-hold[q] * cross[j[q]][j[r]] for r, q in pairs], len(y))
        u = [x + pull[i] / p[i] for i, x in enumerate(add(e, [-hold[r] * lean[j[r]] for r in rs], n))]
        v = [x + 1 / p[i] for i, x in enumerate(add(e, [-hold[r] * both[r] for r in rs], n))]
        if turn == TURNS:
            break
        alone, of, scale = [gap[r] - lean[j[r]] for r in rs], [u[i] for i in e], [a[k] for k in j]
        doubt = [scale[r] ** 2 * v[e[r]] + cross[j[r]][j[r]] + 2 * scale[r] * both[r] for r in rs]
        square = [(alone[r] - scale[r] * of[r]) ** 2 + doubt[r] for r in rs]
        trusted = [trust[r] * square[r] for r in rs]
        common = (WORTH * NOISE + sum(trusted)) / (WORTH + len(y))
        loads = add(j, [1] * len(y), m, NOISE_WORTH)
        noise = [x / loads[k] for k, x in enumerate(add(j, trusted, m, NOISE_WORTH * common))]
        trust = [(TAILS + 1) / (TAILS + square[r] / noise[j[r]]) for r in rs]
        w = [trust[r] / noise[j[r]] for r in rs]
        along = add(j, [w[r] * (alone[r] * of[r] - both[r]) for r in rs], m, 1 / SPREAD)
        across = add(j, [w[r] * (of[r] ** 2 + v[e[r]]) for r in rs], m, 1 / SPREAD)
        a = [along[k] / across[k] for k in range(m)]
        tau = (WORTH * MERIT + sum(x * x for x in u) + sum(v)) / (WORTH + n)
        omega = (WORTH * SEVERITY + sum(x * x + cross[k][k] for k, x in enumerate(lean))) / (WORTH + m)
    return [center + x for x in u], v, hold, cross


def rank(e: list[int], j: list[int], shown: list[float], fitted: Any) -> list[tuple[int, ...]]:
    """Place, rang et intervalle de chaque dossier : devant, c’est sûr à neuf chances sur dix au moins."""
    (_, v, hold, cross), n, first, found = fitted, len(shown), 0, {}
    own = [[r for r in range(len(e)) if e[r] == i] for i in range(n)]

    def sure(i: int, k: int) -> bool:
        joint = sum(hold[r] * hold[q] * cross[j[r]][j[q]] for r in own[i] for q in own[k])
        return shown[i] > shown[k] and shown[i] - shown[k] >= SURE * (v[i] + v[k] - 2 * joint) ** 0.5

    order = sorted(range(n), key=lambda i: (-shown[i], round(v[i], 6), i))
    places = [1 + sum(x > y for x in shown) for y in shown]
    for at, i in enumerate(order):
        ahead = [sure(k, i) for k in order]
        first = at if any(ahead[first:at]) else first
        found[i] = (places[i], places[order[first]], 1 + sum(ahead), n - sum(sure(i, k) for k in order))
    return [found[i] for i in range(n)]


def differences(records: list[dict[str, Any]]) -> list[str]:
    """Les chiffres publiés qui ne sont pas ceux qu’on retrouve."""
    method, criteria, readings, rows = ([x for x in records if x["kind"] == kind] for kind in KINDS)
    if method[0]["method"] != METHOD:
        return [f"autre méthode que {METHOD}"]
    weights = [float(x) for x in criteria[0]["weights"]]
    share = [x / sum(weights) for x in weights]
    names, jurors = (sorted({x[kind] for x in readings}) for kind in ("entry", "juror"))
    e, j = [names.index(x["entry"]) for x in readings], [jurors.index(x["juror"]) for x in readings]
    y = [sum(share[c] * float(x) for c, x in enumerate(one["marks"])) for one in readings]
    ranks = {x["entry"]: x for x in rows}
    if {name for name, x in ranks.items() if x["merit"] is not None} != set(names):
        return ["les dossiers classés ne sont pas ceux qui ont été lus"]
    if not y:
        return []
    fitted = fit(e, j, y)
    count, loads = add(e, [1] * len(y), len(names)), add(j, [1] * len(y), len(jurors))
    gap = [x - add(j, y, len(jurors))[k] / loads[k] for x, k in zip(y, j, strict=True)]
    deviation = [(x / loads[k]) ** 0.5 for k, x in enumerate(add(j, [x * x for x in gap], len(jurors)))]
    score = [x / deviation[k] if deviation[k] > 1e-9 else 0.0 for x, k in zip(gap, j, strict=True)]
    z, means, found = add(e, score, len(names)), add(e, y, len(names)), []
    placed = rank(e, j, [float(ranks[name]["merit"]) for name in names], fitted)
    for i, name in enumerate(names):
        own = [fitted[0][i], fitted[1][i] ** 0.5, means[i] / count[i], z[i] / count[i], *placed[i], count[i]]
        for key, value in zip(KEYS, own, strict=True):
            if abs(float(ranks[name][key]) - value) > CLOSE:
                found.append(f"{name} : {key} = {ranks[name][key]}, recalculé {value:.4f}")
    return found


if __name__ == "__main__":
    lines = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["records"]
    broken, other = breaks(lines), differences(lines)
    print(f"Chaîne rompue aux lignes : {broken}" if broken else f"Chaîne intacte, {len(lines)} lignes.")
    print("\n".join(other) if other else "Classement recalculé : le même que celui qui est publié.")
    sys.exit(1 if broken or other else 0)
