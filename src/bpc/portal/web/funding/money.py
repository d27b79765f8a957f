"""How much, in words: ceilings for a file or a unit, part of the cost, what one brings, terms of a loan."""

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.datasets.funding_source_parts import Ceiling
from bpc.datasets.funding_sources import FundingSource
from bpc.portal.foundation.wording import enumerated
from bpc.portal.foundation.writing import written_amount, written_duration, written_number, written_percent
from bpc.portal.web.funding.condition_words import told_test
from bpc.portal.web.funding.marks import Line, Terms, mark_of
from bpc.portal.web.funding.words import BASES, UNITS


def amount_lines(terms: Terms) -> list[Line]:
    """Every amount known, the ceilings of a file first; empty when none is published."""
    return [*_file_amounts(terms), *_ceilings(terms)]


def _file_amounts(terms: Terms) -> Iterator[Line]:
    holder = terms.holder("amounts.max_mad") or terms.holder("amounts.min_mad") or terms.source
    amounts, frame = holder.amounts, holder is not terms.source
    if amounts.max_mad is not None and not _told_by_unit(terms):
        mark = mark_of(holder, "amounts.max_mad", frame=frame)
        if amounts.basis == "stated" and amounts.min_mad == amounts.max_mad:
            yield Line(_("%(amount)s par dossier") % {"amount": written_amount(amounts.max_mad)}, mark)
        elif amounts.basis == "stated":
            yield Line(
                _("au plus %(amount)s par dossier") % {"amount": written_amount(amounts.max_mad)}, mark
            )
        else:
            yield Line(
                _("%(amount)s (%(basis)s)")
                % {"amount": written_amount(amounts.max_mad), "basis": BASES[str(amounts.basis)]},
                mark,
            )
    if amounts.min_mad is not None and amounts.min_mad != amounts.max_mad:
        text = _("au moins %(amount)s par dossier") % {"amount": written_amount(amounts.min_mad)}
        yield Line(text, mark_of(holder, "amounts.min_mad", frame=frame))
    if amounts.original is not None:
        one = amounts.original
        words = {
            "amount": written_number(one.amount),
            "currency": one.currency,
            "rate": written_number(one.rate, 1),
        }
        yield Line(
            _("dit par la source en %(currency)s : %(amount)s, à %(rate)s MAD l’unité, donc approché")
            % words,
            mark_of(holder, "amounts.original", frame=frame),
        )
    typical = terms.source.amounts
    if typical.typical_mad is not None and typical.typical is not None:
        yield Line(
            _("donné en fait, en moyenne : %(amount)s") % {"amount": written_amount(typical.typical_mad)},
            mark_of(terms.source, "amounts.typical_mad"),
            note=typical.typical.words.in_language(get_language() or "fr"),
        )


def _told_by_unit(terms: Terms) -> bool:
    """Whether a ceiling repeats that of the file, and says more: per project, per member; it is told once, there."""
    stated = terms.holder("amounts.max_mad")
    holder = terms.holder("ceilings")
    if stated is None or holder is None or stated.ceiling_mad is None:
        return False
    if stated.amounts.min_mad == stated.ceiling_mad:  # neither more nor less: not a ceiling
        return False
    return any(
        one.amount_mad == stated.ceiling_mad and not (one.when or one.pct or one.units or one.years)
        for one in holder.ceilings
    )


def _ceilings(terms: Terms) -> Iterator[Line]:
    holder = terms.holder("ceilings")
    if holder is None:
        return
    for at, ceiling in enumerate(holder.ceilings):
        note = ceiling.note.words.in_language(get_language() or "fr") if ceiling.note else ""
        yield Line(
            ceiling_words(ceiling),
            mark_of(holder, f"ceilings.{at}", frame=holder is not terms.source),
            note=note,
        )


def ceiling_words(ceiling: Ceiling) -> str:
    """« au plus 38 000 MAD par hectare, pour 5 au plus, 30 % du coût »."""
    parts = []
    if ceiling.amount_mad is not None:
        parts.append(
            _("au plus %(amount)s %(unit)s")
            % {"amount": written_amount(ceiling.amount_mad), "unit": UNITS[ceiling.per]}
        )
    if ceiling.pct is not None:
        parts.append(
            _("%(share)s du coût au plus, %(unit)s")
            % {"share": written_percent(ceiling.pct, _places(ceiling.pct)), "unit": UNITS[ceiling.per]}
            if ceiling.amount_mad is None
            else _("%(share)s du coût au plus")
            % {"share": written_percent(ceiling.pct, _places(ceiling.pct))}
        )
    if ceiling.units is not None:
        parts.append(
            _("%(count)s au plus") % {"count": written_number(ceiling.units, _places(ceiling.units))}
        )
    if ceiling.years is not None:
        parts.append(_("pendant %(length)s") % {"length": written_duration(ceiling.years * 12)})
    text = enumerated(parts) or str(UNITS[ceiling.per])
    if ceiling.when:
        conditions = _(" et ").join(told_test(test) for test in ceiling.when)
        return _("%(ceiling)s (si %(conditions)s)") % {"ceiling": text, "conditions": conditions}
    return text


