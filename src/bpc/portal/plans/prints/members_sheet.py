"""« Fiche pour l’assemblée des membres »: one page in very plain words, read aloud if need be."""

from pathlib import Path
from typing import Any

import numpy as np
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bpc.core.plan.document import ENGINE_VERSION, input_hash
from bpc.core.plan.indicators.appraisal import Appraisal
from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import Simulation
from bpc.portal.foundation.typesetting import drawable, pictogram, typeset
from bpc.portal.foundation.wording import labelled
from bpc.portal.foundation.writing import month_names, written_amount, written_date, written_number
from bpc.portal.plans.prints import members_words, summary
from bpc.portal.plans.prints.blocks import Block
from bpc.portal.plans.prints.cash_tables import month_label
from bpc.portal.plans.prints.context import PrintContext

TEMPLATE = Path(__file__).parent / "templates" / "members_sheet.typ"
#: Names longer than this are cut: the sheet is one page whatever people type.
NAME_LETTERS = 44


def members_sheet(plan: Plan, appraisal: Appraisal, context: PrintContext) -> bytes:
    """The PDF, exactly one A4 page, in the language of the context."""
    with translation.override(context.language):
        return typeset(TEMPLATE, members_data(plan, appraisal, context))


def members_data(plan: Plan, appraisal: Appraisal, context: PrintContext) -> dict[str, Any]:
    """What the template is given, in the active language."""
    run = appraisal.run
    banner = summary.estimate_banner(appraisal)
    return {
        **context.document_data(),
        "title": drawable(context.title, 90),
        "place": drawable(context.place, 70),
        "day": written_date(context.made_on),
        "kind": _("Fiche pour l’assemblée des membres"),
        "office": _("Banque de projets coopératifs"),
        "banner": _("À valider localement : des prix sont estimés.") if banner else "",
        "boxes": [
            _box(context.pictogram, _("Ce que nous faisons"), *_activity(run, context)),
            _box("people", _("Ce que chacun apporte"), *members_words.brought(run)),
            _box("heart", _("Ce que chacun reçoit"), *members_words.received(appraisal)),
            _box("funding", _("L’argent qu’il faut"), *members_words.needed(run)),
            _box("document", _("Ce que nous empruntons et rendons"), *members_words.borrowed(run)),
            _box("warning", _("Ce qui casse le projet"), "", members_words.dangers(appraisal, context.risk)),
        ],
        "cash": {"title": _("Quand c’est serré"), "icon": pictogram("calendar"), **_tight(appraisal)},
        "decisions": {
            "title": _("Ce que nous décidons aujourd’hui"),
            "icon": pictogram("check"),
            "items": members_words.decisions(appraisal),
            "votes": [labelled(word, "") for word in (_("Pour"), _("Contre"), _("Abstention"))],
            "signatures": [
                labelled(word, "")
                for word in (_("Date et lieu"), _("Présidence de séance"), _("Secrétariat"))
            ],
        },
        "trace": _("calcul %(version)s, empreinte %(hash)s")
        % {"version": ENGINE_VERSION, "hash": input_hash(plan)[:12]},
    }


def _box(icon: str, title: str, big: str, lines: list[str]) -> Block:
    return {"icon": pictogram(icon), "title": title, "big": big, "lines": lines}


def _activity(run: Simulation, context: PrintContext) -> tuple[str, list[str]]:
    lines = [drawable(context.summary, 180)] if context.summary else []
    if run.plan.products:
        names = summary.product_names(run, most=3, letters=NAME_LETTERS)
        lines = [_("de ventes par an, une fois lancés."), *lines]
        lines.append(_("Nous vendons : %(products)s.") % {"products": names})
        return written_amount(summary.cruising_sales(run)), lines
    members = ngettext("%(count)s membre", "%(count)s membres", run.plan.members.count)
    return members % {"count": written_number(run.plan.members.count)}, lines


def month_name(run: Simulation, month: int) -> str:
    """The name of a month of the first year, or its number in a plan of no particular year."""
    if not run.plan.dated:
        return month_label(run, month)
    return month_names()[run.plan.first_month.plus(month).month - 1]


def _tight(appraisal: Appraisal) -> dict[str, Any]:
    """The lowest month in words, and cash at the end of each month of the first year as columns."""
    run = appraisal.run
    cash = run.closing.cash[:12, 0]
    span = float(max(np.abs(cash).max(), 1.0))
    low, high = min(float(cash.min()), 0.0), max(float(cash.max()), 0.0)
    whole = max(high - low, 1.0)
    months = [
        {
            "label": month_name(run, month),
            "top": (max(amount, 0.0) - low) / whole,
            "bottom": (min(amount, 0.0) - low) / whole,
            "look": "bad"
            if amount < run.plan.cash_floor - 0.005
            else "low"
            if amount < 0.15 * span
            else "good",
        }
        for month, amount in enumerate(float(value) for value in cash)
    ]
    caption = _("L’argent en caisse et en banque à la fin de chaque mois de la première année")
    return {
        "lines": members_words.tight(appraisal),
        "months": months,
        "zero": -low / whole,
        "caption": caption,
        "low": written_amount(float(cash.min())),
        "high": written_amount(float(cash.max())),
        "alt": _("%(caption)s : entre %(low)s et %(high)s")
        % {
            "caption": caption,
            "low": written_amount(float(cash.min())),
            "high": written_amount(float(cash.max())),
        },
    }
