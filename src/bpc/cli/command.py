"""The command line: what is asked, and answers as text or JSON."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from bpc.cli.appraising import appraise_source
from bpc.cli.checking import check_sources
from bpc.cli.printing import as_text, problems_as_text
from bpc.core.plan.problems import InvalidPlan
from bpc.datasets.plan_options import PlanOptions

#: Exit codes: 0 done, 1 the plan or a source is wrong, 2 the command is wrong.
DONE, WRONG_PLAN, WRONG_SOURCE, WRONG_COMMAND = 0, 1, 1, 2


def main(arguments: Sequence[str]) -> int:
    """Run the command; what is wrong goes to standard error (or into the JSON) with the path of each field."""
    asked = _parser().parse_args(arguments)
    try:
        return asked.run(asked)  # type: ignore[no-any-return]  # one of the functions below
    except (FileNotFoundError, IsADirectoryError, PermissionError, UnicodeDecodeError, LookupError) as error:
        print(f"bpc : {error}", file=sys.stderr)
        return WRONG_COMMAND


def _appraise(asked: argparse.Namespace) -> int:
    try:
        appraisal = appraise_source(asked.source, _options(asked))
    except InvalidPlan as error:
        return _refuse(error, as_json=asked.json)
    if asked.json:
        _write(appraisal.as_dict())
    else:
        print(as_text(appraisal))
    return DONE


def _check(asked: argparse.Namespace) -> int:
    checked = check_sources(asked.places)
    if asked.json:
        _write(
            {
                "files": checked.files,
                "problems": [
                    {"file": problem.name, "path": problem.path, "message": problem.message}
                    for problem in checked.problems
                ],
            }
        )
    elif checked.problems:
        print("\n".join(map(str, checked.problems)), file=sys.stderr)
    else:
        print(f"fichiers lus : {checked.files}, aucun problème")
    return WRONG_SOURCE if checked.problems else DONE


def _options(asked: argparse.Namespace) -> PlanOptions:
    return PlanOptions(
        asked.years, asked.discount, asked.start, asked.no_tax, asked.constant_prices, asked.no_grant
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bpc", description="Banque de projets coopératifs")
    subjects = parser.add_subparsers(dest="subject", required=True, metavar="plan|funding")
    _add_appraise(subjects.add_parser("plan", help="plans d’affaires"))
    _add_check(subjects.add_parser("funding", help="sources de financement"))
    return parser


def _add_appraise(plan: argparse.ArgumentParser) -> None:
    verbs = plan.add_subparsers(dest="verb", required=True, metavar="appraise")
    appraise = verbs.add_parser("appraise", help="calcule un modèle ou un plan et donne ses indicateurs")
    appraise.set_defaults(run=_appraise)
    appraise.add_argument(
        "source", metavar="MODEL_OR_FILE", help="modèle (huile-argan) ou fichier .json, .yaml"
    )
    appraise.add_argument("--years", type=_years, help="durée du plan, de 1 à 10 ans")
    appraise.add_argument("--discount", type=_rate, help="taux d’actualisation annuel, par exemple 0.10")
    appraise.add_argument(
        "--start", help="premier mois, AAAA-MM : date aussi les saisons du calendrier hégirien"
    )
    appraise.add_argument("--no-tax", action="store_true", help="sans impôt sur les sociétés")
    appraise.add_argument("--constant-prices", action="store_true", help="prix constants, sans inflation")
    appraise.add_argument("--no-grant", action="store_true", help="sans aucune subvention")
    appraise.add_argument("--json", action="store_true", help="réponse en JSON")


def _add_check(funding: argparse.ArgumentParser) -> None:
    verbs = funding.add_subparsers(dest="verb", required=True, metavar="check")
    check = verbs.add_parser("check", help="vérifie les fichiers des sources de financement")
    check.set_defaults(run=_check)
    check.add_argument(
        "places", nargs="*", metavar="FOLDER_OR_FILE", help="dossiers ou fichiers, sinon ceux de la banque"
    )
    check.add_argument("--json", action="store_true", help="réponse en JSON")


def _years(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 10:
        raise argparse.ArgumentTypeError("un nombre d’années entre 1 et 10")
    return int(text)


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = float("nan")
    if not 0 <= rate <= 1:
        raise argparse.ArgumentTypeError("un taux entre 0 et 1, par exemple 0.10")
    return rate


def _refuse(error: InvalidPlan, *, as_json: bool) -> int:
    if as_json:
        _write({"problems": [problem.as_dict() for problem in error.problems]})
    else:
        print(problems_as_text(error.problems), file=sys.stderr)
    return WRONG_PLAN


def _write(answer: dict[str, Any]) -> None:
    print(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False))
