"""Page 4: what could be done — models that fit with reasons and objections, funds open there, who to meet."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bpc.datasets.funding_sources import FundingSource
from bpc.portal.atlas.report import blocks
from bpc.portal.atlas.report.blocks import Block
from bpc.portal.atlas.report.context import Meeting, ReportContext
from bpc.portal.atlas.report.fund_words import fund_amount, fund_kind, fund_status
from bpc.portal.atlas.report.suited import Suited, suited_blocks, suited_models
from bpc.portal.foundation.typesetting import drawable, pictogram
from bpc.portal.foundation.writing import written_date
from bpc.portal.funding.nearby import STATUSES, open_in, reach
from bpc.portal.reference.places import reference
from bpc.portal.reference.surroundings import delegations_for
from bpc.portal.resources.queries import resources_above, resources_here, resources_inside

MOST_FUNDS, MOST_MEETINGS = 8, 2
#: The people for whom the report is made; other funds are in the directory.
FOR_GROUPS = frozenset(
    {
        "existing_cooperative", "new_cooperative", "women_cooperative", "youth_cooperative",
        "cooperative_in_creation", "union",
    }
)  # fmt: skip
NAME_LETTERS = 120


def prospects_page(context: ReportContext) -> Block:
    """Models, funds, then the people to meet."""
    models = suited_models(context.place)
    return blocks.page(
        _("Ce que l’on pourrait faire"),
        _("Des pistes à discuter, avec leurs raisons et leurs objections"),
        [
            *suited_blocks(models, context),
            *_funds(context, models),
            blocks.columns(_meet(context), _address(context)),
        ],
        notes=_("Ce que nous décidons : quoi, qui, pour quand"),
    )


def _funds(context: ReportContext, models: Sequence[Suited]) -> list[Block | None]:
    found = [fund for fund in open_in(context.place.code) if FOR_GROUPS & {*fund.beneficiaries}]
    sectors = _sectors_here(context, models)
    ordered = sorted(found, key=lambda fund: _distance(fund, context.place.code, sectors))
    told: list[Block | None] = [blocks.heading(_("Financements ouverts ici"), pictogram("funding"))]
    told.append(blocks.entries([_fund(fund, context) for fund in ordered[:MOST_FUNDS]], columns=2))
    left = len(ordered) - MOST_FUNDS
    more = ngettext(
        "et %(count)s autre à demander à la délégation",
        "et %(count)s autres à demander à la délégation",
        left,
    )
    checked = max((fund.verified for fund in ordered), default=context.made_on)
    told.append(
        blocks.source(
            more % {"count": left} if left > 0 else "",
            _("Pages publiées, relues le %(date)s") % {"date": written_date(checked)},
            _("un guichet dit ouvert ou un appel qui revient est à confirmer auprès de l’organisme"),
        )
    )
    return told


def _sectors_here(context: ReportContext, models: Sequence[Suited]) -> frozenset[str]:
    """What is produced here or around, and what would fit."""
    code = context.place.code
    produced = {fact.sector for fact in (*resources_here(code), *resources_above(code))}
    if context.place.level != "commune":
        produced |= {fact.sector for fact in resources_inside(code)}
    return frozenset(produced | {one.sector for one in models})


def _distance(fund: FundingSource, code: str, sectors: frozenset[str]) -> tuple[bool, int, int]:
    """Funds for all or for what is done here first, the nearest of them, then open before recurring before unknown."""
    near = reach(fund, code)
    stranger = bool(fund.sectors) and not sectors & {*fund.sectors}
    return (stranger, 2 if near is None else near, STATUSES.index(fund.status))


def _fund(fund: FundingSource, context: ReportContext) -> Block:
    name = str(getattr(fund, f"name_{context.language}", "") or fund.name_fr)
    provider = str(getattr(fund, f"provider_{context.language}", "") or fund.provider_fr)
    sectors = reference().sectors
    meant = [sectors[code].name for code in fund.sectors[:3] if code in sectors]
    about = [
        fund_kind(fund.kind),
        fund_amount(fund),
        ", ".join(meant) + ("…" if len(fund.sectors) > 3 else ""),
    ]
    return blocks.entry(
        drawable(name, NAME_LETTERS),
        drawable(provider, NAME_LETTERS),
        [" · ".join(part for part in about if part)],
        chip=fund_status(fund),
        look="sure" if fund.status == "open" else "info" if fund.status == "recurring" else "doubt",
    )


def _meet(context: ReportContext) -> list[Block | None]:
    told: list[Block | None] = [blocks.heading(_("Qui rencontrer"), pictogram("meeting"))]
    serving = delegations_for(context.place.code)
    if serving:
        names = [context.name_of(one.commune) for one in serving[:3]]
        told.append(
            blocks.entries(
                [
                    blocks.entry(_("Délégation de l’ODCO de %(place)s") % {"place": drawable(name)})
                    for name in names
                ]
            )
        )
    else:
        told.append(
            blocks.empty(_("Aucune source publiée ne nomme la délégation de l’ODCO pour ce territoire."))
        )
    to_come = [one for one in context.meetings if one.day is not None and one.day >= context.made_on]
    if to_come:
        told.append(blocks.entries([_meeting(one) for one in to_come[:MOST_MEETINGS]]))
    else:
        told.append(blocks.paragraph(_("Aucune rencontre à venir n’est annoncée dans la région.")))
        past = [one for one in context.meetings if one.day is None or one.day < context.made_on]
        told.append(blocks.entries([_meeting(one) for one in past[-1:]]) if past else None)
    told.append(blocks.source(_("Pages de l’ODCO et presse, lues en 2026")))
    return told


def _meeting(one: Meeting) -> Block:
    day = written_date(one.day) if one.day else _("date inconnue")
    if one.inferred:
        day = _("%(date)s (date déduite)") % {"date": day}
    place = _("Rencontre régionale de %(city)s") % {"city": drawable(one.city)}
    return blocks.entry(place, day, [drawable(one.venue, 90)] if one.venue else [])


def _address(context: ReportContext) -> list[Block | None]:
    return [
        blocks.heading(_("Après la rencontre"), pictogram("check")),
        blocks.qr(_("La fiche à jour de ce territoire")),
        blocks.paragraph(
            _(
                "Signaler un besoin, confirmer celui d’un voisin, proposer une idée : depuis la fiche en ligne."
            )
        ),
    ]
