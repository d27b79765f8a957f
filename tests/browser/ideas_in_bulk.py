"""A crowd of published ideas, written through the site's own actions, for lists that have pages."""

import json
from dataclasses import dataclass

from tests.browser.proposals import new_word
from tests.browser.site import Site

CROWD = 22
SPECIAL = {"fr": "Élevage de chèvres laitières", "ar": "مدرسة الحرف للمرأة القروية"}

_SCRIPT = """
import json
from uuid import uuid4
from django.utils import timezone
from bpc.portal.ideas import deposit, moderation, reactions
from bpc.portal.people.models import User
from bpc.portal.reference.models import Territory
commune = Territory.objects.get(pk="09.541.01.13")
admin = User.objects.get(email="administratrice@demo.invalid")
for text in json.loads({texts!r}):
    content = deposit.Content(
        title=text["title"], need="Un besoin.", proposal="Une proposition.", language=text["language"],
        sector_id=text["sector"], commune=commune, lon=None, lat=None, speaker="citizen", audience="",
        show_author=False, contact_name="", contact_email="", contact_phone="",
    )
    idea, _ = deposit.propose(content=content, submission_key=uuid4(), actor=admin, at=timezone.now())
    moderation.publish(idea=idea, actor=admin, at=timezone.now())
    for person in User.objects.filter(is_demo=True)[: text["supports"]]:
        reactions.support(idea=idea, actor=person, at=timezone.now())
    print(idea.reference)
"""


@dataclass(frozen=True)
class Crowd:
    """`plain` is in the title of each of the CROWD ideas; `word` only in that of the two special ones."""

    word: str
    plain: str
    supported: str
    bees: int
    special: dict[str, str]
    codes: list[str]


def write_crowd(site: Site) -> Crowd:
    """Write and publish them; returns what to look for."""
    word, plain = new_word(), new_word()
    texts = [
        {
            "title": f"Atelier numéro {number} {plain}",
            "language": "fr",
            "sector": "beekeeping" if number < 5 else "crafts",
            "supports": 5 if number == 9 else 0,
        }
        for number in range(CROWD)
    ]
    special = {language: f"{title} {word}" for language, title in SPECIAL.items()}
    texts += [
        {"title": title, "language": language, "sector": "livestock", "supports": 0}
        for language, title in special.items()
    ]
    printed = site.manage("shell", "-v0", "-c", _SCRIPT.format(texts=json.dumps(texts)))
    return Crowd(word, plain, texts[9]["title"], 5, special, printed.split())  # type: ignore[arg-type]
