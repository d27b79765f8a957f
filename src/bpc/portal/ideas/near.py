"""Ideas that may say the same thing as one being told or read: for a person to look at, never merged by machine.

The database gives candidates, `core.text.duplicates` says how near each is. A candidate shares a place and a subject,
or many subjects anywhere; at most `_MOST` of each question are looked at, however many ideas there are.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db import connection, transaction

from bpc.core.text.concepts import COMMON, PEOPLE
from bpc.core.text.duplicates import TITLE, Profile, likeness, profile
from bpc.core.text.stems import analyse
from bpc.portal.foundation.lexeme_index import LexemeIndex, facet
from bpc.portal.foundation.permissions import visible
from bpc.portal.ideas.models import Idea, NearEntry
from bpc.portal.ideas.states import IdeaState
from bpc.portal.reference.models import Territory

INDEX = LexemeIndex("ideas_near", "ideas_nearentry", "idea_id")
KEPT_STATES = (IdeaState.SUBMITTED, IdeaState.PUBLISHED)
# how near two ideas must be to be shown: the farther apart the places, the nearer the words
IN_COMMUNE, IN_PROVINCE, ANYWHERE = 0.5, 0.6, 0.75
_MOST = 100  # candidates of one question, the newest
_LOOKED_AT = 80  # candidates compared word by word
_SUBJECTS = 5  # terms asked, the heaviest
_LEAD = 600  # characters of the text that count: what follows repeats or tells another story
_CARD = (
    "reference", "title", "language", "state", "support_count", "version", "commune__name_fr", "commune__name_ar",
    "region__name_fr", "region__name_ar", "sector__name_fr", "sector__name_ar", "sector__icon",
)  # fmt: skip


@dataclass(frozen=True)
class Near:
    """An idea that may say the same; `likeness` from 0 to 1."""

    idea: Idea
    likeness: float

    @property
    def percent(self) -> int:
        """The likeness, in hundredths."""
        return round(self.likeness * 100)


def index(idea: Idea) -> None:
    """Let an idea just handed in, published or brought back be found as near, in the caller's transaction."""
    with transaction.atomic():
        forget(idea)
        _entry(idea).save(force_insert=True)


def forget(idea: Idea) -> None:
    """Let an idea that is no longer read nor published not be found any more."""
    NearEntry.objects.filter(idea=idea).delete()


def rebuild() -> int:
    """Index every idea handed in or published afresh; returns how many there are."""
    ideas = Idea.objects.filter(state__in=KEPT_STATES).order_by("pk")
    with transaction.atomic():
        NearEntry.objects.all().delete()
        made = NearEntry.objects.bulk_create(map(_entry, ideas.iterator(chunk_size=500)), batch_size=500)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"INSERT INTO {INDEX.index}({INDEX.index}) VALUES ('optimize')")  # noqa: S608
    return len(made)


def near_ideas(
    person: Any,
    *,
    title: str,
    text: str,
    commune: Territory,
    state: str = "",
    besides: int | None = None,
    limit: int = 5,
) -> list[Near]:
    """The ideas that `person` may see and that may say what these words say, the nearest first.

    `state` narrows to published ones, or to those that wait; `besides` is the key of the idea asked about.
    """
    asked = _profile(title, text)
    keys = _promising(asked, _candidates(asked, commune, state))
    rows = NearEntry.objects.filter(pk__in=keys).values_list("idea_id", "title", "body", "place")
    found = []
    for idea, its_title, its_body, place in rows:
        alike = likeness(asked, profile(its_title.split(), its_body.split()))
        if alike >= _bar(commune, place) and idea != besides:
            found.append((alike, idea))
    best = sorted(found, key=lambda one: (-one[0], one[1]))[: limit * 2]
    cards = visible(person, Idea).filter(pk__in=[key for _alike, key in best])
    by_key = {one.pk: one for one in cards.select_related("commune", "region", "sector").only(*_CARD)}
    return [Near(by_key[key], alike) for alike, key in best if key in by_key][:limit]


def _entry(idea: Idea) -> NearEntry:
    title, body = analyse(idea.title), _lead(f"{idea.need[:_LEAD]}\n{idea.proposal[:_LEAD]}")
    places = [facet("territory", code) for code in (idea.commune_id, idea.province_id)]
    terms = {f"c_{term}" for term, weight in profile(title, body).weights.items() if weight > COMMON * 2}
    return NearEntry(
        idea=idea, title=" ".join(title), body=" ".join(body), place=idea.commune_id,
        lexemes=" ".join(sorted({*places, *terms, facet("state", idea.state)})),
    )  # fmt: skip


def _profile(title: str, text: str) -> Profile:
    return profile(analyse(title), _lead(text))


def _lead(text: str) -> list[str]:
    return list(dict.fromkeys(analyse(text[: 2 * _LEAD])))


def _candidates(asked: Profile, commune: Territory, state: str) -> set[int]:
    """Keys of entries of the commune with a subject, of the province with one or two heavy ones, of all with three."""
    heavy = sorted(asked.weights, key=lambda term: (-asked.weights[term], term))
    terms = [f"c_{term}" for term in heavy if asked.weights[term] > PEOPLE * TITLE]
    terms = terms[:_SUBJECTS]
    if not terms:
        return set()
    here, province = facet("territory", commune.pk), facet("territory", commune.province_code)
    questions = [[[here], terms], [[province], terms[:1]]]
    questions += [[[province], [one], [other]] for one, other in combinations(terms[:4], 2)]
    if len(terms) >= 3:
        questions.append([[term] for term in terms[:3]])
    narrowed = [[facet("state", state)]] if state else []
    return INDEX.matching_any([narrowed + groups for groups in questions], _MOST)


def _promising(asked: Profile, keys: set[int]) -> list[int]:
    """Of many candidates, those that share most of what weighs: they are looked at word by word."""
    if len(keys) <= _LOOKED_AT:
        return list(keys)
    heavy = sorted(asked.weights.items(), key=lambda one: -one[1])[: 2 * _SUBJECTS]
    marks = [(f" c_{term} ", weight) for term, weight in heavy]
    rows = NearEntry.objects.filter(pk__in=keys).values_list("pk", "lexemes")
    shared = [(sum(weight for mark, weight in marks if mark in f" {held} "), key) for key, held in rows]
    return [key for _weight, key in sorted(shared, reverse=True)[:_LOOKED_AT]]


def _bar(commune: Territory, place: str) -> float:
    if place == commune.pk:
        return IN_COMMUNE
    return IN_PROVINCE if place.startswith(str(commune.province_code)) else ANYWHERE
