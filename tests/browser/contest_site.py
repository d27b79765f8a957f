"""What a browser cannot do on a running site: bring days forward, and let the other people of an ideathon act.

Everything is done through the verbs of `portal.contests`, as their pages do.
"""

import json
from typing import Any

from tests.browser.site import Site

_START = """
from datetime import timedelta
from django.utils import timezone
from bpc.portal.contests import demo, demo_texts
from bpc.portal.people.models import User
people = {one.email.split("@")[0]: one for one in User.objects.filter(is_demo=True) if one.email}
now = timezone.now()
"""
_ANNOUNCE = """
words = {**demo_texts.OPEN, "name_fr": %(word)r, "name_ar": %(word)r}
edition = demo.announced_edition(words, first=now - timedelta(days=5), organiser=people["delegue"])
User.objects.filter(pk=people["porteuse"].pk).update(phone=%(phone)r, phone_verified=True)
answer = edition.slug
"""
_IDEA = """
from bpc.portal.ideas.models import Idea
answer = Idea.objects.get(title=%(title)r).reference
"""
_FIND = """
from bpc.portal.contests.models import Edition, Entry, Reading
from bpc.portal.foundation.page_cache import outdate
edition = Edition.objects.get(slug=%(slug)r)
own = Entry.objects.filter(edition=edition, created_by=people["porteuse"]).first()

def go_to(name, *, days=1):
    gap = now - timedelta(days=days) - getattr(edition, name)
    columns = ("entries_from", "entries_until", "marking_from", "marking_until", "discussion_until")
    for column in columns:
        setattr(edition, column, getattr(edition, column) + gap)
    edition.save(update_fields=columns)
    outdate("contests")
"""
_CLOSE = """
for day, candidate in enumerate(demo_texts.CANDIDATES[1:5]):
    entry = demo.enter(edition, candidate, people, now - timedelta(days=4))
    demo.hand_in(entry, now - timedelta(days=3))
go_to("entries_until")
answer = own.reference
"""
_SEAT = """
demo.check_all(edition, people["delegue"], now)
demo.seat_jury(edition, people, now - timedelta(days=1))
go_to("marking_from")
demo.share_out(edition, people["delegue"], now)
asked = Reading.objects.filter(entry=own).exclude(juror__is_president=True).select_related("juror__user").order_by("pk")
answer = [asked.first().pk, asked.first().juror.user.email]
"""
_MARK = """
from bpc.portal.contests.marking import Draft, Given, finish_reading
readings = Reading.objects.filter(entry__edition=edition, state="assigned").select_related("entry__edition", "juror__user")
for reading in readings:
    value = 5 if reading.entry_id == own.pk else 1 + (reading.entry_id + reading.juror_id) %% 3
    codes = edition.criteria.values_list("code", flat=True)
    given = {code: Given(value, "Lu avec soin.") for code in codes}
    finish_reading(reading=reading, draft=Draft(reading.revision, demo._key(reading), given), actor=reading.juror.user, at=now)
go_to("discussion_until")
answer = None
"""  # noqa: E501
_DECIDE = """
from bpc.portal.contests.deciding import decide
president = people["administratrice"]
for entry in Entry.objects.filter(edition=edition, state="eligible", decision=None).select_related("edition"):
    decide(entry=entry, outcome="not_chosen", place=None, reason="Les notes vont de 1 à 3.", language="fr",
           actor=president, at=now)
answer = None
"""


class ContestSite:
    """One ideathon on the running site, open for entries since five days."""

    def __init__(self, site: Site, word: str, phone: str) -> None:
        """Announce it; the demonstration's holder has the number `phone`, proved."""
        self._site = site
        self.slug: str = self._do(_ANNOUNCE, word=word, phone=phone)

    def idea_called(self, title: str) -> str:
        """Its code."""
        return str(self._do(_IDEA, title=title))

    def close_entries(self) -> str:
        """Four others enter, then the time to enter is over; returns the code of the holder's entry."""
        return str(self._do(_FIND + _CLOSE))

    def seat_jury(self) -> tuple[int, str]:
        """The others are checked, the jury sits, the marking runs; a reading of the holder's entry and its juror."""
        pk, login = self._do(_FIND + _SEAT)
        return pk, login

    def mark_the_rest(self) -> None:
        """Every reading left is marked, the holder’s entry best; the discussion is over."""
        self._do(_FIND + _MARK)

    def decide_the_rest(self) -> None:
        """The president chooses none of the others that wait for a decision."""
        self._do(_FIND + _DECIDE)

    def _do(self, script: str, **values: Any) -> Any:
        slug = {"slug": self.slug} if hasattr(self, "slug") else {}
        code = _START + script % {**slug, **values} + "\nimport json\nprint('ANSWER' + json.dumps(answer))"
        return json.loads(self._site.manage("shell", "-v0", "-c", code).split("ANSWER")[1])
