"""The demonstration projects that have started: invented groups, what they answered, what they say of it since."""

from dataclasses import dataclass, field

FR, AR = "fr", "ar"


@dataclass(frozen=True)
class Answered:
    """One answer: how many months after the start, whether it lives, figures in the order of the form."""

    after: int
    figures: tuple[int | None, ...]  # members, women, youth, permanent, seasonal, sales, income per member
    alive: str = "yes"
    cause: str = ""
    words: str = ""


@dataclass(frozen=True)
class Followed:
    """A project that started so many months ago. `state`: how far its words went; `model`: that of its plan."""

    key: str
    name: str
    summary: str
    language: str
    sector: str
    commune: str
    months: int
    answers: tuple[Answered, ...] = field(default_factory=tuple)
    story: str = ""
    state: str = ""
    model: str = ""


GROWING = Followed(
    "growing",
    "Presser et vendre ensemble l’huile d’argan d’Aït Baha",
    "Trente-deux femmes trient, concassent et pressent dans un même atelier, et vendent sous une seule étiquette.",
    FR,
    "food",
    "09.163.01.03",
    28,
    (
        Answered(3, (30, 28, 6, 1, 8, 46_000, 400)),
        Answered(12, (32, 29, 8, 2, 10, 640_000, 4_900)),
        Answered(
            24, (41, 37, 13, 4, 12, 1_480_000, 9_200), cause="buyers",
            words="Deux magasins d’Agadir commandent chaque mois depuis le salon.",
        ),
    ),
    "Nous étions trente-deux à vendre chacune au souk. Aujourd’hui nous pressons ensemble, nous avons une étiquette et "
    "deux acheteurs réguliers à Agadir. Le plus dur a été la première année : attendre l’autorisation sanitaire. "
    "Notre conseil : commencez petit, et tenez vos comptes chaque semaine.",
    "published",
    "huile-argan",
)  # fmt: skip
IN_DIFFICULTY = Followed(
    "difficulty",
    "Le miel de thym d’Ammelne",
    "Neuf apiculteurs partagent une miellerie et cherchent un prix juste pour leur miel.",
    FR,
    "beekeeping",
    "09.581.09.05",
    27,
    (
        Answered(3, (9, 2, 4, 0, 2, None, None)),
        Answered(
            24, (6, 1, 2, 0, 1, 38_000, 1_100), cause="harvest",
            words="Deux années sans pluie : un tiers des ruches est perdu.",
        ),
    ),
    model="miel",
)  # fmt: skip
STOPPED = Followed(
    "stopped",
    "Un gîte d’étape à Tabant",
    "Cinq familles voulaient accueillir des marcheurs dans une maison restaurée.",
    FR,
    "tourism",
    "05.081.03.09",
    26,
    (
        Answered(3, (5, 2, 3, 0, 2, 12_000, None)),
        Answered(12, (3, 1, 2, None, None, None, None), alive="no", cause="money"),
    ),
)
WEAVERS = Followed(
    "weavers",
    "تعاونية نسيج الزرابي بتازناخت",
    "خمس وعشرون نساجة يشترين الصوف معا ويبعن زرابيهن بثمن معلن.",
    AR,
    "crafts",
    "08.401.01.09",
    30,
    (
        Answered(3, (22, 22, 7, 0, 4, 35_000, 700)),
        Answered(12, (25, 25, 9, 1, 6, 310_000, 6_300)),
        Answered(24, (27, 27, 11, 1, 6, 365_000, 7_100)),
    ),
    "كنا نبيع الزربية لوسيط واحد وبالثمن الذي يحدده. اليوم نشتري الصوف معا، ونكتب الثمن على كل قطعة، ونبيع جزءا "
    "منها في دار الصانعة. زاد دخل كل واحدة منا، والأهم أننا نقرر معا. ننصح كل مجموعة بأن تتفق كتابة على ثمن يوم "
    "العمل قبل البدء.",
    "published",
)
WAITING = Followed(
    "waiting",
    "تجفيف التين وتسويقه بتافراوت",
    "اثنا عشر فلاحا يجففون التين في مجفف مشترك.",
    AR,
    "agriculture",
    "09.581.01.05",
    16,
    (Answered(3, (12, 4, 5, 0, 6, 20_000, 500)), Answered(12, (14, 5, 6, 1, 9, 240_000, 4_100))),
    "بدأنا بمجفف واحد، ونحن الآن أربعة عشر عضوا. نبيع التين معبأ طوال السنة بعد أن كنا نبيعه طريا في أسبوعين.",
    "waiting",
)
FOLLOWED = (GROWING, IN_DIFFICULTY, STOPPED, WEAVERS, WAITING)

#: Nameless projects behind the figures everybody reads: commune, sector, how many.
CROWD = (
    ("09.541.01.11", "agriculture", 15), ("09.163.01.03", "food", 16), ("09.581.09.05", "beekeeping", 14),
    ("08.401.01.09", "crafts", 18), ("08.401.01.09", "agriculture", 13), ("05.081.01.01", "tourism", 15),
    ("05.081.01.01", "food", 15), ("01.151.01.01", "food", 16), ("01.151.01.01", "crafts", 9),
)  # fmt: skip
CROWD_NAME = "Projet fictif pour les chiffres"
