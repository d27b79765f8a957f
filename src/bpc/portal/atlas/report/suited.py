"""The models that fit a place, the best first, with what speaks for and against each in this very place."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bpc.portal.atlas.fit import Fit, fits_of_place, matrix, models_with_fit, places_for_model
from bpc.portal.atlas.fit_inputs import fit_inputs
from bpc.portal.atlas.fit_words import ToldFit, score_text, tell
from bpc.portal.atlas.report import blocks
from bpc.portal.atlas.report.blocks import Block
from bpc.portal.atlas.report.context import ReportContext
from bpc.portal.atlas.units import number_text
from bpc.portal.blueprints.catalogue import catalogue
from bpc.portal.foundation.typesetting import drawable, pictogram
from bpc.portal.foundation.wording import enumerated, labelled
from bpc.portal.reference.places import Place

MOST_MODELS, MOST_REASONS, MOST_OBJECTIONS, MOST_COMMUNES = 6, 2, 1, 3
#: From here a model is said to suit, as on the site's maps.
SUITS = 60.0
SENTENCE_LETTERS = 190
#: A part is a reason for a model from here on, the most telling first.
TELLING = ("resource", "need", "market", "labour", "access", "saturation")
FAVOURABLE = 60.0


@dataclass(frozen=True)
class Suited:
    """A model for a place, with its fit to the commune, or to the best commune of a region or a province.

    Of these, `suiting` communes suit of the `known` ones, `best` are those that suit best with their scores.
    """

    fit: Fit
    suiting: int = 0
    known: int = 0
    best: tuple[tuple[str, float], ...] = ()

    @property
    def sector(self) -> str:
        """The sector of the model."""
        return str(catalogue()[self.fit.model].model.sector)


def suited_models(place: Place) -> list[Suited]:
    """The models that fit a place best; in a region or a province those its best communes are most ahead of the
    country for."""
    if place.level == "commune":
        fits = fits_of_place(place.code, limit=MOST_MODELS)
        return [Suited(fit) for fit in fits if fit.score is not None]
    codes, slugs, found = fit_inputs().figures.codes, models_with_fit(), matrix()
    inside = [row for row, code in enumerate(codes) if code.startswith(f"{place.code}.")]
    # rounded as they are written, so that a count never contradicts a score
    scores = np.round(found.score[inside], 1)
    counts = (scores >= SUITS).sum(axis=0)
    known = (~np.isnan(scores)).sum(axis=0)
    # what distinguishes the place: its best communes against the country, or a school canteen would lead everywhere
    best = np.sort(np.where(np.isnan(scores), -1.0, scores), axis=0)[-MOST_COMMUNES:].mean(axis=0)
    everywhere = np.nansum(found.score, axis=0) / np.maximum(1, (~np.isnan(found.score)).sum(axis=0))
    ahead = best - everywhere
    order = sorted(range(len(slugs)), key=lambda at: (best[at] < SUITS, -ahead[at], slugs[at]))
    return [
        _inside(place, slugs[at], int(counts[at]), int(known[at])) for at in order[:MOST_MODELS] if known[at]
    ]


def _inside(place: Place, slug: str, suiting: int, known: int) -> Suited:
    fits = places_for_model(slug, within=place.code, limit=MOST_COMMUNES)
    best = tuple((fit.place, fit.score) for fit in fits if fit.score is not None)
    return Suited(fits[0], suiting, known, best)


def suited_blocks(models: Sequence[Suited], context: ReportContext) -> list[Block | None]:
    """The block of the models. Unknown is said where no model tells what it needs."""
    told: list[Block | None] = [
        blocks.heading(_("Les modèles qui conviennent"), pictogram("model"), _("note sur 100"))
    ]
    if not models:
        told.append(blocks.empty(_("Aucun modèle publié ne dit encore de quoi il a besoin.")))
        return told
    told.append(blocks.entries([_entry(one, context) for one in models], columns=2))
    told.append(
        blocks.source(
            _("Notes calculées d’après les ressources connues, le recensement et le registre"),
            _("ce sont des estimations : elles ouvrent la discussion, elles ne la closent pas"),
            _("la méthode et tous les modèles sont sur la fiche en ligne"),
        )
    )
    return told


def _entry(one: Suited, context: ReportContext) -> Block:
    score, lines, meta = one.fit.score, _reasons(one.fit, tell(one.fit)), ""
    if one.best:
        meta = ngettext(
            "convient à %(count)s commune sur %(all)s",
            "convient à %(count)s communes sur %(all)s",
            one.suiting,
        ) % {"count": number_text(one.suiting), "all": number_text(one.known)}
        names = [f"{drawable(context.name_of(code))} ({score_text(best)})" for code, best in one.best]
        lines = [labelled(_("Le mieux"), enumerated(names)), *lines]
    return blocks.entry(
        _name(one.fit.model, context.language),
        meta,
        lines,
        count=score_text(score),
        look="sure" if score is not None and score >= SUITS else "doubt",
    )


def _name(slug: str, language: str) -> str:
    model = catalogue()[slug].model
    return drawable(str(getattr(model, f"name_{language}", "") or model.name_fr), 90)


def _reasons(fit: Fit, told: ToldFit) -> list[str]:
    """What tells most for the model here, then what speaks against it."""
    by_name = {part.name: part for part in told.parts}
    parts = {part.name: part for part in fit.parts if part.applies and part.known > 0}
    held = [name for name in TELLING if name in parts and (parts[name].score or 0.0) >= FAVOURABLE]
    held = held or sorted(parts, key=lambda name: -(parts[name].score or 0.0))[:1]
    facts = [by_name[name].facts[0].text for name in held if by_name[name].facts]
    lines = [drawable(text, SENTENCE_LETTERS) for text in facts[:MOST_REASONS]]
    lines += [
        labelled(_("Mais"), drawable(text, SENTENCE_LETTERS)) for text in told.objections[:MOST_OBJECTIONS]
    ]
    return lines
