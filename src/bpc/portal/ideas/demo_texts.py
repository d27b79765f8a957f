"""Ideas as people might write them, for the demonstration. Invented, and labelled so wherever shown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoIdea:
    """One invented idea; `days` is how long ago it was sent, `reason` what a moderator answered."""

    slug: str
    commune: str
    sector: str
    language: str
    speaker: str
    audience: str
    state: str
    days: int
    title: str
    need: str
    proposal: str
    reason: str = ""


DEMO_IDEAS = (
    DemoIdea(
        "figues", "05.081.09.15", "food", "fr", "holder", "women", "published", 41,
        "Un séchoir solaire partagé pour les figues et les abricots",
        "Chaque été, une bonne partie des figues et des abricots se perd : tout mûrit en trois "
        "semaines, le souk est loin et les prix tombent. Les femmes sèchent un peu sur les toits,"
        " mais la poussière et les guêpes font baisser la qualité.",
        "Construire deux séchoirs solaires sur un terrain de la jemaa, les gérer en coopérative "
        "et vendre sous une seule étiquette. Chaque famille apporte ses fruits, paie au kilo "
        "séché et garde ce qu’elle veut vendre elle-même. Nous sommes déjà onze femmes de trois "
        "douars.",
    ),
    DemoIdea(
        "argan", "09.541.04.49", "aromatic", "ar", "cooperative", "women", "published", 37,
        "تتبع زيت الأركان من الشجرة إلى القنينة",
        "نبيع زيت الأركان بالجملة بثمن لا يغطي أيام العمل، ثم نجده في المدن بثلاثة أضعاف. المشتري"
        " لا يعرف من أين جاء الزيت ولا من عصره.",
        "نقترح أن تضع تعاونيات المنطقة رقما على كل قنينة يبين الدوار وتاريخ العصر واسم التعاونية،"
        " مع مختبر صغير مشترك لمراقبة الجودة. نبدأ بأربع تعاونيات ومائة وعشرين امرأة.",
    ),
    DemoIdea(
        "chamelle", "10.071.01.01", "livestock", "fr", "association", "farmers", "published", 33,
        "Une collecte du lait de chamelle autour d’Assa",
        "Les éleveurs sont dispersés et le lait ne supporte pas la route sans froid. Il est bu "
        "sur place ou perdu, alors que des familles en ville en cherchent.",
        "Installer trois points de collecte avec un petit tank refroidi au solaire, et un "
        "véhicule qui passe tous les deux jours. La coopérative paierait au litre, après "
        "contrôle, et livrerait deux laiteries.",
    ),
    DemoIdea(
        "dattes", "08.587.01.13", "agriculture", "ar", "citizen", "farmers", "published", 29,
        "وحدة تعاونية لتبريد التمور وتوضيبها بزاكورة",
        "نضطر إلى بيع التمور دفعة واحدة بعد الجني لأننا لا نملك مكانا باردا لخزنها، فيحدد الوسطاء"
        " الثمن كما يشاؤون. وبعد أشهر يرتفع الثمن ولا يبقى لنا ما نبيعه.",
        "غرفة تبريد مشتركة لخمسين فلاحا تشتغل بالطاقة الشمسية، مع آلة للفرز والتعليب. كل فلاح "
        "يؤدي حسب ما يخزن، والتعاونية تفاوض المشترين باسم الجميع.",
    ),
    DemoIdea(
        "tapis", "08.401.01.09", "crafts", "fr", "cooperative", "artisans", "published", 24,
        "Teinture naturelle et marque commune pour les tapis de Taznakht",
        "Les tisseuses achètent la laine déjà teinte, chère et parfois de mauvaise tenue. Chaque "
        "coopérative vend seule et les acheteurs jouent les unes contre les autres.",
        "Un atelier de teinture partagé : garance, grenade, henné, cuves au gaz, eau recyclée. "
        "Les coopératives membres y préparent leurs couleurs et signent leurs tapis d’une marque "
        "commune avec le nom de la tisseuse.",
    ),
    DemoIdea(
        "ruches", "01.151.05.01", "beekeeping", "ar", "holder", "youth", "published", 20,
        "مناحل متنقلة لشباب باب تازة",
        "كثير من شباب الجماعة بلا عمل قار، والجبل غني بالخلنج والزعتر، لكن كل نحال يشتغل وحده ولا"
        " يقدر على نقل خلاياه بين المواسم.",
        "تعاونية لعشرة شبان تتقاسم شاحنة صغيرة ومائتي خلية، وتتنقل بين الساحل والجبل حسب الإزهار،"
        " مع ورشة لاستخلاص العسل وتعبئته تستجيب لشروط السلامة الصحية.",
    ),
    DemoIdea(
        "ecole", "02.251.01.03", "trade", "ar", "association", "youth", "published", 17,
        "نقل مدرسي تديره تعاونية بين القصور",
        "تنقطع فتيات عن الدراسة بعد الابتدائي لأن الإعدادية بعيدة والنقل غير منتظم، والآباء يؤدون"
        " ثمن سيارات غير مرخصة.",
        "تعاونية للنقل تجمع السائقين والآباء: حافلتان صغيرتان في أوقات الدراسة، وخارجها نقل "
        "المسافرين والسلع إلى السوق حتى تغطى المصاريف.",
    ),
    DemoIdea(
        "domicile", "04.441.01.0", "care", "fr", "citizen", "disabled", "published", 13,
        "Une coopérative d’aide à domicile pour les personnes âgées",
        "Beaucoup de personnes âgées ou handicapées vivent seules ou avec des enfants qui "
        "travaillent. Les aides sont trouvées de bouche à oreille, sans contrat, sans formation, "
        "et changent tous les deux mois.",
        "Réunir les aides elles-mêmes en coopérative : un numéro unique, un tarif affiché, une "
        "formation aux gestes de base avec le centre de santé, et une remplaçante quand l’une est"
        " malade.",
    ),
    DemoIdea(
        "poisson", "11.321.01.01", "fishing", "ar", "holder", "women", "published", 10,
        "تثمين مخلفات السمك بالمرسى",
        "ترمى كميات كبيرة من رؤوس السمك وأحشائه كل يوم قرب الميناء، وتضر بالبيئة وبصحة السكان، "
        "بينما يشتري مربو الدواجن العلف بثمن مرتفع.",
        "وحدة صغيرة تجفف هذه المخلفات وتطحنها علفا وسمادا، تسيرها تعاونية من عاملات المصانع في "
        "فترة التوقف عن الصيد.",
    ),
    DemoIdea(
        "four", "07.431.01.03", "crafts", "fr", "cooperative", "artisans", "published", 6,
        "Un four à gaz commun pour les potiers de Safi",
        "Les fours traditionnels enfument le quartier et cassent une pièce sur cinq. Un four à "
        "gaz coûte trop cher pour un seul atelier.",
        "Acheter à vingt ateliers deux fours à gaz, réservés par créneaux, avec un responsable de"
        " cuisson. Moins de casse, moins de fumée, et des pièces assez régulières pour les "
        "commandes des hôtels.",
    ),
    DemoIdea(
        "numerique", "03.231.01.0", "digital", "fr", "holder", "youth", "submitted", 2,
        "Des jeunes diplômés au service des coopératives pour vendre en ligne",
        "Les coopératives de la région ont de beaux produits mais pas de photos, pas de fiches, "
        "pas le temps de répondre aux messages.",
        "Une coopérative de services de sept jeunes : photos, textes en français et en arabe, "
        "tenue des commandes, formation d’un membre par coopérative. Paiement à l’abonnement, "
        "moitié prix la première année.",
    ),
    DemoIdea(
        "chutes", "06.141.01.0", "recycling", "fr", "association", "youth", "published", 8,
        "Donner une deuxième vie aux chutes des ateliers de couture",
        "Les ateliers du quartier jettent chaque jour des sacs de chutes de tissu, que personne ne trie et qui "
        "finissent dans les terrains vagues.",
        "Une coopérative de tri et de couture : collecte à vélo, tri par matière, sacs et coussins faits sur "
        "place, rembourrage vendu aux tapissiers. Huit jeunes sont prêts, il nous manque un local.",
    ),
    DemoIdea(
        "pepiniere", "09.163.01.11", "agriculture", "ar", "citizen", "youth", "submitted", 1,
        "مشتل تعاوني يشغل شباب بيوكرى",
        "تشتري الضيعات الشتلات من بعيد وبثمن مرتفع، وكثير منها يصل متضررا. والشباب الذين درسوا "
        "الفلاحة لا يجدون عملا في تخصصهم.",
        "مشتل صغير من ثلاثة بيوت مغطاة ينتج شتلات الخضر والأركان بالطلب، يسيره ثمانية شبان تخرجوا"
        " من معهد التكوين الفلاحي.",
    ),
    DemoIdea(
        "huitres", "12.391.01.01", "fishing", "fr", "citizen", "women", "returned", 5,
        "Élever des huîtres dans la baie",
        "Il y a peu d’emplois pour les femmes hors saison.",
        "Créer une ferme d’huîtres gérée par des femmes.",
        reason="Votre idée est intéressante. Dites combien vous êtes, où serait la ferme et si vous avez"
        " parlé à l’agence de l’aquaculture : nous pourrons alors la publier.",
    ),
)  # fmt: skip
