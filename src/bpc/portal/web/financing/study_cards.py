"""A study as its page shows it: what is needed, each proposal as a card, the proposals side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from bpc.portal.financing import proposal_words as words
from bpc.portal.financing.proposal_words import month_words
from bpc.portal.financing.studies import PASSING, Need, Part, Proposal, Reason, Step, Study
from bpc.portal.foundation.wording import listed
from bpc.portal.foundation.writing import written_amount, written_duration, written_number, written_percent
from bpc.portal.web.charts.financing import (
    Axis,
    Piece,
    cash_line,
    legend_sample,
    outlay_bars,
    turning_months,
    who_pays,
)
from bpc.portal.web.charts.table import figure_table

#: Months of spending drawn; more are told in a line.
MOST_OUTLAYS = 8
LETTERS = "ABCDEF"


@dataclass(frozen=True)
class Sources:
    """What the directory says of the sources named in a study: their names and the addresses of their sheets."""

    names: Mapping[str, str]
    sheets: Mapping[str, str]


@dataclass(frozen=True)
class PayerRow:
    """Who pays: a line of the legend under the bar."""

    sample: SafeString | str
    letter: str
    name: str
    kind: str
    sheet: str
    source: str
    amount: str
    share: str
    terms: str
    why: str
    to_confirm: bool


@dataclass(frozen=True)
class Figure:
    """A figure with its label, and a sentence."""

    label: str
    value: str
    detail: str = ""


@dataclass(frozen=True)
class Told:
    """A sentence about a source, with the address of its sheet."""

    name: str
    sheet: str
    source: str
    text: str
    asked: bool = False  # the group may ask that it be used


@dataclass(frozen=True)
class StepRow:
    """What happens in a month."""

    when: str
    text: str
    amount: str


@dataclass(frozen=True)
class Card:
    """One proposal."""

    rank: int
    letter: str
    title: str
    also: tuple[str, ...]
    begins: str
    optimistic: bool
    bar: SafeString
    payers: tuple[PayerRow, ...]
    figures: tuple[Figure, ...]
    chart: SafeString
    table: SafeString
    lowest: str
    left_out: tuple[Told, ...]
    limits: tuple[str, ...]
    worth: str
    warnings: tuple[Told, ...]
    steps: tuple[StepRow, ...]
    chosen: bool


def need_figures(need: Need) -> list[Figure]:
    """What must be found, for what, and how deep cash falls without it."""
    lowest = min(need.base_cash)
    paid = sum(need.outlays)
    told = (
        (_("Argent à trouver"), need.to_find, _("pour que la caisse ne descende jamais sous le minimum")),
        (_("Achats de départ et travaux"), need.eligible_cost, _("TVA et apports en nature compris")),
        (_("Caisse au plus bas, sans financement"), lowest, month_words(need.first, need.lowest_month)),
        (_("Payé en investissements sur la durée du plan"), paid, _("remplacements compris")),
    )
    return [Figure(label, written_amount(amount), detail) for label, amount, detail in told]


def need_charts(need: Need) -> dict[str, Any]:
    """The months that have something to pay, and cash without any source."""
    rtl = get_language_bidi()
    paying = [month for month, amount in enumerate(need.outlays) if amount >= 0.5]
    shown = paying[:MOST_OUTLAYS]
    title = _("Ce qu’il faut payer, mois par mois")
    names = [month_words(need.first, month) for month in shown]
    texts = [written_amount(need.outlays[month]) for month in shown]
    cash_title = _("La caisse si personne ne finance")
    return {
        "outlays_title": title,
        "outlays": outlay_bars([need.outlays[month] for month in shown], names, texts, label=title, rtl=rtl),
        "outlays_more": len(paying) - len(shown),
        "outlays_left": written_amount(sum(need.outlays[month] for month in paying[MOST_OUTLAYS:])),
        "cash_title": cash_title,
        "cash": _cash_chart(need, need.base_cash, cash_title),
        "cash_table": cash_table(need, need.base_cash, cash_title),
    }


def cards_of(study: Study, sources: Sources, chosen: int | None = None) -> list[Card]:
    """The proposals in the order kept, each with its letter."""
    return [
        _card(study.need, proposal, rank, sources, chosen == rank)
        for rank, proposal in enumerate(study.proposals)
    ]


def _card(whole: Need, proposal: Proposal, rank: int, sources: Sources, chosen: bool) -> Card:
    need = need_of(whole, proposal)
    title = str(words.GOALS[proposal.goal])
    letter = LETTERS[rank]
    payers = payer_rows(need, proposal, sources)
    label = _("Proposition %(letter)s : la caisse, mois par mois") % {"letter": letter}
    return Card(
        rank=rank,
        letter=letter,
        title=title,
        also=tuple(str(words.GOALS[goal]) for goal in proposal.also),
        begins=words.begins_words(need.first, proposal.postponed),
        optimistic=proposal.optimistic,
        bar=_bar(proposal, payers, letter),
        payers=tuple(payers),
        figures=tuple(proposal_figures(need, proposal)),
        chart=_cash_chart(need, proposal.cash, label),
        table=cash_table(need, proposal.cash, label),
        lowest=_("Au plus bas : %(amount)s (%(month)s).")
        % {
            "amount": written_amount(min(proposal.cash)),
            "month": month_words(need.first, proposal.lowest_month),
        },
        left_out=tuple(
            Told(words.named(one.source, sources.names), sources.sheets.get(one.source, ""), one.source,
                 words.left_out_words(one, proposal.goal, sources.names, proposal.cost), _may_be_asked(one))
            for one in proposal.left_out
        ),
        limits=tuple(words.limits_told(proposal.binding, sources.names, need.first)),
        worth=words.own_cash_worth(proposal),
        warnings=warning_rows(proposal, sources),
        steps=tuple(step_row(need, step, sources) for step in proposal.steps),
        chosen=chosen,
    )  # fmt: skip


def _may_be_asked(one: Reason) -> bool:
    """Whether a plan holds with this source: it only gains nothing."""
    return bool(one.source) and one.code == "no_gain"


def warning_rows(proposal: Proposal, sources: Sources) -> tuple[Told, ...]:
    """What to know before asking, one row a source."""
    return tuple(
        Told(words.named(slug, sources.names), sources.sheets.get(slug, ""), slug, listed(texts))
        for slug, texts in words.warnings_told(proposal.warnings, sources.names).items()
    )


def need_of(need: Need, proposal: Proposal) -> Need:
    """The need with its months counted as the proposal counts them: it may begin later."""
    return need.model_copy(update={"first": proposal.first}) if proposal.first else need


def step_row(need: Need, step: Step, sources: Sources) -> StepRow:
    """A step with its month, and its amount where it has one."""
    amount = written_amount(step.amount) if step.amount is not None else ""
    return StepRow(month_words(need.first, step.month), words.step_words(step, sources.names), amount)


def paying_parts(proposal: Proposal) -> list[tuple[str, Part | None, float]]:
    """The members' own first, then the sources, those that only bridge a wait left out: kind, part, amount."""
    own = [("own_cash", proposal.own_cash), ("own_in_kind", proposal.own_in_kind)]
    found: list[tuple[str, Part | None, float]] = [
        (kind, None, amount) for kind, amount in own if amount >= 0.5
    ]
    return found + [(part.kind, part, part.amount) for part in proposal.parts if part.kind not in PASSING]


