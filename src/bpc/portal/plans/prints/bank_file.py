"""« Dossier pour la banque »: the whole plan on paper, from a summary in plain words to statements for an analyst."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from bpc.core.plan.document import ENGINE_VERSION, input_hash
from bpc.core.plan.indicators.appraisal import Appraisal
from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import Simulation
from bpc.portal.foundation.typesetting import drawable, pictogram, typeset
from bpc.portal.foundation.writing import written_amount, written_date
from bpc.portal.plans.prints import accounts, cash_tables, ratios, summary
from bpc.portal.plans.prints.amounts import Amounts, amounts_for
from bpc.portal.plans.prints.assumptions import AssumptionTables, legal_table
from bpc.portal.plans.prints.blocks import Block, bullets, heading, notice, paragraph, section
from bpc.portal.plans.prints.context import PrintContext, Source
from bpc.portal.plans.prints.loan_tables import loan_blocks
from bpc.portal.plans.prints.risks import risk_blocks
from bpc.portal.plans.problem_words import written_problem

TEMPLATE = Path(__file__).parent / "templates" / "bank_file.typ"


def bank_file(plan: Plan, appraisal: Appraisal, context: PrintContext) -> bytes:
    """The PDF of a plan and of its appraisal, in the language of the context."""
    with translation.override(context.language):
        return typeset(TEMPLATE, bank_data(plan, appraisal, context))


def bank_data(plan: Plan, appraisal: Appraisal, context: PrintContext) -> dict[str, Any]:
    """What the template is given, in the active language."""
    run = appraisal.run
    amounts = amounts_for(run)
    tables = AssumptionTables(run, context)
    assumption_blocks = tables.blocks()  # before the list of the sources they cite
    parts = [
        section(_("En bref"), _summary(appraisal, context, amounts)),
        section(_("Financement"), [*cash_tables.financing_blocks(run, amounts), *loan_blocks(run, amounts)]),
        section(_("Hypothèses"), [paragraph(_confidence_note()), *assumption_blocks, legal_table(run)]),
        section(_("Comptes prévisionnels"), _statements(run, amounts), wide=True),
        section(_("Trésorerie"), _cash(run, amounts), wide=True),
        section(_("Ratios"), _ratios(run, amounts), wide=True),
        section(_("Indicateurs et méthode"), [ratios.figure_table(appraisal), *_method(plan, amounts)]),
    ]
    if context.risk:
        parts.insert(-1, section(_("Risques"), risk_blocks(appraisal, context.risk, amounts)))
    parts.append(section(_("Sources"), _sources(tables.citations.listed), continues=True))
    return {
        **context.document_data(),
        "kind": _("Dossier pour la banque"),
        "office": _("Banque de projets coopératifs"),
        "contents": _("Sommaire"),
        "banner": summary.estimate_banner(appraisal),
        "facts": _facts(plan, context),
        "qr_words": _("La page du projet"),
        "page_words": _("page %(number)s sur %(total)s") % {"number": "{n}", "total": "{total}"},
        "trace": _trace(plan),
        "pictogram": pictogram(context.pictogram),
        "sections": parts,
    }


def _facts(plan: Plan, context: PrintContext) -> list[list[str]]:
    facts = [
        [_("Lieu"), drawable(context.place, 120)],
        [_("Fait le"), written_date(context.made_on)],
        [_("Version du calcul"), ENGINE_VERSION],
        [_("Empreinte des hypothèses"), input_hash(plan)[:16]],
    ]
    return [fact for fact in facts if fact[1]]


def _trace(plan: Plan) -> str:
    """What ties a page to the calculation it comes from."""
    return _("calcul %(version)s, empreinte %(hash)s") % {
        "version": ENGINE_VERSION,
        "hash": input_hash(plan)[:16],
    }


def _summary(appraisal: Appraisal, context: PrintContext, amounts: Amounts) -> list[Block | None]:
    run = appraisal.run
    errors = [problem for problem in appraisal.problems if problem.severity == "error"]
    warnings = [problem for problem in appraisal.problems if problem.severity == "warning"]
    told = [notice(written_problem(problem, run.plan), "error") for problem in errors]
    watched = [written_problem(problem, run.plan) for problem in warnings]
    return [
        paragraph(drawable(context.summary, 400)) if context.summary else None,
        summary.sentences(appraisal),
        *told,
        summary.key_cards(appraisal),
        heading(_("Ce qui demande attention")) if watched else None,
        bullets(watched) if watched else None,
        summary.income_chart(run, amounts),
        summary.cash_chart(run, amounts),
    ]


def _confidence_note() -> str:
    return _(
        "Chaque chiffre dit d’où il vient. Source officielle : lu dans un texte ou une étude. Déduit : calculé "
        "à partir d’une source. Estimation : ordre de grandeur à confirmer. À vérifier : connu, sans source écrite."
    )


def _statements(run: Simulation, amounts: Amounts) -> list[Block | None]:
    return [
        paragraph(
            _(
                "Présentation indicative, modèle CGNC. Les lignes dont tous les montants sont nuls ne sont pas "
                "imprimées."
            )
        ),
        accounts.income_table(run, amounts),
        accounts.balances_table(run, amounts),
        accounts.asset_table(run, amounts),
        accounts.liability_table(run, amounts),
        accounts.masses_table(run, amounts),
        accounts.funds_table(run, amounts),
    ]


def _cash(run: Simulation, amounts: Amounts) -> list[Block | None]:
    return [
        cash_tables.first_year_table(run, amounts),
        cash_tables.second_year_table(run, amounts),
        cash_tables.later_years_table(run, amounts),
    ]


def _ratios(run: Simulation, amounts: Amounts) -> list[Block | None]:
    return [
        ratios.ratio_table(run, amounts),
        ratios.break_even_table(run, amounts),
        ratios.third_party_table(run, amounts),
    ]


def _method(plan: Plan, amounts: Amounts) -> list[Block]:
    thousands = _("Les tableaux sont en milliers de MAD.") if amounts.scale != 1 else ""
    rounding = _(
        "Chaque montant imprimé est arrondi à %(unit)s, les moitiés vers le haut ; les totaux sont arrondis "
        "à partir des vrais totaux, ils peuvent donc différer un peu de la somme des lignes."
    ) % {"unit": written_amount(amounts.scale)}
    value = _(
        "Valeur actuelle nette : flux du projet avant financement, mois par mois, valeur qui reste à la fin comprise. "
        "DSCR : argent dégagé par l’activité divisé par le capital et les intérêts à payer dans l’année."
    )
    law = _(
        "Aucun plan comptable propre aux coopératives n’a été trouvé ; l’excédent est réparti selon la loi 112-12, "
        "articles 69 et 70. À faire confirmer par un expert-comptable."
    )
    return [heading(_("Méthode")), *[paragraph(text) for text in (rounding, thousands, value, law) if text]]


def _sources(cited: Sequence[Source]) -> list[Block]:
    if not cited:
        return [
            paragraph(
                _(
                    "Aucune source écrite n’est citée : tous les chiffres viennent du groupe ou sont des estimations."
                )
            )
        ]
    return [{"kind": "sources", "items": [_source(number, source) for number, source in enumerate(cited, 1)]}]


def _source(number: int, source: Source) -> dict[str, str]:
    seen = _("lu le %(day)s") % {"day": written_date(source.seen)} if source.seen else ""
    return {
        "number": f"[{number}]",
        "title": drawable(source.title, 300),
        "address": drawable(source.address, 300),
        "seen": seen,
    }
