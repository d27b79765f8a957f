"""What the sheet of a source shows, part by part, each value with where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.datasets.funding_documents import read_funding_documents
from bpc.datasets.funding_sources import FundingSource
from bpc.portal.applications.success import success_rates
from bpc.portal.foundation.writing import written_date, written_duration
from bpc.portal.funding.calendar import NextWindow, next_window
from bpc.portal.web.funding.audience import audience_of, cumulation_lines, in_page, source_link, texts
from bpc.portal.web.funding.calculator import (
    CalculatorForm,
    ceiling_steps,
    share_lines,
    shares_of,
)
from bpc.portal.web.funding.calendar_files import has_dates
from bpc.portal.web.funding.chances import outcomes_of, own_rate_words, rates_chart
from bpc.portal.web.funding.marks import Line, Terms, mark_of
from bpc.portal.web.funding.money import amount_lines, contribution_lines, credit_lines, sliding_points
from bpc.portal.web.funding.when import deadline_of, editions
from bpc.portal.web.funding.words import CONFIDENCES, KINDS, PAYMENTS, QUOTAS, ROLES, STATUSES, written_dated

Sources = Mapping[str, FundingSource]


@dataclass(frozen=True)
class Paper:
    """A document of the file. `usage`: asked everywhere rather than by this page."""

    name: str
    issuer: str
    validity: str
    generated: bool
    usage: bool


def sheet_context(
    source: FundingSource, sources: Sources, today: date, query: Mapping[str, Any]
) -> dict[str, Any]:
    """The whole sheet, as of a day; `query` is what the calculator was given."""
    language = get_language() or "fr"
    frame = sources.get(source.parent) if source.parent else None
    terms = Terms(source, frame)
    window = next_window(source, today)
    return {
        "source": source,
        "name": source.name.in_language(language),
        "provider": source.provider.in_language(language),
        "summary": source.summary.in_language(language),
        "description": source.description.in_language(language),
        "kind": KINDS[source.kind],
        "relief": source.payment
        == "tax-relief",  # declared, neither granted on a file nor of a published amount
        "deadline": deadline_of(window, today),
        "status": Line(str(STATUSES[source.status]), mark_of(source, "status")),
        "confidence": CONFIDENCES[source.confidence],
        "audience": audience_of(source),
        **_money(terms, query),
        **_calendar(source, window, today),
        **_around(source, frame, sources),
        **_file(terms, language),
        "cumulation": cumulation_lines(terms, _names(sources, language)),
        "quota": _quota(source),
        "obligations": texts(source.obligations),
        "notes": texts(source.notes),
        "pages": [(page, written_dated(page.published) if page.published else "") for page in source.pages],
        "outcomes": outcomes_of(source),
        "rates_chart": rates_chart(source),
        "own_rate": _own_rate(source.id),
    }


def _money(terms: Terms, query: Mapping[str, Any]) -> dict[str, Any]:
    form = CalculatorForm(query, terms)
    payment = terms.holder("payment") or terms.source
    prior = terms.source.prior_approval or bool(terms.frame and terms.frame.prior_approval)
    return {
        "amounts": amount_lines(terms),
        "contribution": contribution_lines(terms),
        "sliding": sliding_points(terms),
        "sliding_mark": terms.mark("cost_share.by_cost"),
        "credit": credit_lines(terms.source),
        "duration": written_duration(terms.source.duration_months) if terms.source.duration_months else "",
        "payment": Line(
            str(PAYMENTS[payment.payment]), mark_of(payment, "payment", frame=payment is not terms.source)
        ),
        "warnings": payment_warnings(payment.payment, prior_approval=prior),
        "calculator": form if form.fields else None,
        "steps": ceiling_steps(terms, form.quantities),
        "shares": share_lines(shares_of(terms, form.cost)) if form.cost else [],
    }


def payment_warnings(payment: str, *, prior_approval: bool) -> list[str]:
    """What the way of paying means for the group, in plain sentences."""
    told = []
    if prior_approval:
        told.append(
            _(
                "Ne commencez ni travaux ni achats avant l’accord écrit : ce qui est fait avant n’est pas payé."
            )
        )
    if payment == "reimbursement":
        told.append(
            _(
                "L’argent arrive après les travaux. Il faut d’abord payer soi-même : prévoyez un prêt relais et "
                "son coût."
            )
        )
    elif payment == "milestone":
        told.append(_("L’argent arrive par tranches : gardez de quoi payer en attendant la suivante."))
    elif payment == "in-kind":
        told.append(_("Aucun argent n’arrive à la coopérative : ne le comptez pas dans votre caisse."))
    elif payment == "guarantee":
        told.append(
            _("C’est la banque qui demande cette garantie : parlez-en à votre agence en demandant le prêt.")
        )
    elif payment == "tax-relief":
        told.append(_("Rien n’est versé : c’est un impôt en moins, quand il y a un impôt à payer."))
    return told


def _calendar(source: FundingSource, window: NextWindow, today: date) -> dict[str, Any]:
    note = source.calendar.note
    every = source.calendar.every_months
    return {
        "window": window,
        "window_mark": mark_of(source, "calendar")
        if source.calendar.windows or source.calendar.permanent
        else None,
        "editions": editions(source, today),
        "every": written_duration(every) if every else "",
        "ends": written_dated(source.calendar.ends) if source.calendar.ends else "",
        "calendar_note": in_page(note) if note else "",
        "has_dates": has_dates(window, today),
    }


def _around(source: FundingSource, frame: FundingSource | None, sources: Sources) -> dict[str, Any]:
    """The frame of a local call, the local calls of a frame, what must be held first, what it opens."""
    language = get_language() or "fr"

    def link(one: FundingSource) -> Any:
        return source_link(one.id, one.name.in_language(language))

    return {
        "frame": link(frame) if frame else None,
        "local_calls": [link(one) for one in sources.values() if one.parent == source.id],
        "requires": [link(sources[slug]) for slug in source.requires_any if slug in sources],
        "opens": [link(one) for one in sources.values() if source.id in one.requires_any],
    }


def _file(terms: Terms, language: str) -> dict[str, Any]:
    source = terms.source
    holder = terms.holder("documents")
    known = read_funding_documents()
    papers = [
        Paper(
            name=paper.name.in_language(language),
            issuer=paper.issuer.in_language(language),
            validity=written_duration(paper.valid_months) if paper.valid_months else "",
            generated=bool(paper.generated),
            usage=paper.confidence == "usage",
        )
        for code in (holder.documents if holder else ())
        if (paper := known.get(code)) is not None
    ]
    return {
        "papers": papers,
        "papers_mark": terms.mark("documents"),
        "how": Line(in_page(source.apply.how), mark_of(source, "apply.how")),
        "apply_url": source.apply.url,
        "counter": source.apply.counter,
        "roles": [
            (str(ROLES[one.role]), one.name_ar if language == "ar" else one.name_fr) for one in source.roles
        ],
        "contacts": source.contacts or (terms.frame.contacts if terms.frame else ()),
    }


def _quota(source: FundingSource) -> dict[str, Any] | None:
    quota = source.quota
    if quota is None:
        return None
    said = written_date(quota.as_of) if quota.as_of else ""
    return {
        "state": QUOTAS[quota.state],
        "said": said,
        "note": in_page(quota.note),
        "mark": mark_of(source, "quota"),
    }


def _own_rate(slug: str) -> str:
    rate = success_rates().get(slug)
    return own_rate_words(rate) if rate is not None else ""


def _names(sources: Sources, language: str) -> dict[str, str]:
    return {slug: one.name.in_language(language) for slug, one in sources.items()}


def share_address(name: str, url: str) -> str:
    """A message ready to be sent by the telephone: the name and the address of the sheet."""
    message = {"text": f"{name}\n{url}"}
    return f"https://wa.me/?{urlencode(message)}"


def sheet_trail(name: str) -> list[tuple[str, str | None]]:
    """The way back up."""
    return [(_("Financements"), reverse("web:funding")), (name, None)]