def payer_rows(need: Need, proposal: Proposal, sources: Sources) -> list[PayerRow]:
    """Who pays, in the order of the bar; then what bridges a wait, without a share."""
    whole = proposal.total or 1.0
    rows = [
        _payer(need, proposal, sources, kind, part, (LETTERS_OF_PARTS[number], amount, amount / whole))
        for number, (kind, part, amount) in enumerate(paying_parts(proposal))
    ]
    passing = [part for part in proposal.parts if part.kind in PASSING]
    return rows + [
        _payer(need, proposal, sources, part.kind, part, ("", part.amount, None)) for part in passing
    ]


LETTERS_OF_PARTS = [str(number) for number in range(1, 200)]


def _payer(
    need: Need, proposal: Proposal, sources: Sources, kind: str, part: Part | None,
    place: tuple[str, float, float | None],
) -> PayerRow:  # fmt: skip
    letter, amount, share = place
    name = words.part_name(part, sources.names) if part is not None else str(words.KINDS[kind])
    kind_words = str(words.KINDS[kind])
    return PayerRow(
        sample=legend_sample(kind) if share is not None else "",
        letter=letter,
        name=name,
        kind="" if kind_words == name else kind_words,
        sheet=sources.sheets.get(part.source, "") if part is not None else "",
        source=part.source if part is not None else "",
        amount=written_amount(amount),
        share=written_percent(100 * share) if share is not None else "",
        terms=listed(words.part_terms(part, need.first)) if part is not None else "",
        why=words.part_why(part, proposal.goal, proposal.cost) if part is not None else "",
        to_confirm=part is not None and part.to_confirm,
    )


def _bar(proposal: Proposal, payers: Sequence[PayerRow], letter: str) -> SafeString:
    pieces = [
        Piece(kind, LETTERS_OF_PARTS[number], amount, written_amount(amount))
        for number, (kind, _part, amount) in enumerate(paying_parts(proposal))
    ]
    told = listed(f"{payer.letter} {payer.name} {payer.amount}" for payer in payers if payer.letter)
    label = _("Proposition %(letter)s, qui paie quoi : %(parts)s") % {"letter": letter, "parts": told}
    return who_pays(pieces, label=label, rtl=get_language_bidi())


