"""Themes drawn from the published ideas of a region or of a meeting, and what a person decides of each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from bpc.core.text.concepts import concept_words
from bpc.core.text.duplicates import Profile, profile
from bpc.core.text.stems import analyse
from bpc.core.text.themes import MOST, groups, telling_terms
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.gatherings.models import Gathering, Theme, ThemeIdea, ThemeState
from bpc.portal.ideas.cards import published
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import IdeaState
from bpc.portal.reference.models import Territory

RIGHT = "gatherings.check_themes"
MOST_IN_A_SITEMAP = 2_000
_LEAD = 600  # characters of the text that count, as for near ideas


class NothingLeft(Exception):
    """A theme without ideas, or without a name, is not accepted."""


def draw_themes(*, region: Territory, gathering: Gathering | None, actor: Any, at: Any) -> list[Theme]:
    """Propose themes anew: proposals not looked at go, what a person accepted or refused stays as it is.

    Of the newest published ideas that no accepted theme of the same place holds. A group refused before is not
    proposed again.
    """
    with transaction.atomic():
        check(actor, RIGHT, Theme(region=region, gathering=gathering))
        same = Theme.objects.select_for_update().filter(region=region, gathering=gathering)
        same.filter(state=ThemeState.PROPOSED).delete()
        refused = [_keys(theme) for theme in same.filter(state=ThemeState.REFUSED)]
        ideas = _newest(region, gathering, same.filter(state=ThemeState.ACCEPTED))
        profiles = [_profile(idea) for idea in ideas]
        made = []
        for places in groups(profiles):
            keys = {ideas[place].pk for place in places}
            if keys not in refused:
                made.append(_propose(region, gathering, profiles, places, ideas, at))
        data = {"region": region.pk, "gathering": gathering.key if gathering else "", "themes": len(made)}
        record(actor=actor, verb="draw themes", obj=gathering or region, at=at, data=data)
    return made


def accept_theme(
    *, theme: Theme, name_fr: str, name_ar: str, kept: Iterable[int], actor: Any, at: Any
) -> Theme:
    """Publish a theme under these names, with the ideas kept (keys); the others are dropped from it.

    Raises `NothingLeft`.
    """
    with transaction.atomic():
        row = _locked(theme, actor)
        keys = set(kept) & _keys(row)
        if not (keys and name_fr.strip() and name_ar.strip()):
            raise NothingLeft
        row.members.filter(idea__in=keys).update(is_dropped=False)
        row.members.exclude(idea__in=keys).update(is_dropped=True)
        row.name_fr, row.name_ar = name_fr.strip(), name_ar.strip()
        _decide(row, ThemeState.ACCEPTED, actor, at)
    return row


def refuse_theme(*, theme: Theme, actor: Any, at: Any) -> Theme:
    """Say that these ideas are no theme; it leaves the public pages if it was there."""
    with transaction.atomic():
        row = _locked(theme, actor)
        _decide(row, ThemeState.REFUSED, actor, at)
    return row


def public_themes(*, region: str = "", gathering: Gathering | None = None) -> QuerySet[Theme]:
    """Accepted themes of a meeting, or of a region as a whole, that still have a published idea."""
    rows = _with_published_ideas()
    rows = rows.filter(gathering=gathering) if gathering else rows.filter(region=region, gathering=None)
    return rows.order_by("pk")


def announced_themes() -> list[tuple[int, datetime | None]]:
    """The key of each theme that everybody reads, the latest first, and when it was accepted: for crawlers."""
    rows = _with_published_ideas().order_by("-checked_at", "-pk")
    return list(rows.values_list("pk", "checked_at")[:MOST_IN_A_SITEMAP])


def ideas_of(theme: Theme) -> QuerySet[Idea]:
    """Its published ideas that nobody dropped, the most supported first."""
    kept = theme.members.filter(is_dropped=False).values("idea")
    return published().filter(pk__in=kept).order_by("-support_count", "-pk")


def _with_published_ideas() -> QuerySet[Theme]:
    kept = ThemeIdea.objects.filter(theme=OuterRef("pk"), is_dropped=False, idea__state=IdeaState.PUBLISHED)
    return Theme.objects.filter(Exists(kept), state=ThemeState.ACCEPTED)


def _newest(region: Territory, gathering: Gathering | None, accepted: QuerySet[Theme]) -> list[Idea]:
    ideas = published().filter(region=region)
    if gathering is not None:
        ideas = published().filter(gathered__gathering=gathering)
    taken = ThemeIdea.objects.filter(theme__in=accepted, is_dropped=False).values("idea")
    rows = ideas.exclude(pk__in=taken).order_by("-published_at", "-pk")
    return list(rows.only("title", "need", "proposal")[:MOST])


def _profile(idea: Idea) -> Profile:
    text = f"{idea.need[:_LEAD]}\n{idea.proposal[:_LEAD]}"
    return profile(analyse(idea.title), list(dict.fromkeys(analyse(text))))


def _propose(
    region: Territory, gathering: Gathering | None, profiles: list[Profile], places: list[int], ideas: list[Idea],
    at: Any,
) -> Theme:  # fmt: skip
    words = [list(concept_words(term)) for term in telling_terms(profiles, places)]
    first = ideas[places[0]].title[:80]
    theme = Theme.objects.create(
        region=region, gathering=gathering, words=words, drawn_at=at,
        name_fr=", ".join(french for french, _ in words)[:80].capitalize() or first,
        name_ar="، ".join(arabic for _, arabic in words)[:80] or first,
    )  # fmt: skip
    ThemeIdea.objects.bulk_create(ThemeIdea(theme=theme, idea=ideas[place]) for place in places)
    return theme


def _keys(theme: Theme) -> set[int]:
    return set(theme.members.values_list("idea", flat=True))


def _locked(theme: Theme, actor: Any) -> Theme:
    row = Theme.objects.select_for_update().get(pk=theme.pk)
    check(actor, RIGHT, row)
    return row


def _decide(row: Theme, state: str, actor: Any, at: Any) -> None:
    before = row.state
    row.state, row.checked_by, row.checked_at = state, actor, at
    row.save()
    record(actor=actor, verb=f"{state} theme", obj=row, at=at, before=before, after=state)
    outdate("ideas", "gatherings")
