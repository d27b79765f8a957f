"""Achievements and awards made by hand, and the site as the other implementation reaches it."""

import urllib.request
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.utils import timezone

from bpc.portal.badges.achievements import Words, define
from bpc.portal.badges.awarding import award, revoke
from bpc.portal.badges.models import AchievementVersion, Award
from bpc.portal.people.models import User
from tests.portal.world import make_user

NOW = timezone.now()
CODE = "course:price-and-margin"
NAME = Words("Prix et marge", "الثمن والهامش")
CRITERIA = Words("Lire cinq leçons et réussir le quiz de chacune.", "قراءة خمسة دروس واجتياز اختبار كل درس.")
EVIDENCE = Words("Cinq leçons sur cinq, quiz réussi à 90 %.", "خمسة دروس من خمسة، والاختبار بنسبة 90 %.")


def defined(code: str = CODE, version: int = 1, **words: Words) -> AchievementVersion:
    """An achievement that stands."""
    return define(
        code=code, version=version, name=words.get("name", NAME), criteria=words.get("criteria", CRITERIA)
    )


def awarded(user: User | None = None, code: str = CODE, **more: Any) -> Award:
    """An award of now."""
    if "version" not in more:
        defined(code)
    who = user or make_user(display_name="Fatima Aït Baha")
    return award(user=who, achievement=code, evidence=EVIDENCE, at=more.pop("at", NOW), **more)


def by_client(address: str) -> bytes:
    """What the site answers at one of its public addresses, as a downloader of the other implementation asks it."""
    asked = urlsplit(address)
    assert f"{asked.scheme}://{asked.netloc}" == settings.PUBLIC_URL
    answer = Client().get(asked.path)
    if answer.status_code != 200:
        raise OSError(f"{address}: {answer.status_code}")
    return answer.content


def by_server(server: str) -> Any:
    """The same from a server that runs: the public host is that one."""

    def download(address: str) -> bytes:
        with urllib.request.urlopen(f"{server}{urlsplit(address).path}", timeout=20) as answer:  # noqa: S310
            return bytes(answer.read())

    return download


def fill_badges(people: dict[str, Any]) -> None:
    """An award of each state, of several people."""
    holder, trainer = people["holder"], people["trainer"]
    awarded(holder)
    awarded(people["person"])
    defined(version=2)
    awarded(holder, version=2)
    revoke(
        award=awarded(people["author"], "workshop:market"), reason="Erreur de liste.", actor=trainer, at=NOW
    )
