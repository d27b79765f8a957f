"""Fill a database with many plausible published ideas in French and Arabic. Run as a script on Django's settings."""

import random
import sys
import uuid
from datetime import timedelta

import django
from django.utils import timezone

django.setup()

from bpc.portal.foundation.page_cache import outdate  # noqa: E402 - models exist only after setup
from bpc.portal.ideas import search, tallies  # noqa: E402
from bpc.portal.ideas.models import Idea  # noqa: E402
from bpc.portal.reference.models import Sector, Territory  # noqa: E402

FRENCH = ["coopérative", "femmes", "huile", "argan", "miel", "abeilles", "tapis", "laine", "poterie", "tourisme", "gîte", "lait", "fromage", "figues", "dattes", "safran", "rose", "séchoir", "solaire", "eau", "puits", "formation", "marché", "souk", "vente", "transport", "école", "jeunes", "emploi", "village", "montagne", "forêt", "pêche", "algues", "couscous", "broderie", "bijoux", "cuir", "recyclage", "compost", "pépinière", "amandes", "olives", "caroube", "romarin", "thym", "atelier", "machine", "stockage"]
ARABIC = ["تعاونية", "نساء", "زيت", "الأركان", "عسل", "نحل", "زربية", "صوف", "فخار", "سياحة", "حليب", "جبن", "تين", "تمور", "زعفران", "ورد", "شمسي", "ماء", "بئر", "تكوين", "سوق", "بيع", "نقل", "مدرسة", "شباب", "شغل", "قرية", "جبل", "غابة", "صيد", "طحالب", "كسكس", "طرز", "حلي", "جلد", "سماد", "مشتل", "لوز", "زيتون", "خروب", "إكليل", "زعتر", "ورشة", "آلة", "تخزين"]


def _text(words: list[str], rare: str, number: int, draw: random.Random) -> str:
    # the first words of the list are common, the last rare, as in people's texts
    weights = [1 / (rank + 1) for rank in range(len(words))]
    return " ".join([*draw.choices(words, weights, k=number), rare])


def make(number: int) -> None:
    """Add `number` ideas, their counts and what the search knows of them."""
    draw = random.Random(1503)
    communes = list(Territory.objects.filter(level="commune").values_list("code", flat=True))
    sectors = list(Sector.objects.values_list("code", flat=True))
    now = timezone.now()
    ideas = []
    for rank in range(number):
        language, words = ("fr", FRENCH) if draw.random() < 0.5 else ("ar", ARABIC)
        commune = draw.choice(communes)
        rare = f"lieu{rank % 5000}"
        when = now - timedelta(minutes=number - rank)
        ideas.append(
            Idea(
                reference=f"B{rank:08d}", state="published", title=_text(words, rare, 5, draw)[:120],
                need=_text(words, rare, 30, draw), proposal=_text(words, rare, 30, draw), language=language,
                sector_id=draw.choice(sectors), commune_id=commune, province_id=commune[:6], region_id=commune[:2],
                audience="everyone", speaker="citizen", submission_key=uuid.UUID(int=rank + 1), submitted_at=when,
                published_at=when, support_count=draw.randrange(200),
            )
        )  # fmt: skip
    Idea.objects.bulk_create(ideas, batch_size=500)
    tallies.rebuild()
    search.rebuild()
    outdate("ideas")


if __name__ == "__main__":
    make(int(sys.argv[1]))
