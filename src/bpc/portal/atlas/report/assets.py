"""Page 2: what is here — resources, cooperatives, what people work in, souks and businesses."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bpc.core.territory.specialisation import Verdict
from bpc.portal.atlas import insights
from bpc.portal.atlas.figure_words import figure, label_in, source_line
from bpc.portal.atlas.insight_values import Speciality
from bpc.portal.atlas.insight_words import ACTIVITIES
from bpc.portal.atlas.report import blocks
from bpc.portal.atlas.report.blocks import Block
from bpc.portal.atlas.report.context import ReportContext
from bpc.portal.atlas.units import number_text
from bpc.portal.foundation.typesetting import drawable, pictogram
from bpc.portal.foundation.wording import enumerated, labelled
from bpc.portal.foundation.writing import month_names, written_date
from bpc.portal.reference import profile
from bpc.portal.reference.places import reference
from bpc.portal.reference.surroundings import quality_signs
from bpc.portal.register.queries import tally_of
from bpc.portal.resources.queries import ResourceFact, resources_above, resources_here, resources_inside

#: How many resources each list holds; the sheet holds them all.
MOST_HERE, MOST_BESIDE = 12, 10
SPECIALITIES = 4
NAME_LETTERS = 90


def assets_page(context: ReportContext) -> Block:
    """Resources above, work and cooperatives below."""
    return blocks.page(
        _("Ce qu’il y a ici"),
        _("Ce que l’on produit, ce que l’on fait, avec qui"),
        [
            *_resources(context),
            blocks.columns([*_specialities(context)], [*_cooperatives(context), *_economy(context)]),
        ],
        notes=_("Ce que les sources ne disent pas encore"),
    )


def _resources(context: ReportContext) -> list[Block | None]:
    code = context.place.code
    here, above, inside = resources_here(code), resources_above(code), resources_inside(code)
    told: list[Block | None] = [
        blocks.heading(_("Les ressources de ce territoire"), pictogram("aromatic"), _count_words(len(here)))
    ]
    if here:
        told += _listed(here, context, MOST_HERE)
    else:
        told.append(blocks.empty(_("Aucune source ne nomme encore une ressource de ce territoire lui-même.")))
    if inside:
        told.append(blocks.heading(_("Dites de lieux qui le composent"), "", _count_words(len(inside))))
        told += _listed(inside, context, MOST_BESIDE, where=True)
    if above:
        told.append(
            blocks.heading(
                _("Connues pour la province ou la région, sans que l’on sache pour quelles communes"),
                "",
                _count_words(len(above)),
            )
            if context.place.level == "commune"
            else blocks.heading(
                _("Dites de toute la région, sans préciser la province"), "", _count_words(len(above))
            )
        )
        told += _listed(above, context, MOST_BESIDE, where=True)
    newest = max((fact.observed_on for fact in here if fact.observed_on), default=None)
    told.append(
        blocks.source(
            _("Sources publiées, lues en 2026 ; chacune est citée sur la fiche en ligne"),
            _("« À vérifier » : aucune source publiée ne le dit encore"),
            _("Dernière observation sur place : %(date)s") % {"date": written_date(newest)} if newest else "",
        )
    )
    return told


def _count_words(count: int) -> str:
    return ngettext("%(count)s connue", "%(count)s connues", count) % {"count": count} if count else ""


def _listed(
    facts: Sequence[ResourceFact], context: ReportContext, most: int, *, where: bool = False
) -> list[Block]:
    ordered = sorted(facts, key=lambda fact: (fact.confidence == "to_verify", not fact.label))
    items = [_resource(fact, context, where=where) for fact in ordered[:most]]
    listed, left = [blocks.entries(items, columns=2)], len(facts) - most
    if left > 0:
        more = ngettext(
            "et %(count)s autre, sur la fiche en ligne", "et %(count)s autres, sur la fiche en ligne", left
        )
        listed.append(blocks.paragraph(more % {"count": left}, quiet=True))
    return listed


def _resource(fact: ResourceFact, context: ReportContext, *, where: bool) -> Block:
    name = str(getattr(fact, f"name_{context.language}", "") or fact.name_fr).replace("'", "’")
    sector = reference().sectors.get(fact.sector)
    sign = quality_signs().get(fact.label)
    about = [
        context.name_of(fact.territory) if where else "",
        sector.name if sector else "",
        _season(fact),
    ]
    doubt = fact.confidence == "to_verify"
    label = str(getattr(sign, f"name_{context.language}", "") or sign.name_fr) if sign else ""
    return blocks.entry(
        drawable(str(capfirst(name)), NAME_LETTERS),
        " · ".join(part for part in about if part),
        chip=_("à vérifier") if doubt else label,
        look="doubt" if doubt else "sure",
    )


def _season(fact: ResourceFact) -> str:
    if fact.season_start is None or fact.season_end is None:
        return ""
    names = month_names()
    return _("de %(first)s à %(last)s") % {
        "first": names[fact.season_start - 1],
        "last": names[fact.season_end - 1],
    }


def _specialities(context: ReportContext) -> list[Block | None]:
    told: list[Block | None] = [blocks.heading(_("Ce que l’on fait plus qu’ailleurs"), pictogram("crafts"))]
    special = [one for one in insights.specialisations(context.place.code) if one.share is not None]
    nation = context.compared_with[-1][1]
    for measure, title in (
        ("sectors", _("Où l’on travaille (2014)")),
        ("professions", _("Les métiers (2014)")),
        ("establishments", _("Les entreprises (2024)")),
    ):
        rows = [one for one in special if one.measure == measure and _is_special(one)][:SPECIALITIES]
        if rows:
            told.append(blocks.subtitle(title))
            told.append(blocks.bars([_bar(one, rows) for one in rows], _("Ici"), nation))
    if not special:
        told.append(blocks.empty(_("Le recensement ne publie pas ces chiffres pour ce territoire.")))
        return told
    told.append(
        blocks.source(
            _("Recensement 2014 (métiers et secteurs) et cartographie des établissements 2024, HCP"),
            _("les deux ne se comparent pas"),
            _("estimations pour les petites communes"),
        )
    )
    return told


def _is_special(one: Speciality) -> bool:
    """More than in the country by what is written, one decimal: « 1,0 fois » is no speciality."""
    return one.quotient is not None and round(one.quotient, 1) > 1.0


def _bar(one: Speciality, rows: Sequence[Speciality]) -> Block:
    longest = max(max(row.share or 0.0, row.nation or 0.0) for row in rows) or 1.0
    about = ""
    if one.verdict == Verdict.TOO_FEW:
        about = _("(trop peu de personnes pour conclure)")
    elif one.quotient is not None:
        about = _("%(times)s fois le pays") % {"times": number_text(one.quotient, 1)}
    return blocks.bar(
        str(capfirst(str(ACTIVITIES[one.activity]))),
        figure(one.share, "percent"),
        (one.share or 0.0) / longest,
        None if one.nation is None else one.nation / longest,
        about,
    )


def _cooperatives(context: ReportContext) -> list[Block | None]:
    members = insights.membership(context.place.code)
    sides = [(code, word) for code, word in context.compared_with]
    values = [members.nation if code == "MA" else members.parent for code, _word in sides]
    head = ["", _("Ici"), *(word for _code, word in sides)]
    rows = [
        [
            _("Coopérateurs ou associés parmi les personnes qui travaillent"),
            figure(members.share, "percent"),
            *(figure(value, "percent") for value in values),
        ]
    ]
    told: list[Block | None] = [
        blocks.heading(_("Les coopératives"), pictogram("people")),
        _registered(context),
        blocks.table(head, rows),
    ]
    if members.expected is not None and members.share is not None:
        told.append(
            blocks.paragraph(
                _("Part attendue d’après les métiers et les âges d’ici : %(share)s (estimation).")
                % {"share": figure(round(members.expected, 1), "percent")}
            )
        )
    told.append(blocks.source(source_line(2024, []), _("registre de l’ODCO, s’il a été importé")))
    return told


def _registered(context: ReportContext) -> Block:
    """What the register counts; unknown, never none, where it was not imported."""
    if tally_of() is None:
        return blocks.paragraph(
            labelled(_("Coopératives au registre"), _("inconnu (le registre n’a pas encore été importé)"))
        )
    tally = tally_of(context.place.code)
    count = tally.count if tally else 0
    parts = [ngettext("%(count)s coopérative au registre", "%(count)s coopératives au registre", count)]
    parts[0] = parts[0] % {"count": number_text(count)}
    if tally and tally.women_known:
        women = ngettext("%(count)s de femmes", "%(count)s de femmes", tally.women_count)
        parts.append(women % {"count": number_text(tally.women_count)})
    if tally and tally.youth_known:
        youth = ngettext("%(count)s de jeunes", "%(count)s de jeunes", tally.youth_count)
        parts.append(youth % {"count": number_text(tally.youth_count)})
    return blocks.paragraph(enumerated(parts))


def _economy(context: ReportContext) -> list[Block | None]:
    facts = profile.economy(context.place.code, context.place.parent)
    others = [word for code, word in context.compared_with if code != "MA"]
    head = ["", _("Ici"), *others]
    rows = []
    for fact in facts:
        label = label_in(fact.indicator, context.language).replace("'", "’")
        cells = [figure(fact.value, fact.indicator.unit)]
        cells += [figure(fact.parent, fact.indicator.unit) for _word in others]
        rows.append([label, *cells])
    return [
        blocks.heading(_("Souks, entreprises et emplois"), pictogram("souk")),
        blocks.table(head, rows),
        blocks.source(_("Cartographie des établissements 2024, HCP")),
    ]
