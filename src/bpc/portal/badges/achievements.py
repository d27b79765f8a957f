"""What may be achieved: other rooms define it, version by version."""

import re
from dataclasses import dataclass

from django.db import transaction

from bpc.portal.badges.models import LONGEST_NAME, LONGEST_TEXT, Achievement, AchievementVersion
from bpc.portal.badges.states import Kind

_CODE = re.compile(rf"({'|'.join(Kind.values)}):[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_CODE = 100


@dataclass(frozen=True)
class Words:
    """The same thing said in the languages of the site."""

    fr: str
    ar: str


class UnknownAchievement(LookupError):
    """No room defined an achievement of this code."""


class WordsStand(Exception):
    """This version was awarded already: other words need a new version."""


@transaction.atomic
def define(*, code: str, version: int, name: Words, criteria: Words) -> AchievementVersion:
    """The version of an achievement, made or put right; called again with the same words it changes nothing.

    `code` is its kind and a slug (`course:price-and-margin`), `criteria` what had to be done, in plain words.
    Raises ValueError for a code, a version or words that cannot be kept, `WordsStand` for other words once awarded.
    """
    _check(code, version, name, criteria)
    row, _made = Achievement.objects.get_or_create(code=code, defaults={"kind": code.partition(":")[0]})
    row = Achievement.objects.select_for_update().get(pk=row.pk)
    words = {
        "name_fr": name.fr, "name_ar": name.ar, "criteria_fr": criteria.fr, "criteria_ar": criteria.ar,
    }  # fmt: skip
    found, made = row.versions.get_or_create(number=version, defaults=words)
    found.achievement = row
    if made or all(getattr(found, column) == text for column, text in words.items()):
        return found
    if found.awards.exists():
        raise WordsStand(f"{code} version {version}")
    for column, text in words.items():
        setattr(found, column, text)
    found.save(update_fields=list(words))
    return found


def _check(code: str, version: int, name: Words, criteria: Words) -> None:
    if not _CODE.fullmatch(code) or len(code) > _LONGEST_CODE:
        raise ValueError(f"{code!r} is no code of an achievement")
    if version < 1:
        raise ValueError(f"{code}: versions begin at 1")
    for words, longest in ((name, LONGEST_NAME), (criteria, LONGEST_TEXT)):
        for text in (words.fr, words.ar):
            if not text.strip() or len(text) > longest:
                raise ValueError(f"{code}: {text[:40]!r} is empty or too long")


def last_version(code: str) -> AchievementVersion:
    """The newest version of an achievement. Raises `UnknownAchievement`."""
    rows = AchievementVersion.objects.select_related("achievement").filter(achievement__code=code)
    found = rows.order_by("number").last()
    if found is None:
        raise UnknownAchievement(code)
    return found
