"""The financing plan on paper, for the bank and the members' assembly: who pays, the cash, the steps, signatures."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from django.utils import translation
from django.utils.translation import gettext as _

from bpc.portal.financing import proposal_words as words
from bpc.portal.financing.proposal_words import month_words
from bpc.portal.financing.studies import Proposal, Study
from bpc.portal.foundation.typesetting import document_data, drawable, typeset
from bpc.portal.foundation.wording import enumerated, labelled
from bpc.portal.foundation.writing import written_amount, written_date
from bpc.portal.plans.prints.blocks import Block, bullets, card, cards, heading, notice, paragraph, row, table
from bpc.portal.plans.prints.charts import line_chart
from bpc.portal.web.financing.study_cards import (
    LETTERS,
    Sources,
    need_figures,
    need_of,
    payer_rows,
    proposal_figures,
    step_row,
    warning_rows,
)

TEMPLATE = Path(__file__).parent / "paper" / "financing_plan.typ"
_MOST_STEPS, _MOST_WARNINGS, _NAME = 14, 10, 70


@dataclass(frozen=True, slots=True)
class Paper:
    """How the paper presents itself. `chosen`: the proposal accepted; None prints them all, for the assembly."""

    title: str
    place: str
    scenario: str
    number: int
    made_on: date
    language: Literal["fr", "ar"]
    address: str
    chosen: int | None
    input_hash: str


def financing_paper(study: Study, sources: Sources, paper: Paper) -> bytes:
    """The PDF, in the language of the paper."""
    with translation.override(paper.language):
        return typeset(TEMPLATE, paper_data(study, sources, paper))


def paper_data(study: Study, sources: Sources, paper: Paper) -> dict[str, Any]:
    """What the template is given, in the active language."""
    ranks = range(len(study.proposals)) if paper.chosen is None else [paper.chosen]
    document = document_data(
        title=paper.title,
        place=paper.place,
        language=paper.language,
        made_on=paper.made_on,
        address=paper.address,
    )
    return {
        **document,
        "kind": _("Plan de financement"),
        "office": _("Banque de projets coopératifs"),
        "facts": [
            [_("Lieu"), drawable(paper.place, 120)],
            [_("Scénario"), drawable(paper.scenario, 80)],
            [_("Étude"), _("n° %(number)s du %(day)s") % {"number": paper.number, "day": written_date(paper.made_on)}],
        ],
        "qr_words": _("Cette étude sur le site"),
        "page_words": _("page %(number)s sur %(total)s") % {"number": "{n}", "total": "{total}"},
        "trace": _("empreinte %(hash)s") % {"hash": paper.input_hash[:16]},
        "need_title": _("Ce qu’il faut"),
        "need": [_need_cards(study), _honest()],
        "proposals": [_part(study, rank, sources) for rank in ranks],
        "signatures": {
            "title": _("Décision de l’assemblée"),
            "items": [_("Proposition choisie"), _("Pour"), _("Contre"), _("Abstention"), _("Date et lieu"),
                      _("Présidence de séance"), _("Secrétariat")],
        },
    }  # fmt: skip


def _need_cards(study: Study) -> Block:
    return cards([card(one.label, one.value, one.detail) for one in need_figures(study.need)])


def _honest() -> Block:
    return notice(
        _("C’est un calcul à partir du plan du groupe et du répertoire des financements, pas un accord : chaque "
          "organisme décide. Les taux et les plafonds sont ceux du répertoire au jour de l’étude."),
        "warning",
    )  # fmt: skip


def _part(study: Study, rank: int, sources: Sources) -> Block:
    proposal = study.proposals[rank]
    study = study.model_copy(update={"need": need_of(study.need, proposal)})
    title = f"{LETTERS[rank]} · {words.GOALS[proposal.goal]}"
    figures = [card(one.label, one.value, one.detail) for one in proposal_figures(study.need, proposal)]
    warned = [drawable(labelled(one.name, one.text), 300) for one in warning_rows(proposal, sources)][
        :_MOST_WARNINGS
    ]
    return {
        "title": title,
        "blocks": [
            block
            for block in (
                notice(_("Compte sur des sources dont le droit est à confirmer."), "warning")
                if proposal.optimistic
                else None,
                cards(figures[:4]),
                _payers(study, proposal, sources),
                _cash(study, proposal, rank),
                _steps(study, proposal, sources),
                heading(_("Avant de s’engager")) if warned else None,
                bullets(warned) if warned else None,
                paragraph(words.own_cash_worth(proposal), quiet=True)
                if words.own_cash_worth(proposal)
                else None,
            )
            if block
        ],
    }


def _payers(study: Study, proposal: Proposal, sources: Sources) -> Block:
    lines = [
        row("line", drawable(one.name, _NAME), drawable(enumerated(p for p in (one.kind, one.terms) if p), 160),
            one.amount, one.share or "–")
        for one in payer_rows(study.need, proposal, sources)
    ]  # fmt: skip
    total = row("total", _("Total, attente non comprise"), "", written_amount(proposal.total), "")
    return table(
        [_("Qui paie"), _("Comment"), _("Montant"), _("part")],
        [*lines, total],
        widths=("label", "label", "number", "number"),
        caption=_("Qui paie quoi"),
    )


def _cash(study: Study, proposal: Proposal, rank: int) -> Block:
    need = study.need
    first = int(need.first[5:]) if need.first else 1
    starts = [month for month in range(len(proposal.cash)) if (first - 1 + month) % 12 == 0]
    marks = [
        (month, str(int(need.first[:4]) + (first - 1 + month) // 12) if need.first
         else _("an %(number)s") % {"number": month // 12 + 1})
        for month in starts
    ]  # fmt: skip
    lowest = proposal.lowest_month
    said = _("au plus bas : %(amount)s, %(month)s") % {
        "amount": written_amount(proposal.cash[lowest]),
        "month": month_words(need.first, lowest),
    }
    title = _("La caisse à la fin de chaque mois, en MAD (proposition %(letter)s)") % {
        "letter": LETTERS[rank]
    }
    return line_chart(title, f"{title}. {said}", list(proposal.cash), marks, note=(lowest, said))


def _steps(study: Study, proposal: Proposal, sources: Sources) -> Block | None:
    rows = [step_row(study.need, step, sources) for step in proposal.steps[:_MOST_STEPS]]
    if not rows:
        return None
    return table(
        [_("Quand"), _("Quoi"), _("Montant")],
        [row("line", one.when, drawable(one.text, 140), one.amount or "–") for one in rows],
        widths=("text", "label", "number"),
        caption=_("Dans l’ordre"),
    )
