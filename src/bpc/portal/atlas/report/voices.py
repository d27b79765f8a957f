"""Page 3: what people say, and apart from it what the figures say; the two are never added."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bpc.portal.atlas import insights
from bpc.portal.atlas.figure_words import figure, source_line
from bpc.portal.atlas.insight_values import Shortfall
from bpc.portal.atlas.insight_words import LACKS
from bpc.portal.atlas.report import blocks
from bpc.portal.atlas.report.blocks import Block
from bpc.portal.atlas.report.context import ReportContext
from bpc.portal.atlas.units import number_text
from bpc.portal.foundation.typesetting import drawable, pictogram
from bpc.portal.foundation.wording import enumerated
from bpc.portal.foundation.writing import written_date
from bpc.portal.ideas.cards import Card as IdeaCard
from bpc.portal.ideas.queries import Sort, Wanted, list_ideas
from bpc.portal.ideas.search import Facets
from bpc.portal.observations.models import Observation
from bpc.portal.observations.queries import Card, cards_in_order, categories
from bpc.portal.observations.states import OPEN_STATES, Kind
from bpc.portal.observations.tallies import heard_by_category, heard_in

MOST_HEARD, MOST_IDEAS, MOST_LACKS, MOST_CATEGORIES = 5, 4, 7, 4
TITLE_LETTERS = 110
#: A place is told to lack what at least half of its like have more of.
WORSE_THAN_HALF = 50.0
_COLUMN = {"region": "region", "province": "province", "commune": "commune"}


def voices_page(context: ReportContext) -> Block:
    """Needs and opportunities heard, ideas; then what the census tells is missing."""
    heard = heard_in([context.place.code])[context.place.code]
    needs = _heard(context, Kind.NEED, heard.needs, heard.closed_needs)
    chances = _heard(context, Kind.OPPORTUNITY, heard.opportunities, heard.closed_opportunities)
    return blocks.page(
        _("Ce que les gens disent, ce que les chiffres disent"),
        _("Deux choses différentes : l’une s’écoute, l’autre se calcule"),
        [
            blocks.columns(needs, chances),
            *_ideas(context),
            blocks.source(
                _("Dit sur la plateforme et relu par la délégation, au %(date)s")
                % {"date": written_date(context.made_on)},
                _("zéro veut dire que personne n’a encore écrit, pas qu’il n’y a pas de besoin"),
            ),
            *_lacks(context),
        ],
        notes=_("Ce qui s’est dit à la rencontre"),
    )


def most_confirmed(place: Any, kind: str, number: int) -> list[Card]:
    """What most people confirmed of what is still open in a place, the newest first among equals."""
    rows = Observation.objects.filter(kind=kind, state__in=OPEN_STATES, **{_COLUMN[place.level]: place.code})
    keys = rows.order_by("-confirmation_count", "-published_at", "-pk").values_list("pk", flat=True)
    return cards_in_order(keys[:number])


def _heard(context: ReportContext, kind: Kind, count: int, closed: int) -> list[Block | None]:
    is_need = kind is Kind.NEED
    title = _("Les besoins entendus") if is_need else _("Les opportunités entendues")
    told: list[Block | None] = [
        blocks.heading(title, pictogram("need" if is_need else "opportunity"), number_text(count))
    ]
    if not count:
        told.append(
            blocks.empty(
                _("Personne n’a encore signalé de besoin ici. La rencontre est le bon moment.")
                if is_need
                else _("Personne n’a encore signalé d’opportunité ici. La rencontre est le bon moment.")
            )
        )
    else:
        told.append(blocks.paragraph(_by_category(context, kind)))
        cards = most_confirmed(context.place, kind, MOST_HEARD)
        told.append(blocks.entries([_observation(card, context, is_need) for card in cards]))
    if closed:
        words = ngettext("%(count)s déjà clos", "%(count)s déjà clos", closed)
        told.append(blocks.paragraph(words % {"count": number_text(closed)}, quiet=True))
    return told


def _by_category(context: ReportContext, kind: Kind) -> str:
    known = categories()
    counts = list(heard_by_category(context.place.code, kind).items())[:MOST_CATEGORIES]
    return enumerated(f"{known[code].name} ({number_text(number)})" for code, number in counts)


def _observation(card: Card, context: ReportContext, is_need: bool) -> Block:
    confirmed = ngettext(
        "confirmé par %(count)s personne", "confirmé par %(count)s personnes", card.confirmation_count
    ) % {"count": number_text(card.confirmation_count)}
    where = "" if card.territory.code == context.place.code else context.name_of(card.territory.code)
    parts = [card.category.name, where, confirmed if card.confirmation_count else "", card.stage]
    parts.append(_("exemple de démonstration") if card.is_demo else "")
    return blocks.entry(
        drawable(card.title, TITLE_LETTERS),
        " · ".join(part for part in parts if part),
        language=card.language,
        count=number_text(card.confirmation_count),
        look="need" if is_need else "chance",
    )


def _ideas(context: ReportContext) -> list[Block | None]:
    page = list_ideas(Wanted(facets=Facets(territory=context.place.code), sort=Sort.SUPPORTED))
    told: list[Block | None] = [
        blocks.heading(_("Les idées proposées"), pictogram("idea"), number_text(page.total))
    ]
    if not page.ideas:
        told.append(blocks.empty(_("Aucune idée n’a encore été publiée ici.")))
        return told
    told.append(blocks.entries([_idea(card, context) for card in page.ideas[:MOST_IDEAS]], columns=2))
    return told


def _idea(card: IdeaCard, context: ReportContext) -> Block:
    supported = ngettext(
        "%(count)s personne la soutient", "%(count)s personnes la soutiennent", card.support_count
    ) % {"count": number_text(card.support_count)}
    where = "" if card.commune.code == context.place.code else context.name_of(card.commune.code)
    parts = [card.sector.name, where, supported if card.support_count else ""]
    parts.append(_("exemple de démonstration") if card.is_demo else "")
    return blocks.entry(
        drawable(card.title, TITLE_LETTERS),
        " · ".join(part for part in parts if part),
        language=card.language,
    )


def _lacks(context: ReportContext) -> list[Block | None]:
    told: list[Block | None] = [
        blocks.heading(_("Ce qui manque d’après le recensement"), pictogram("info"), _("calculé, non dit"))
    ]
    asked = insights.shortfalls(context.place.code)
    worst = [one for one in asked if one.severity is not None and one.severity >= WORSE_THAN_HALF]
    if not any(one.value is not None for one in asked):
        told.append(blocks.empty(_("Le recensement ne publie pas ces chiffres pour ce territoire.")))
        return told
    if not worst:
        told.append(
            blocks.empty(
                _("Sur aucune de ces questions, ce territoire n’est en retard sur la moitié des autres.")
            )
        )
    else:
        head = ["", _("Ici"), *(word for _code, word in context.compared_with), _("Rang, du plus en retard")]
        told.append(blocks.table(head, [_lack(one, context) for one in worst[:MOST_LACKS]]))
    told.append(
        blocks.source(
            source_line(2024, []),
            _("Internet et ordinateur : 2014"),
            _("rang parmi les territoires de même niveau ; estimation pour les petites communes"),
        )
    )
    return told


def _lack(one: Shortfall, context: ReportContext) -> list[str]:
    name = capfirst(str(LACKS[one.lack]))
    if one.evidence.year != 2024:
        name = _("%(label)s (%(year)s)") % {"label": name, "year": one.evidence.year}
    sides = [one.nation if code == "MA" else one.parent for code, _word in context.compared_with]
    cells = [figure(value, one.unit) for value in (one.value, *sides)]
    rank = _("%(rank)s sur %(all)s") % {"rank": number_text(one.rank), "all": number_text(one.of)}
    return [name, *cells, rank if one.rank else _("inconnu")]
