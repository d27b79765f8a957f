"""Fill a database with many plausible published ideas in French and Arabic. Run as a script on Django's settings."""

import random
import sys
import uuid
from datetime import UTC, datetime, timedelta

import django
from django.db import connection

django.setup()

from bpc.portal.foundation.page_cache import outdate  # noqa: E402 - models exist only after setup
from bpc.portal.ideas import search, tallies  # noqa: E402
from bpc.portal.ideas.models import Idea  # noqa: E402
from bpc.portal.reference.models import Sector, Territory  # noqa: E402

FRENCH = [
    "coopérative",
    "femmes",
    "huile",
    "argan",
    "miel",
    "abeilles",
    "tapis",
    "laine",
    "poterie",
    "tourisme",
    "gîte",
    "lait",
    "fromage",
    "figues",
    "dattes",
    "safran",
    "rose",
    "séchoir",
    "solaire",
    "eau",
    "puits",
    "formation",
    "marché",
    "souk",
    "vente",
    "transport",
    "école",
    "jeunes",
    "emploi",
    "village",
    "montagne",
    "forêt",
    "pêche",
    "algues",
    "couscous",
    "broderie",
    "bijoux",
    "cuir",
    "recyclage",
    "compost",
    "pépinière",
    "amandes",
    "olives",
    "caroube",
    "romarin",
    "thym",
    "atelier",
    "machine",
    "stockage",
]
ARABIC = [
    "تعاونية",
    "نساء",
    "زيت",
    "الأركان",
    "عسل",
    "نحل",
    "زربية",
    "صوف",
    "فخار",
    "سياحة",
    "حليب",
    "جبن",
    "تين",
    "تمور",
    "زعفران",
    "ورد",
    "شمسي",
    "ماء",
    "بئر",
    "تكوين",
    "سوق",
    "بيع",
    "نقل",
    "مدرسة",
    "شباب",
    "شغل",
    "قرية",
    "جبل",
    "غابة",
    "صيد",
    "طحالب",
    "كسكس",
    "طرز",
    "حلي",
    "جلد",
    "سماد",
    "مشتل",
    "لوز",
    "زيتون",
    "خروب",
    "إكليل",
    "زعتر",
    "ورشة",
    "آلة",
    "تخزين",
]


BATCH = 500
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
SUPPORTERS = 200
REGION = "09"  # a fifth of the ideas lie there, so that its first page is full at every size
EARLY = 100  # the rare word is in a few of the first ideas only: as many answers at every size


def _text(words: list[str], rare: str, number: int, draw: random.Random) -> str:
    # the first words of the list are common, the last rare, as in people's texts
    weights = [1 / (rank + 1) for rank in range(len(words))]
    return " ".join([*draw.choices(words, weights, k=number), rare])


def _idea(rank: int, communes: list[str], near: list[str], sectors: list[str]) -> Idea:
    """The idea of this rank, always the same."""
    draw = random.Random(rank)
    language, words = ("fr", FRENCH) if draw.random() < 0.5 else ("ar", ARABIC)
    commune = draw.choice(near if rank % 5 == 0 else communes)
    rare = "lieu42" if rank < EARLY and rank % 8 == 0 else f"lieu{rank + EARLY}"
    when = FIRST + timedelta(minutes=rank)
    return Idea(
        reference=f"B{rank:08d}", state="published", title=_text(words, rare, 5, draw)[:120],
        need=_text(words, rare, 15, draw), proposal=_text(words, rare, 15, draw), language=language,
        sector_id=draw.choice(sectors), commune_id=commune, province_id=commune[:6], region_id=commune[:2],
        audience="everyone", speaker="citizen", submission_key=uuid.UUID(int=rank + 1), submitted_at=when,
        published_at=when, support_count=draw.randrange(SUPPORTERS),
    )  # fmt: skip


def grow(number: int) -> None:
    """Add ideas until there are `number`, with their counts and what the search knows of them."""
    communes = list(Territory.objects.filter(level="commune").order_by("pk").values_list("pk", flat=True))
    near = [code for code in communes if code.startswith(f"{REGION}.")]
    sectors = list(Sector.objects.order_by("pk").values_list("pk", flat=True))
    ranks = range(Idea.objects.count(), number)
    for start in range(ranks.start, ranks.stop, BATCH):
        batch = ranks[start - ranks.start : start - ranks.start + BATCH]
        Idea.objects.bulk_create([_idea(rank, communes, near, sectors) for rank in batch])
    tallies.rebuild()
    search.rebuild()
    outdate("ideas")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # what its own housekeeping does within a minute
            cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    grow(int(sys.argv[1]))