def _bridge_figure(proposal: Proposal) -> Figure:
    """What is borrowed to wait, and what that costs."""
    label = _("Prêt relais")
    if proposal.bridged < 0.5:
        return Figure(label, _("aucun"))
    cost = _("coûte %(amount)s, compté dans le coût") % {"amount": written_amount(proposal.bridge_cost)}
    return Figure(label, written_amount(proposal.bridged), cost)


def _own_figure(proposal: Proposal) -> Figure:
    """What the members bring."""
    brought = proposal.own_in_kind
    kind = _("et %(amount)s en nature") % {"amount": written_amount(brought)} if brought >= 0.5 else ""
    return Figure(_("Apport en argent"), written_amount(proposal.own_cash), kind)


def proposal_figures(need: Need, proposal: Proposal) -> list[Figure]:
    """What a group compares: cost, time, own money, bridge, lowest cash."""
    need = need_of(need, proposal)
    most_line = max(proposal.line, default=0.0)
    figures = [
        Figure(
            _("Coût pour les membres"),
            written_amount(proposal.cost),
            _("intérêts et frais, sur toute la durée"),
        ),
        Figure(_("L’argent est là dans"), words.waited(proposal.months_to_money), _("le dernier versement")),
        _own_figure(proposal),
        _bridge_figure(proposal),
        Figure(
            _("Caisse au plus bas"),
            written_amount(min(proposal.cash)),
            month_words(need.first, proposal.lowest_month),
        ),
    ]
    if proposal.postponed:
        wait = _("%(wait)s plus tard que dans le plan") % {"wait": written_duration(proposal.postponed)}
        figures.append(
            Figure(
                _("Le plan commencerait"),
                month_words(need.first, 0) if need.first else wait,
                wait if need.first else "",
            )
        )
    if most_line >= 0.5:
        figures.append(Figure(_("Crédit de campagne, au plus"), written_amount(most_line)))
    return figures


def compared_rows(study: Study) -> list[dict[str, Any]]:
    """The figures of the proposals, one row a figure, the best of each marked."""
    columns = [proposal_figures(study.need, proposal)[:5] for proposal in study.proposals]
    scores = [
        (proposal.cost, proposal.months_to_money, proposal.own_cash,
         proposal.bridged, -min(proposal.cash))
        for proposal in study.proposals
    ]  # fmt: skip
    rows = []
    for number, figure in enumerate(columns[0] if columns else []):
        values = [score[number] for score in scores]
        known = [value for value in values if value is not None]
        best = min(known) if len({round(value, 2) for value in known}) > 1 else None
        cells = [
            {
                "letter": LETTERS[rank],
                "text": column[number].value,
                "best": best is not None and values[rank] == best,
            }
            for rank, column in enumerate(columns)
        ]
        rows.append({"label": figure.label, "cells": cells})
    return rows + _beginnings(study)


def _beginnings(study: Study) -> list[dict[str, Any]]:
    """When each proposal makes the plan begin, where one of them makes it wait."""
    if not any(one.postponed for one in study.proposals):
        return []
    cells = [
        {
            "letter": LETTERS[rank],
            "text": words.begins_words(need_of(study.need, one).first, one.postponed)
            or _("à la date du plan"),
            "best": False,
        }
        for rank, one in enumerate(study.proposals)
    ]
    return [{"label": _("Début du plan"), "cells": cells}]


def _cash_chart(need: Need, cash: Sequence[float], label: str) -> SafeString:
    axis = Axis(
        years=_year_names(need),
        lowest=written_number(min(cash)),
        floor=_("minimum : %(amount)s") % {"amount": written_number(need.floor)},
    )
    return cash_line(cash, need.floor, axis, label=label, rtl=get_language_bidi())


def _year_names(need: Need) -> list[str]:
    """Under each twelve months, the year they begin in, or its rank."""
    count = -(-len(need.base_cash) // 12)
    first = int(need.first[:4]) if need.first else 1
    return [str(first + number)[-2:] if need.first else str(number + 1) for number in range(count)]


def cash_table(need: Need, cash: Sequence[float], caption: str) -> SafeString:
    """The months that matter: the first, each turn, the last."""
    months = turning_months(cash)
    rows = [(month_words(need.first, month), written_amount(cash[month])) for month in months[:24]]
    return figure_table(caption, [_("Fin du mois"), _("En caisse")], rows, hide_caption=True)


def sentence_of(study: Study) -> str:
    """How many ways were found."""
    sure = sum(not one.optimistic for one in study.proposals)
    if sure:
        return ngettext(
            "%(count)s façon de payer tient jusqu’au bout.", "%(count)s façons de payer tiennent jusqu’au bout.", sure
        ) % {"count": sure}  # fmt: skip
    return _("Rien ne tient avec les sources sûres seules.")