def contribution_lines(terms: Terms) -> list[Line]:
    """The part of the cost that is paid, and what the group brings, in money and in kind."""
    lines = []
    if holder := terms.holder("cost_share.max_pct"):
        share = holder.cost_share.max_pct
        lines.append(
            Line(
                _("paie au plus %(share)s du coût") % {"share": written_percent(share, _places(share))},
                mark_of(holder, "cost_share.max_pct", frame=holder is not terms.source),
            )
        )
    if holder := terms.holder("own_contribution.min_pct"):
        share = holder.own_contribution.min_pct
        lines.append(
            Line(
                _("vous apportez au moins %(share)s du coût")
                % {"share": written_percent(share, _places(share))}
                if share
                else _("aucun apport demandé"),
                mark_of(holder, "own_contribution.min_pct", frame=holder is not terms.source),
            )
        )
    if holder := terms.holder("own_contribution.in_kind_max_pct"):
        share = holder.own_contribution.in_kind_max_pct
        lines.append(
            Line(
                _(
                    "de cet apport, %(share)s au plus en nature (terrain, travail, matériel) ; le reste en argent"
                )
                % {"share": written_percent(share, _places(share))},
                mark_of(holder, "own_contribution.in_kind_max_pct", frame=holder is not terms.source),
            )
        )
    return lines


def sliding_points(terms: Terms) -> list[tuple[str, str]]:
    """The own contribution that slides with the cost: (cost, share), in words."""
    holder = terms.holder("cost_share.by_cost")
    if holder is None:
        return []
    return [
        (written_amount(point.cost_mad), written_percent(point.own_pct, _places(point.own_pct)))
        for point in holder.cost_share.by_cost
    ]


def credit_lines(source: FundingSource) -> list[Line]:
    """The terms of a loan; what is not known is said so."""
    credit = source.credit
    if credit is None:
        return []
    rate = (
        written_percent(credit.rate_pct, _places(credit.rate_pct))
        if credit.rate_pct is not None
        else _("non publié")
    )
    months = written_duration(credit.months_max) if credit.months_max is not None else _("non publiée")
    lines = [
        Line(rate, mark_of(source, "credit.rate_pct"), _("Taux d’intérêt par an")),
        Line(months, mark_of(source, "credit.months_max"), _("Durée la plus longue")),
    ]
    if credit.grace_months is not None:
        lines.append(
            Line(
                written_duration(credit.grace_months),
                mark_of(source, "credit.grace_months"),
                _("Sans rien rembourser au début"),
            )
        )
    if credit.to_members:
        lines.append(
            Line(
                _("chaque membre emprunte et apporte l’argent au groupe : vingt membres, vingt prêts"),
                mark_of(source, "credit.to_members"),
                _("Qui emprunte"),
            )
        )
    return lines


def short_amount(source: FundingSource, frame: FundingSource | None = None) -> tuple[str, str]:
    """For a card: the amount in words, and what it is: "stated", "observed", "unpublished"; "relief" has none.

    Nobody publishes the amount of a tax relief: it is the tax that is not paid.
    """
    terms = Terms(source, frame)
    holder = terms.holder("amounts.max_mad")
    if holder is not None and holder.ceiling_mad is not None:
        return _("jusqu’à %(amount)s") % {"amount": written_amount(holder.ceiling_mad)}, "stated"
    stated = terms.holder("ceilings")
    for at, ceiling in enumerate(stated.ceilings if stated is not None else ()):
        if (
            ceiling.amount_mad is not None
            and stated is not None
            and stated.provenance(f"ceilings.{at}").stated
        ):
            words = {"amount": written_amount(ceiling.amount_mad), "unit": UNITS[ceiling.per]}
            return _("jusqu’à %(amount)s %(unit)s") % words, "stated"
    share = terms.holder("cost_share.max_pct")
    if share is not None and share.provenance("cost_share.max_pct").stated:
        shown = written_percent(share.cost_share.max_pct, _places(share.cost_share.max_pct))
        return _("jusqu’à %(share)s du coût") % {"share": shown}, "stated"
    if source.amounts.typical_mad is not None:
        return _("environ %(amount)s") % {"amount": written_amount(source.amounts.typical_mad)}, "observed"
    if source.payment == "tax-relief":
        return "", "relief"
    return _("montant non publié"), "unpublished"


def short_contribution(source: FundingSource, frame: FundingSource | None = None) -> str:
    """For a card: what one must bring, empty when not known."""
    terms = Terms(source, frame)
    if holder := terms.holder("cost_share.by_cost"):
        shares = [point.own_pct for point in holder.cost_share.by_cost]
        low, high = min(shares), max(shares)
        return _("apport de %(low)s à %(high)s du coût") % {
            "low": written_number(low, _places(low)),
            "high": written_percent(high, _places(high)),
        }
    if holder := terms.holder("own_contribution.min_pct"):
        share = holder.own_contribution.min_pct
        if share == 0:
            return _("aucun apport demandé")
        return _("apport d’au moins %(share)s") % {"share": written_percent(share, _places(share))}
    return ""


def _places(value: float | None) -> int:
    return 0 if value is None or value == int(value) else 1
